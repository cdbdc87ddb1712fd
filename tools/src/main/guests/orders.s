# A storm of orders: all CPUs signal all CPUs, themselves included, with random orders that call, stop, start, restart and reset.
# CPU 0 gets only orders that do not end what it does. It goes from round to round:
#
#   hold -> storm -> quiet -> drain -> hold, with the checks
#
#   storm   each CPU sends random orders, and waits now and then; CPU 0 until each CPU has sent some
#   quiet   no CPU sends further orders. CPU 0 starts those that are stopped and wakes those that wait, each once
#   drain   each CPU takes what is pending, and stops itself; CPU 0 wakes each once
#
# In turn, rounds are without restarts and resets, without resets, and with all. Checked, with each CPU's own counts:
#
#   all rounds          each condition code and status is one that the order may answer. Each CPU answers at the end
#   all rounds          no external call is taken twice. One that was accepted is lost only by a restart or a reset
#   no restart, reset   each external call that was accepted is taken. Behind each emergency signal its target looks
#   no reset            each restart that was accepted is carried out
#
# The command line is the number of seconds that it takes; without one, some rounds.

    .include "guest.inc"

    .equ ROUNDS, 6                      # without a command line
    .equ KINDS, 3                       # of rounds
    .equ ACTIONS, 40                    # orders that each CPU sends in a round, at least
    .equ COMMAND_LINE, 0x10480

# Phases.
    .equ HOLD, 0
    .equ STORM, 1
    .equ QUIET, 2
    .equ DRAIN, 3

# A CPU's block. %r12 has its address for ever: no order changes general registers.
    .equ NUMBER, 0
    .equ PREFIX, 8                      # what it should be
    .equ RANDOM, 16                     # state of the generator
    .equ IS_QUIET, 24                   # the last round in which it became quiet
    .equ IS_DRAINED, 32                 # the same for drained
    .equ IS_ASLEEP, 40                  # it waits, or looks at the phase before its next order
    .equ SENT, 48                       # orders in this round
    .equ RESTART_SEEN, 56               # the last ticket when it was last restarted
    .equ RESTART_ACCEPTED, 64           # the highest ticket of a restart that was accepted for it
    .equ DISRUPTIONS, 72                # restarts and resets that it may have got in this round
    .equ ANSWERS, 80                    # of its orders, by condition code: four counts
# Rows: an element for each other CPU.
    .equ ROW, 8 * MAX_CPUS
    .equ CALLS_TRIED, 1 * ROW           # by this CPU, before and behind the order
    .equ CALLS_ACCEPTED, 2 * ROW
    .equ CALLS_TAKEN, 3 * ROW           # by this CPU, of each other one
    .equ WORK, 4 * ROW                  # that this CPU has for each other one, before the emergency signal
    .equ WORK_SIGNALED, 5 * ROW         # the same behind it
    .equ WORK_SEEN, 6 * ROW             # of each other one
    .equ BLOCK_SHIFT, 12                # a block is 4096 bytes

# Condition codes, as the mask of a branch.
    .equ CC0, 8
    .equ CC1, 4
    .equ CC2, 2

# Adds 1 to a doubleword that other CPUs change too. The old value is in %r2.
    .macro COUNT displacement, base
    lghi %r1, 1
    laag %r2, %r1, \displacement(\base)
    .endm

# Opens external interruptions for a moment, in which all that are pending and enabled are taken.
    .macro WINDOW
    stosm SCRATCH + 8(%r0), 0x01
    stnsm SCRATCH + 8(%r0), 0xfc
    .endm

# The block of the CPU in a register.
    .macro BLOCK register, cpu
    sllg \register, \cpu, BLOCK_SHIFT
    larl %r1, blocks
    agr \register, %r1
    .endm

# Sets the phase; what is read behind this is newer.
    .macro PHASE value
    larl %r1, phase
    mvghi 0(%r1), \value
    bcr 15, %r0
    .endm

    .text
FUNCTION main
    PRINT "Orders of all CPUs to all CPUs, in a storm\n"
    brasl %r14, count_cpus
    larl %r1, cpus
    stg %r2, 0(%r1)
    larl %r12, blocks
    brasl %r14, set_up
    brasl %r14, read_seconds
