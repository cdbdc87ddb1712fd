# Orders in contention: CPUs 0 and 1 signal each other, and at the same time a third one with orders that stop, start, restart and
# reset it. Each is accepted by and by, none is lost, and the third one can be used afterwards. With fewer CPUs there is nothing to do.

    .include "guest.inc"

    .equ ROUNDS, 100
    .equ THIRD, 2

    .text
FUNCTION main
    PRINT "Orders of two CPUs to each other and to a third\n"
    brasl %r14, count_cpus
    cghi %r2, THIRD
    jnh 9f
    lghi %r2, THIRD
    larl %r3, third
    brasl %r14, start_cpu
    lghi %r2, THIRD
    brasl %r14, await_stop
    lghi %r2, 1
    larl %r3, contend
    brasl %r14, start_cpu
    brasl %r14, contend
    lghi %r2, 1
    brasl %r14, await_stop

    # Nobody else signals any more: what the third one does is known again.
    lghi %r6, THIRD
    SIGNAL %r4, %r6, SIGP_STOP
    lghi %r2, THIRD
    brasl %r14, await_stop
    larl %r7, runs
    lg %r8, 0(%r7)
    SIGNAL %r4, %r6, SIGP_RESTART
    ipm %r5
    srl %r5, 28
    llgfr %r5, %r5
    EXPECT %r5, 0, "condition code of the last restart"
    lghi %r2, THIRD
    brasl %r14, await_stop
    lg %r5, 0(%r7)
    aghi %r8, 1
    EXPECT_SAME %r5, %r8, "runs of the third CPU"
9:  PRINT "all accepted\n"
    RETURN

# CPUs 0 and 1.
FUNCTION contend
    lghi %r6, 1
    sg %r6, CPU(%r0)                    # the other one
    lghi %r7, THIRD
    lghi %r8, ROUNDS
1:  larl %r9, orders
    lghi %r10, orders_end - orders
2:  SIGNAL %r4, %r6, SIGP_SENSE
    brc 1, 4f
    SIGNAL %r4, %r6, SIGP_EMERGENCY
    jnz 4f
    SIGNAL %r4, %r6, SIGP_START
    jnz 4f
    llgc %r11, 0(%r9)
    sllg %r1, %r7, 13                   # for set prefix: the area that it has
    larl %r5, prefix_areas
    agr %r5, %r1
    SIGNAL %r4, %r7, 0(%r11)
    jz 3f
    brc 1, 4f                           # not operational
    chi %r4, 0x200                      # only set prefix and store status: it is not stopped
    jne 4f
3:  aghi %r9, 1
    brctg %r10, 2b
    brctg %r8, 1b
    RETURN
4:  llgfr %r3, %r4
    ipm %r4
    srl %r4, 28
    llgfr %r4, %r4
    larl %r2, text_refused
    brasl %r14, fail

# The third CPU, at each restart.
third:
    larl %r1, runs
    lg %r2, 0(%r1)
    aghi %r2, 1
    stg %r2, 0(%r1)
    br %r14

    .section .rodata
orders:
    .byte SIGP_RESTART, SIGP_STOP, SIGP_START, SIGP_STOP_AND_STORE_STATUS, SIGP_SET_PREFIX, SIGP_START, SIGP_CPU_RESET
    .byte SIGP_RESTART
orders_end:
    .balign 2
text_refused:
    .asciz "an order was refused: status, and condition code instead of none"

    .bss
    .balign 8
runs:
    .skip 8
