# Emergency signals as a ring: a token goes round all CPUs, each of which waits for its signal. With one CPU it signals itself.

    .include "guest.inc"

    .equ ROUNDS, 200
    .equ TAKEN, SCRATCH                 # how often this CPU had the token

    .text
FUNCTION main
    PRINT "A ring of emergency signals\n"
    brasl %r14, count_cpus
    larl %r1, cpus
    stg %r2, 0(%r1)
    lghi %r3, 0                         # CPU 0 begins: its own first signal
    SIGNAL %r4, %r3, SIGP_EMERGENCY
    larl %r2, take_part
    brasl %r14, on_all_at_once
    larl %r1, hops
    lg %r5, 0(%r1)
    msgfi %r2, ROUNDS
    EXPECT_SAME %r5, %r2, "hops"
    lgr %r2, %r5
    brasl %r14, print_decimal
    PRINT " hops\n"
    RETURN

FUNCTION take_part
    HOOK took
    SUBCLASSES CR0_EMERGENCY
    xc TAKEN(8, %r0), TAKEN(%r0)
1:  brasl %r14, wait
    clfhsi TAKEN + 4(%r0), ROUNDS
    jl 1b
    RETURN

# The hook: the token is here, so nobody else counts. The last CPU of the last round keeps it.
FUNCTION took
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_EMERGENCY, "external interruption code"
    lg %r1, TAKEN(%r0)
    aghi %r1, 1
    stg %r1, TAKEN(%r0)
    larl %r6, hops
    larl %r7, cpus
    lg %r2, 0(%r6)
    lghi %r8, 0                         # hops so far, by CPUs: the remainder is whose turn it is
    lgr %r9, %r2
    dlg %r8, 0(%r7)
    lg %r5, CPU(%r0)
    EXPECT_SAME %r5, %r8, "whose turn it is"
    lg %r2, 0(%r6)
    aghi %r2, 1
    stg %r2, 0(%r6)
    lg %r3, 0(%r7)
    msgfi %r3, ROUNDS
    cgr %r2, %r3
    je 2f
    la %r3, 1(%r8)
    cg %r3, 0(%r7)
    jl 1f
    lghi %r3, 0
1:  SIGNAL %r4, %r3, SIGP_EMERGENCY
2:  RETURN

    .bss
    .balign 8
cpus:
    .skip 8
hops:
    .skip 8