1:  larl %r1, round
    agsi 0(%r1), 1
    brasl %r14, one_round
    larl %r1, round
    lg %r2, 0(%r1)
    cghi %r2, ROUNDS
    jl 1b
    larl %r1, deadline
    stckf SCRATCH(%r0)
    clc SCRATCH(8, %r0), 0(%r1)
    jl 1b
    larl %r1, deadline
    cghsi 0(%r1), 0
    je 2f
    brasl %r14, totals
2:  larl %r1, cpus
    lg %r2, 0(%r1)
    brasl %r14, print_decimal
    PRINT " CPU(s) answer\n"
    RETURN

# The decimal number in the command line: the clock's value at the end is in deadline, 0 without one.
read_seconds:
    LOAD %r3, COMMAND_LINE
    lghi %r2, 0
1:  llgc %r1, 0(%r3)
    aghi %r1, -'0'
    clgfi %r1, 9
    jh 2f
    mghi %r2, 10
    agr %r2, %r1
    aghi %r3, 1
    j 1b
2:  larl %r4, deadline
    ltgr %r2, %r2
    jz 3f
    msgfi %r2, 1000000
    msgfi %r2, MICROSECOND
    stckf SCRATCH(%r0)
    ag %r2, SCRATCH(%r0)
3:  stg %r2, 0(%r4)
    br %r14

# Blocks, prefix areas, and a first restart of each other CPU, in which it learns its block.
FUNCTION set_up
    lghi %r2, 0
    brasl %r14, set_up_start
    larl %r1, restarted                 # behind an initial CPU reset, with the prefix 0
    stg %r1, RESTART_NEW + 8(%r0)
    HOOK taken
    larl %r1, cpus
    lg %r6, 0(%r1)
    lghi %r7, 0
    lghi %r9, 0                         # prefix
1:  BLOCK %r8, %r7
    stg %r7, NUMBER(%r8)
    stg %r9, PREFIX(%r8)
    LOAD %r1, 0x9e3779b97f4a7c15
    la %r2, 1(%r7)
    msgr %r1, %r2
    stg %r1, RANDOM(%r8)
    ltgr %r7, %r7
    jz 2f
    lgr %r2, %r9
    lgr %r3, %r7
    brasl %r14, set_up_prefix_area
    larl %r1, restarted
    stg %r1, RESTART_NEW + 8(%r9)
    larl %r1, taken
    stg %r1, EXT_HOOK(%r9)
    lgr %r2, %r9
    brasl %r14, set_up_start
    lgr %r2, %r7
    brasl %r14, set_prefix_and_restart
    lgr %r2, %r7
    brasl %r14, await_stop
2:  aghi %r7, 1
    sllg %r9, %r7, 13
    larl %r1, prefix_areas
    agr %r9, %r1
    cgr %r7, %r6
    jl 1b
    RETURN

# What a CPU executes that is started behind an initial CPU reset: at 0, with 24-bit addressing. %r2 the prefix that it has then.
set_up_start:
    mvhhi 0(%r2), 0x010e                # SAM64
    mvhhi 2(%r2), 0xc0f4 - 0x10000      # BRCL 15
    larl %r1, started_from_zero
    aghi %r1, -2
    srlg %r1, %r1, 1
    st %r1, 4(%r2)
    br %r14

# Restarts another CPU, which is stopped while no other one sends orders. %r2 its address.
FUNCTION set_prefix_and_restart
    lgr %r6, %r2
    BLOCK %r8, %r6
    lg %r5, PREFIX(%r8)
    SIGNAL %r4, %r6, SIGP_SET_PREFIX
    jnz refused
    SIGNAL %r4, %r6, SIGP_RESTART
    jnz refused
    RETURN

# CPU 0, in quiet and drain: the other CPU operates behind this, and is woken if it waits. Each once. No work comes with the signal:
# a CPU that is drained already takes it in the next round. %r2 its address.
FUNCTION start_and_wake
    lgr %r6, %r2
    lghi %r5, 0
    SIGNAL %r4, %r6, SIGP_START
    jnz refused
    SIGNAL %r4, %r6, SIGP_EMERGENCY
    jnz refused
    RETURN

