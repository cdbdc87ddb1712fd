# Enabled waits, ended by each kind of interruption: one that is there already, one that comes while waiting, and one for which the
# gate is closed and that must not end it. A disabled wait, ended by a restart.

    .include "guest.inc"

    .equ INTERVAL, 2000 * MICROSECOND

    .text
FUNCTION main
    PRINT "Waits\n"
    brasl %r14, already_there
    PRINT "ended by what was there before\n"
    brasl %r14, comes_later
    PRINT "ended by what came later\n"
    brasl %r14, count_cpus
    cghi %r2, 2
    jl 1f
    brasl %r14, from_another
    brasl %r14, disabled
1:  PRINT "ended by other CPUs, if there are any\n"
    RETURN

# A wait that begins with something pending ends at once.
FUNCTION already_there
    HOOK note
    SUBCLASSES CR0_EMERGENCY
    lgf %r3, CPU + 4(%r0)
    SIGNAL %r4, %r3, SIGP_EMERGENCY
    brasl %r14, wait
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_EMERGENCY, "emergency signal: code"

    SUBCLASSES CR0_CLOCK_COMPARATOR
    stck SCRATCH(%r0)
    sckc SCRATCH(%r0)
    brasl %r14, wait
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_CLOCK_COMPARATOR, "clock comparator: code"
    lg %r5, EXT_SEEN_PSW(%r0)
    EXPECT %r5, 0x0102000180000000, "the PSW that waited"
    RETURN

# The clock comparator ends the wait when it is due; an emergency signal whose gate is closed does not end it before.
FUNCTION comes_later
    HOOK note
    SUBCLASSES CR0_CLOCK_COMPARATOR
    lgf %r3, CPU + 4(%r0)
    SIGNAL %r4, %r3, SIGP_EMERGENCY
    stck SCRATCH(%r0)
    lg %r1, SCRATCH(%r0)
    agfi %r1, INTERVAL
    stg %r1, SCRATCH(%r0)
    sckc SCRATCH(%r0)
    brasl %r14, wait
    stck SCRATCH + 8(%r0)
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_CLOCK_COMPARATOR, "clock comparator: code"
    lghi %r5, 1
    clc SCRATCH(8, %r0), SCRATCH + 8(%r0)
    jl 1f
    lghi %r5, 0
1:  EXPECT %r5, 1, "it was due"
    SUBCLASSES CR0_EMERGENCY
    brasl %r14, wait
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_EMERGENCY, "emergency signal: code"
    RETURN

# CPU 1 waits a little and signals CPU 0, which waits.
FUNCTION from_another
    HOOK note
    SUBCLASSES CR0_EMERGENCY
    lghi %r6, 10
1:  lghi %r2, 1
    larl %r3, signal_cpu_0
    brasl %r14, start_cpu
    brasl %r14, wait
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_EMERGENCY, "emergency signal: code"
    lghi %r2, 1
    brasl %r14, await_stop
    brctg %r6, 1b
    RETURN

FUNCTION signal_cpu_0
    HOOK note
    SUBCLASSES CR0_CLOCK_COMPARATOR
    stck SCRATCH(%r0)
    lg %r1, SCRATCH(%r0)
    agfi %r1, INTERVAL
    stg %r1, SCRATCH(%r0)
    sckc SCRATCH(%r0)
    brasl %r14, wait
    lghi %r3, 0
    SIGNAL %r4, %r3, SIGP_EMERGENCY
    RETURN

# CPU 1 goes into a disabled wait. It operates, for SENSE; a restart ends the wait, and the old PSW is the one that waited.
FUNCTION disabled
    lghi %r2, 1
    larl %r3, wait_disabled
    brasl %r14, start_cpu
    larl %r7, reached
1:  cghsi 0(%r7), 0
    je 1b
    lghi %r6, 1
    lghi %r4, 0
    SIGNAL %r4, %r6, SIGP_SENSE
    lghi %r5, 0
    jz 2f
    lghi %r5, 1
2:  EXPECT %r5, 0, "condition code of SENSE for a CPU that waits"
    lghi %r5, 0
    SIGNAL %r4, %r6, SIGP_RESTART
    lghi %r2, 1
    brasl %r14, await_stop
    larl %r7, reached
    lg %r5, 0(%r7)
    EXPECT %r5, 2, "what CPU 1 went through"
    RETURN

wait_disabled:
    larl %r1, psw_restarted
    mvc RESTART_NEW(16, %r0), 0(%r1)
    larl %r7, reached
    lghi %r1, 1
    stg %r1, 0(%r7)
    larl %r1, psw_disabled_wait
    lpswe 0(%r1)
restarted:
    lg %r5, RESTART_OLD(%r0)
    EXPECT %r5, 0x0002000180000000, "mask of the restart old PSW"
    lg %r5, RESTART_OLD + 8(%r0)
    EXPECT %r5, 0x1234, "address of the restart old PSW"
    larl %r7, reached
    lghi %r1, 2
    stg %r1, 0(%r7)
    lgf %r3, CPU + 4(%r0)
1:  SIGNAL %r4, %r3, SIGP_STOP
    j 1b

# The hook: the clock comparator is a level, so it has to be moved on.
note:
    larl %r1, far
    sckc 0(%r1)
    br %r14

    .section .rodata
    .balign 8
psw_disabled_wait:
    .long PSW_DEAD_HIGH, PSW_LOW
    .quad 0x1234
psw_restarted:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad restarted
far:
    .quad -1

    .bss
    .balign 8
reached:
    .skip 8
