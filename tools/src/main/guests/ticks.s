# Clock-comparator ticks: in an enabled wait, and while the CPU runs. No tick comes before its time. On all CPUs at the same time.

    .include "guest.inc"

    .equ TICKS, 20
    .equ INTERVAL, 500 * MICROSECOND
    .equ NEXT, SCRATCH                  # when the next tick is due

    .text
FUNCTION main
    PRINT "Clock-comparator ticks\n"
    larl %r2, ticks
    brasl %r14, on_all_at_once
    brasl %r14, print_decimal
    PRINT " CPU(s) had theirs, waiting and running\n"
    RETURN

FUNCTION ticks
    HOOK tick
    SUBCLASSES CR0_CLOCK_COMPARATOR

    # Waiting.
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    stck NEXT(%r0)
    brasl %r14, next
1:  brasl %r14, wait                    # one tick, or more where the host is busy
    clfhsi EXT_COUNT + 4(%r0), TICKS
    jl 1b
    brasl %r14, check

    # Running: the loop counts, and is interrupted.
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    stck NEXT(%r0)
    brasl %r14, next
    stosm SCRATCH + 8(%r0), 0x01
    lghi %r6, 0
2:  aghi %r6, 1
    clfhsi EXT_COUNT + 4(%r0), TICKS
    jl 2b
    stnsm SCRATCH + 8(%r0), 0xfc
    brasl %r14, check
    RETURN

check:
    lgr %r7, %r14
    lg %r5, EXT_COUNT(%r0)
    EXPECT %r5, TICKS, "ticks"
    br %r7

# The next tick is an interval behind the last one, after the last of them never.
next:
    lg %r1, NEXT(%r0)
    agfi %r1, INTERVAL
    stg %r1, NEXT(%r0)
    clfhsi EXT_COUNT + 4(%r0), TICKS
    jl 1f
    lghi %r1, -1
    stg %r1, NEXT(%r0)
1:  sckc NEXT(%r0)
    br %r14

# The hook.
FUNCTION tick
    stck SCRATCH + 16(%r0)
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT %r5, CODE_CLOCK_COMPARATOR, "external interruption code"
    lghi %r5, 1
    clc NEXT(8, %r0), SCRATCH + 16(%r0)
    jl 1f
    lghi %r5, 0
1:  EXPECT %r5, 1, "the tick is due"
    brasl %r14, next
    RETURN