refused:
    llgfr %r3, %r4
    lghi %r4, 0
    larl %r2, text_refused
    brasl %r14, fail

# CPU 0: a round, from hold to hold.
FUNCTION one_round
    brasl %r14, clear_counts
    larl %r10, cpus
    lg %r10, 0(%r10)
    larl %r1, round                     # which orders there are
    lg %r3, 0(%r1)
    lghi %r2, 0
    lghi %r5, KINDS
    dlgr %r2, %r5
    larl %r1, kind
    stg %r2, 0(%r1)
    sllg %r2, %r2, 3
    larl %r3, order_counts
    lg %r2, 0(%r2, %r3)
    larl %r1, order_count
    stg %r2, 0(%r1)
    SUBCLASSES CR0_EMERGENCY + CR0_EXTERNAL_CALL

    # The prefix of each other CPU first; then CPUs send, and are restarted by this one nevertheless.
    lghi %r7, 1
1:  cgr %r7, %r10
    jnl 2f
    BLOCK %r8, %r7
    lg %r5, PREFIX(%r8)
    SIGNAL %r4, %r7, SIGP_SET_PREFIX
    jnz refused
    aghi %r7, 1
    j 1b
2:  PHASE STORM
    lghi %r7, 1
3:  cgr %r7, %r10
    jnl 4f
    SIGNAL %r4, %r7, SIGP_RESTART
    jnz refused
    aghi %r7, 1
    j 3b

    # Storm, until each CPU has sent enough.
4:  stg %r10, SCRATCH + 16(%r0)
    brasl %r14, act
    lg %r10, SCRATCH + 16(%r0)
    agsi SENT(%r12), 1
    WINDOW
    lghi %r7, 0
5:  BLOCK %r8, %r7
    lg %r1, SENT(%r8)
    cghi %r1, ACTIONS
    jl 4b
    aghi %r7, 1
    cgr %r7, %r10
    jl 5b

    # Quiet. Until each CPU is quiet, or asleep: it may be stopped with an order that it sends when it is started.
    PHASE QUIET
    larl %r9, round
    lg %r9, 0(%r9)
    lghi %r7, 1
6:  cgr %r7, %r10
    jnl 8f
    BLOCK %r8, %r7
7:  cg %r9, IS_QUIET(%r8)
    je 9f
    cghsi IS_ASLEEP(%r8), 0
    jne 9f
    DIAGNOSE %r0, %r0, 0x044
    lghi %r5, 0
    sigp %r4, %r7, SIGP_SENSE
    brc 11, 7b                          # it operates, or is busy
    tmll %r4, 0x40
    jz 7b
    sigp %r4, %r7, SIGP_START
    j 7b
9:  aghi %r7, 1
    j 6b

    # Only this CPU sends now. Those that are asleep are woken.
8:  lghi %r7, 1
1:  cgr %r7, %r10
    jnl 3f
    BLOCK %r8, %r7
    cg %r9, IS_QUIET(%r8)
    je 4f
    lgr %r2, %r7
    brasl %r14, start_and_wake
2:  DIAGNOSE %r0, %r0, 0x044
    cg %r9, IS_QUIET(%r8)
    jne 2b
4:  aghi %r7, 1
    j 1b

    # Drain.
3:  PHASE DRAIN
    lghi %r7, 1
1:  cgr %r7, %r10
    jnl 3f
    BLOCK %r8, %r7
    lgr %r2, %r7
    brasl %r14, start_and_wake
2:  DIAGNOSE %r0, %r0, 0x044
    cg %r9, IS_DRAINED(%r8)
    jne 2b
    lgr %r2, %r7
    brasl %r14, await_stop
    aghi %r7, 1
    j 1b
3:  WINDOW
    PHASE HOLD
    brasl %r14, check
    RETURN

# All rows and the counts of a round to zero. All other CPUs are stopped.
clear_counts:
    larl %r1, cpus
    lg %r5, 0(%r1)
    larl %r2, blocks
1:  mvghi SENT(%r2), 0
    mvghi DISRUPTIONS(%r2), 0
    lghi %r4, 6 * ROW / 256
    la %r3, CALLS_TRIED(%r2)
