# Completions of the test device, as virtio has them: external interruption 0x2603 with both parameters, taken by whichever CPU is
# open, each once. (The device is asked by DIAGNOSE; no other emulator has it.)

    .include "guest.inc"

    .equ DEVICE_REQUEST, 0x510
    .equ DEVICE_INTERVAL, 0x511
    .equ REQUESTS, 400
    .equ PILE, 100
    .equ PARAMETER, 0x00c0ffee
    .equ TOKEN, 0x1122334455000000      # the 64-bit parameter of request 0

    .text
FUNCTION main
    PRINT "Completions through the floating queue\n"
    brasl %r14, count_cpus
    larl %r1, cpus
    stg %r2, 0(%r1)

    lghi %r3, 20000                     # nanoseconds between two: the CPUs wait in between
    DIAGNOSE %r0, %r3, DEVICE_INTERVAL
    larl %r2, all_open
    brasl %r14, on_all_at_once
    brasl %r14, check_all
    PRINT "taken by all CPUs\n"

    lghi %r3, 0
    DIAGNOSE %r0, %r3, DEVICE_INTERVAL
    brasl %r14, last_open
    PRINT "taken by the one that is open\n"
    brasl %r14, piled_up
    PRINT "taken in order where they piled up\n"
    RETURN

# Asks for completions. %r2 how many.
FUNCTION ask
    lgr %r6, %r2
    LOAD %r2, PARAMETER
    LOAD %r3, TOKEN
1:  DIAGNOSE %r2, %r3, DEVICE_REQUEST
    brc 2, 1b                           # too many are under way
    la %r3, 1(%r3)
    brctg %r6, 1b
    RETURN

# Every CPU: takes completions until all are done. CPU 0 asks for them, open as it does.
FUNCTION all_open
    HOOK complete
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    SUBCLASSES CR0_SERVICE + CR0_EMERGENCY
    cghsi CPU(%r0), 0
    jne 1f
    stosm SCRATCH + 8(%r0), 0x01
    lghi %r2, REQUESTS
    brasl %r14, ask
    stnsm SCRATCH + 8(%r0), 0xfc
1:  larl %r6, completed
2:  cghsi 0(%r6), REQUESTS
    je 3f
    brasl %r14, wait
    j 2b
3:  SUBCLASSES 0
    RETURN

# The hook. Who completes the last one tells the others.
FUNCTION complete
    lg %r5, EXT_SEEN_CODE(%r0)
    cghi %r5, CODE_EMERGENCY
    je 2f
    EXPECT %r5, CODE_VIRTIO, "external interruption code"
    llgh %r5, EXT_CPU_ADDRESS(%r0)
    EXPECT %r5, 0x0d00, "CPU address"
    lg %r5, EXT_SEEN_PARAMETER(%r0)
    EXPECT %r5, PARAMETER, "external interruption parameter"
    lg %r6, EXT_SEEN_PARAMETER_64(%r0)
    LOAD %r1, TOKEN
    sgr %r6, %r1
    larl %r7, taken
    lghi %r5, 0
    agr %r7, %r6
    ts 0(%r7)
    jz 1f
    lghi %r5, 1
1:  EXPECT %r5, 0, "completions taken twice"
    larl %r7, last
    stg %r6, 0(%r7)
    larl %r2, completed
    lghi %r3, 1
    brasl %r14, add
    cghi %r2, REQUESTS
    jne 2f
    larl %r6, cpus
    lghi %r7, 0
3:  SIGNAL %r4, %r7, SIGP_EMERGENCY
    aghi %r7, 1
    cg %r7, 0(%r6)
    jl 3b
2:  RETURN

# All have come; everything begins anew.
FUNCTION check_all
    larl %r6, completed
    lg %r5, 0(%r6)
    EXPECT %r5, REQUESTS, "completions"
    xc 0(8, %r6), 0(%r6)
    larl %r6, taken
    lghi %r7, REQUESTS
1:  lghi %r5, 0
    cli 0(%r6), 0xff
    je 2f
    lgr %r5, %r7
2:  EXPECT %r5, 0, "completions that have not come, from the last"
    mvi 0(%r6), 0
    la %r6, 1(%r6)
    brctg %r7, 1b
    RETURN

# Only the CPU with the highest address is open, and waits: it takes all.
FUNCTION last_open
    larl %r6, cpus
    lg %r6, 0(%r6)
    aghi %r6, -1
    jz 1f
    lgr %r2, %r6
    larl %r3, wait_for_all
    brasl %r14, start_cpu
    lghi %r2, REQUESTS
    brasl %r14, ask
    lgr %r2, %r6
    brasl %r14, await_stop
    j 2f
1:  lghi %r2, REQUESTS
    brasl %r14, ask
    brasl %r14, wait_for_all
2:  brasl %r14, check_all
    RETURN

FUNCTION wait_for_all
    HOOK complete
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    SUBCLASSES CR0_SERVICE
    larl %r6, completed
1:  brasl %r14, wait
    cghsi 0(%r6), REQUESTS
    jne 1b
    SUBCLASSES 0
    lg %r5, EXT_COUNT(%r0)
    EXPECT %r5, REQUESTS, "interruptions of the one that is open"
    RETURN

# Nobody is open; then this CPU is, and closes behind each.
FUNCTION piled_up
    HOOK complete_one
    SUBCLASSES 0
    lghi %r2, PILE
    brasl %r14, ask
    SUBCLASSES CR0_SERVICE
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    lghi %r6, 0
1:  brasl %r14, wait
    larl %r7, last
    lg %r5, 0(%r7)
    EXPECT_SAME %r5, %r6, "which completion came"
    la %r6, 1(%r6)
    lg %r5, EXT_COUNT(%r0)
    EXPECT_SAME %r5, %r6, "interruptions so far"
    cghi %r6, PILE
    jl 1b
    SUBCLASSES 0
    RETURN

FUNCTION complete_one
    brasl %r14, complete
    ni EXT_OLD(%r0), 0xfe               # what goes on is closed
    RETURN

    .bss
    .balign 8
cpus:
    .skip 8
completed:
    .skip 8
last:
    .skip 8
taken:
    .skip REQUESTS
