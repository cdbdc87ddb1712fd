# Emergency signals as a storm: all CPUs send to all, themselves included, while they take their own. A signal says only "look": the
# work is counted in storage, since signals that are pending together may become one.

    .include "guest.inc"

    .equ SIGNALS, 300                   # from each CPU to each

    .text
FUNCTION main
    PRINT "A storm of emergency signals\n"
    brasl %r14, count_cpus
    larl %r1, cpus
    stg %r2, 0(%r1)
    larl %r2, take_part
    brasl %r14, on_all_at_once
    lgr %r6, %r2
    msgr %r2, %r6
    msgfi %r2, SIGNALS
    larl %r1, done_in_all
    lg %r5, 0(%r1)
    EXPECT_SAME %r5, %r2, "work done"
    lgr %r2, %r5
    brasl %r14, print_decimal
    PRINT " pieces of work\n"
    RETURN

FUNCTION take_part
    HOOK look
    SUBCLASSES CR0_EMERGENCY
    stosm SCRATCH + 8(%r0), 0x01
    lghi %r6, SIGNALS
    larl %r8, cpus
    larl %r9, work
1:  lghi %r7, 0
2:  sllg %r2, %r7, 8
    agr %r2, %r9
    lghi %r3, 1
    brasl %r14, add                     # first the work, then the signal
    SIGNAL %r4, %r7, SIGP_EMERGENCY
    aghi %r7, 1
    cg %r7, 0(%r8)
    jl 2b
    brctg %r6, 1b

    # All sent. Now until all of our own is done.
    stnsm SCRATCH + 8(%r0), 0xfc
    lg %r1, 0(%r8)
    msgfi %r1, SIGNALS
    stg %r1, SCRATCH + 16(%r0)
3:  lg %r1, SCRATCH(%r0)
    cg %r1, SCRATCH + 16(%r0)
    jnl 4f
    brasl %r14, wait
    j 3b
4:  larl %r2, done_in_all
    lg %r3, SCRATCH(%r0)
    brasl %r14, add
    RETURN

# The hook: takes all work that is there, perhaps none.
look:
    larl %r2, work
    lg %r1, CPU(%r0)
    sllg %r1, %r1, 8
    agr %r2, %r1
    lghi %r4, 0
    lg %r3, 0(%r2)
1:  csg %r3, %r4, 0(%r2)
    jne 1b
    ag %r3, SCRATCH(%r0)
    stg %r3, SCRATCH(%r0)
    br %r14

    .bss
    .balign 8
cpus:
    .skip 8
done_in_all:
    .skip 8
    .balign 256
work:
    .skip 256 * MAX_CPUS                # a line for each CPU