2:  xc 0(256, %r3), 0(%r3)
    aghi %r3, 256
    brctg %r4, 2b
    aghi %r2, 1 << BLOCK_SHIFT
    brctg %r5, 1b
    br %r14

# The other CPUs. What each restart runs.
restarted:
    ltgr %r12, %r12
    jnz 1f
    lg %r2, CPU(%r0)                    # the first one
    BLOCK %r12, %r2
1:  spx PREFIX + 4(%r12)                # it is 0 behind an initial CPU reset
    larl %r1, tickets
    lg %r1, 0(%r1)
    stg %r1, RESTART_SEEN(%r12)
    j begin

started_from_zero:
    spx PREFIX + 4(%r12)
begin:
    HOOK taken
    SUBCLASSES CR0_EMERGENCY + CR0_EXTERNAL_CALL
awake:
    mvghi IS_ASLEEP(%r12), 0
    bcr 15, %r0                         # what is read behind this is newer: the phase above all
next:
    larl %r1, phase
    lg %r2, 0(%r1)
    larl %r1, round
    lg %r3, 0(%r1)
    cghi %r2, STORM
    je storm
    cghi %r2, QUIET
    je quiet
    cghi %r2, DRAIN
    je drain
stop:                                   # hold
    lg %r6, NUMBER(%r12)
    lghi %r5, 0
    SIGNAL %r4, %r6, SIGP_STOP
    j stop

storm:
    brasl %r14, act
    agsi SENT(%r12), 1
    lg %r1, RANDOM(%r12)
    srlg %r1, %r1, 40
    tmll %r1, 7
    jz sleep
    WINDOW
    j next

quiet:
    stg %r3, IS_QUIET(%r12)
sleep:
    mvghi IS_ASLEEP(%r12), 1
    brasl %r14, wait
    j awake

drain:
    WINDOW
    stg %r3, IS_DRAINED(%r12)
    j stop

# An order to a CPU, both random. Registers but %r12 are not kept.
act:
    lg %r1, RANDOM(%r12)
    sllg %r2, %r1, 13
    xgr %r1, %r2
    srlg %r2, %r1, 7
    xgr %r1, %r2
    sllg %r2, %r1, 17
    xgr %r1, %r2
    stg %r1, RANDOM(%r12)
    lgr %r3, %r1
    lghi %r2, 0
    larl %r1, cpus
    dlg %r2, 0(%r1)
    lgr %r6, %r2                        # the target
    lghi %r2, 0
    lghi %r5, HARMLESS
    ltgr %r6, %r6
    jz 1f
    larl %r1, order_count
    lg %r5, 0(%r1)
1:  dlgr %r2, %r5
    sllg %r7, %r2, 3
    larl %r1, orders
    agr %r7, %r1                        # the order
    BLOCK %r8, %r6
    sllg %r9, %r6, 3
    lghi %r10, 0
    lghi %r5, 0
    llgh %r11, 0(%r7)

    # What is noted before the order, and its parameter.
    cghi %r11, SIGP_EXTERNAL_CALL
    jne 2f
    la %r1, CALLS_TRIED(%r9, %r12)
    agsi 0(%r1), 1
    j send
2:  cghi %r11, SIGP_EMERGENCY
    je 3f
    cghi %r11, SIGP_CONDITIONAL_EMERGENCY
    jne 4f
3:  la %r1, WORK(%r9, %r12)
    agsi 0(%r1), 1
    j send
4:  cghi %r11, SIGP_RESTART
    jne 5f
    larl %r3, tickets
    COUNT 0, %r3
    la %r10, 1(%r2)
    COUNT DISRUPTIONS, %r8
    j send
5:  cghi %r11, SIGP_INITIAL_CPU_RESET
    je 6f
    cghi %r11, SIGP_CPU_RESET
    jne 7f
6:  COUNT DISRUPTIONS, %r8
    j send
7:  lg %r5, PREFIX(%r8)
    cghi %r11, SIGP_SET_PREFIX
    je send
    sllg %r5, %r6, 9                    # store status at address
    larl %r1, statuses
    agr %r5, %r1

send:
    lghi %r4, 0
    sigp %r4, %r6, 0(%r11)
    ipm %r2
    srl %r2, 28
    llgfr %r2, %r2
    sllg %r3, %r2, 3
    la %r3, ANSWERS(%r3, %r12)
    agsi 0(%r3), 1

    # Condition code and status have to be such as the order has.
    lghi %r3, 8
    srl %r3, 0(%r2)
    llgh %r1, 2(%r7)
    ngr %r1, %r3
    jz violation
    ltgr %r2, %r2
    jz accepted
    cghi %r2, 1
    bner %r14                           # busy
    ltr %r4, %r4
    jz violation
    l %r1, 4(%r7)
    or %r1, %r4
    c %r1, 4(%r7)
    ber %r14

violation:                              # the first one is kept for CPU 0
    sllg %r2, %r2, 56
    sllg %r11, %r11, 32
    llgfr %r4, %r4
    ogr %r4, %r11
    ogr %r4, %r2
    oihh %r4, 0x8000
    lghi %r2, 0
    larl %r1, violations
    csg %r2, %r4, 0(%r1)
    br %r14

accepted:
    cghi %r11, SIGP_EXTERNAL_CALL
    jne 1f
    la %r1, CALLS_ACCEPTED(%r9, %r12)
    agsi 0(%r1), 1
    br %r14
1:  cghi %r11, SIGP_EMERGENCY
    je 2f
    cghi %r11, SIGP_CONDITIONAL_EMERGENCY
    jne 3f
2:  lg %r2, WORK(%r9, %r12)
    stg %r2, WORK_SIGNALED(%r9, %r12)
    br %r14
3:  cghi %r11, SIGP_RESTART
    bner %r14
    lg %r2, RESTART_ACCEPTED(%r8)       # the highest ticket
4:  cgr %r2, %r10
    bnlr %r14
    csg %r2, %r10, RESTART_ACCEPTED(%r8)
    jne 4b
    br %r14

# The hook of external interruptions.
taken:
    lg %r2, EXT_SEEN_CODE(%r0)
    llgh %r3, EXT_CPU_ADDRESS(%r0)
    larl %r1, cpus
    clg %r3, 0(%r1)
    jnl 3f
    sllg %r4, %r3, 3
    cghi %r2, CODE_EXTERNAL_CALL
    jne 1f
    la %r1, CALLS_TAKEN(%r4, %r12)
    agsi 0(%r1), 1
    br %r14
1:  cghi %r2, CODE_EMERGENCY
    jne 3f
    BLOCK %r3, %r3
    lg %r1, NUMBER(%r12)
    sllg %r1, %r1, 3
    lg %r1, WORK(%r1, %r3)
    stg %r1, WORK_SEEN(%r4, %r12)
    br %r14
3:  sllg %r2, %r2, 32                   # nobody has sent this
    ogr %r2, %r3
    oihh %r2, 0xc000
    lghi %r3, 0
    larl %r1, violations
    csg %r3, %r2, 0(%r1)
    br %r14

# CPU 0: the counts of a round.
FUNCTION check
    larl %r1, violations
    lg %r5, 0(%r1)
    EXPECT %r5, 0, "condition code, order and status"
    larl %r10, cpus
    lg %r10, 0(%r10)
    larl %r13, kind
    lg %r13, 0(%r13)
    lghi %r6, 0                         # the target
1:  BLOCK %r8, %r6
    sllg %r9, %r6, 3
    lghi %r3, 0                         # calls that were accepted and not taken
    lghi %r7, 0                         # the sender
2:  BLOCK %r11, %r7
    sllg %r4, %r7, 3
    lg %r5, CALLS_TAKEN(%r4, %r8)
    ag %r3, CALLS_ACCEPTED(%r9, %r11)
    sgr %r3, %r5
    clg %r5, CALLS_TRIED(%r9, %r11)
    jnh 3f
    lg %r2, CALLS_TRIED(%r9, %r11)
    EXPECT_SAME %r5, %r2, "external calls taken, of those that were sent"
3:  lg %r2, CALLS_ACCEPTED(%r9, %r11)
    cghsi DISRUPTIONS(%r8), 0
    jne 5f
    clgr %r5, %r2
    jl 4f
    ltgr %r13, %r13                     # a sender that was disrupted has not counted
    jnz 6f
    cgr %r5, %r2
    je 6f
4:  EXPECT_SAME %r5, %r2, "external calls taken, of those that were accepted"
6:  lg %r5, WORK_SEEN(%r4, %r8)
    lg %r2, WORK_SIGNALED(%r9, %r11)
    clgr %r5, %r2
    jnl 5f
    EXPECT_SAME %r5, %r2, "work seen behind an emergency signal"
5:  aghi %r7, 1
    cgr %r7, %r10
    jl 2b

    # A restart that comes behind the interruption, and before it was counted, loses one; an initial reset also what is pending.
    lg %r2, DISRUPTIONS(%r8)
    sllg %r2, %r2, 1
    cgr %r3, %r2
    jnh 7f
    EXPECT_SAME %r3, %r2, "external calls lost, at most"
7:  cghi %r13, KINDS - 1
    je 8f
    lg %r5, RESTART_SEEN(%r8)
    lg %r2, RESTART_ACCEPTED(%r8)
    clgr %r5, %r2
    jnl 8f
    EXPECT_SAME %r5, %r2, "the last restart"
8:  aghi %r6, 1
    cgr %r6, %r10
    jl 1b
    RETURN

# How much there was. Only if it ran for a time: the numbers are others each time.
FUNCTION totals
    larl %r1, round
    lg %r2, 0(%r1)
    brasl %r14, print_decimal
    PRINT " rounds, orders by condition code:"
    lghi %r6, ANSWERS
1:  PRINT " "
    larl %r7, cpus
    lg %r7, 0(%r7)
    larl %r8, blocks
    lghi %r2, 0
2:  ag %r2, 0(%r6, %r8)
    aghi %r8, 1 << BLOCK_SHIFT
    brctg %r7, 2b
    brasl %r14, print_decimal
    aghi %r6, 8
    cghi %r6, ANSWERS + 24
    jl 1b
    PRINT "\n"
    RETURN

    .section .rodata
    .balign 8

# Orders: what it is, which condition codes it may answer, which status. One that is here more often is more frequent.
    .macro ORDER order, codes, status=0, times=1
    .rept \times
    .short \order, \codes
    .long \status
    .endr
    .endm
orders:
    ORDER SIGP_EXTERNAL_CALL, CC0 + CC1 + CC2, 0x80, 8
    ORDER SIGP_EMERGENCY, CC0 + CC2, 0, 6
    ORDER SIGP_CONDITIONAL_EMERGENCY, CC0 + CC1 + CC2, 0x200
    ORDER SIGP_SENSE, CC0 + CC1 + CC2, 0xc0
    ORDER SIGP_SENSE_RUNNING, CC0 + CC1 + CC2, 0x400
    ORDER SIGP_SET_PREFIX, CC0 + CC1 + CC2, 0x200
    ORDER SIGP_STORE_STATUS_AT_ADDRESS, CC0 + CC1 + CC2, 0x200
    ORDER SIGP_START, CC0 + CC2, 0, 4
    .equ HARMLESS, (. - orders) / 8     # CPU 0 gets these only
    ORDER SIGP_STOP, CC0 + CC2
    ORDER SIGP_STOP_AND_STORE_STATUS, CC0 + CC2
    .equ CALM, (. - orders) / 8
    ORDER SIGP_RESTART, CC0 + CC2, 0, 2
    .equ WITH_RESTART, (. - orders) / 8
    ORDER SIGP_INITIAL_CPU_RESET, CC0
    ORDER SIGP_CPU_RESET, CC0
    ORDER SIGP_START, CC0 + CC2, 0, 2
    .equ ALL, (. - orders) / 8
order_counts:
    .quad CALM, WITH_RESTART, ALL
    .balign 2
text_refused:
    .asciz "an order of CPU 0 was refused, status"

    .bss
    .balign 8
cpus:
    .skip 8
round:
    .skip 8
kind:                                   # of the round
    .skip 8
order_count:
    .skip 8
deadline:
    .skip 8
violations:
    .skip 8
    .balign 256
phase:
    .skip 256
tickets:                                # one for each restart
    .skip 256
    .balign 512
statuses:
    .skip 512 * MAX_CPUS
    .balign 4096
blocks:
    .skip (1 << BLOCK_SHIFT) * MAX_CPUS
