# SIGNAL PROCESSOR: sense, stop, start, restart, set prefix, store status, resets, with condition codes and status. Each other CPU is
# the target in turn; with one CPU only what it can do to itself.

    .include "guest.inc"

    .equ STOPPED, 0x40
    .equ INVALID_PARAMETER, 0x100
    .equ INCORRECT_STATE, 0x200
    .equ NOT_RUNNING, 0x400

    .equ COUNTER, SCRATCH               # counts while the target runs
    .equ PATTERN, 0x0123456789abcdef    # in the target's %r13

# Gives an order to the CPU in %r6, with the parameter in %r5: condition code and status have to be these.
    .macro ORDER order, code, status
    lghi %r4, 0
    SIGNAL %r4, %r6, \order
    brasl %r14, condition_code
    EXPECT %r2, \code, "condition code of order \order"
    llgfr %r2, %r4
    EXPECT %r2, \status, "status of order \order"
    .endm

    .text
FUNCTION main
    PRINT "Signal processor\n"
    brasl %r14, myself
    brasl %r14, count_cpus
    lgr %r10, %r2
    lgr %r6, %r2                        # nobody there
    lghi %r5, 0
    ORDER SIGP_SENSE, 3, 0
    ORDER SIGP_EMERGENCY, 3, 0
    lghi %r6, 1
1:  cgr %r6, %r10
    jnl 2f
    lgr %r2, %r6
    brasl %r14, target
    aghi %r6, 1
    j 1b
2:  lgr %r2, %r10
    brasl %r14, print_decimal
    PRINT " CPU(s) did as they were told\n"
    RETURN

# The condition code as a number in %r2; all else stays.
condition_code:
    ipm %r2
    srl %r2, 28
    llgfr %r2, %r2
    br %r14

FUNCTION myself
    lghi %r6, 0
    lghi %r5, 0
    ORDER SIGP_SENSE, 0, 0
    ORDER SIGP_START, 0, 0              # it operates: no effect
    ORDER SIGP_SET_PREFIX, 1, INCORRECT_STATE
    ORDER SIGP_STORE_STATUS_AT_ADDRESS, 1, INCORRECT_STATE
    ORDER 0xff, 1, 2                    # invalid order
    RETURN

# Everything with one target. %r2 its address.
FUNCTION target
    lgr %r6, %r2
    lghi %r5, 0
    ORDER SIGP_SENSE, 1, STOPPED
    ORDER SIGP_SENSE_RUNNING, 1, NOT_RUNNING
    ORDER SIGP_STOP, 0, 0               # it is stopped: no effect
    iilf %r5, 0x7fff0000                # no storage there
    ORDER SIGP_SET_PREFIX, 1, INVALID_PARAMETER

    lgr %r2, %r6
    larl %r3, count_for_ever
    brasl %r14, start_cpu               # set prefix and restart
    sllg %r11, %r6, 13
    larl %r1, prefix_areas
    agr %r11, %r1                       # the target's prefix area
    brasl %r14, runs
    lghi %r5, 0
    ORDER SIGP_SENSE, 0, 0
    ORDER SIGP_SENSE_RUNNING, 0, 0
    ORDER SIGP_STORE_STATUS_AT_ADDRESS, 1, INCORRECT_STATE

    # Stopped it does not count; its status is stored; started it goes on.
    ORDER SIGP_STOP, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    brasl %r14, rests
    brasl %r14, check_status_at_address
    lghi %r5, 0
    ORDER SIGP_START, 0, 0
    brasl %r14, runs

    # Stop and store status.
    lghi %r5, 0
    ORDER SIGP_STOP_AND_STORE_STATUS, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    lghi %r2, 0x1200
    brasl %r14, check_status

    # What comes while it is stopped is taken when it is started.
    lghi %r5, 0
    ORDER SIGP_EMERGENCY, 0, 0
    brasl %r14, rests
    lg %r5, EXT_COUNT(%r11)
    EXPECT %r5, 0, "interruptions of a stopped CPU"
    ORDER SIGP_START, 0, 0
1:  cghsi EXT_COUNT(%r11), 1
    jne 1b
    brasl %r14, runs

    # A CPU reset takes back what is pending, and the registers stay.
    ORDER SIGP_STOP, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    ORDER SIGP_EMERGENCY, 0, 0
    ORDER SIGP_CPU_RESET, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    brasl %r14, check_status_at_address
    lghi %r5, 0
    ORDER SIGP_START, 0, 0
    brasl %r14, runs
    lg %r5, EXT_COUNT(%r11)
    EXPECT %r5, 1, "interruptions after a CPU reset"

    # An initial CPU reset, of a CPU that runs: PSW, prefix and control registers have their initial values.
    ORDER SIGP_INITIAL_CPU_RESET, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    brasl %r14, rests
    larl %r5, status
    ORDER SIGP_STORE_STATUS_AT_ADDRESS, 0, 0
    lghi %r5, 0
    lgr %r2, %r6
    brasl %r14, await_stop
    larl %r7, status
    lg %r5, 0x100(%r7)
    EXPECT %r5, 0, "PSW mask after an initial reset"
    lg %r5, 0x108(%r7)
    EXPECT %r5, 0, "PSW address after an initial reset"
    llgf %r5, 0x118(%r7)
    EXPECT %r5, 0, "prefix after an initial reset"
    lg %r5, 0x130(%r7)
    EXPECT %r5, 0, "clock comparator after an initial reset"
    lg %r5, 0x180(%r7)
    EXPECT %r5, 0xe0, "control register 0 after an initial reset"
    lg %r5, 0x1f0(%r7)
    EXPECT %r5, 0xc2000000, "control register 14 after an initial reset"
    RETURN

# What the target does: it counts, with a pattern in a register, and open for emergency signals.
FUNCTION count_for_ever
    HOOK nothing
    SUBCLASSES CR0_EMERGENCY
    LOAD %r13, PATTERN
    stosm SCRATCH + 8(%r0), 0x01
    lghi %r1, 0
counting:
    aghi %r1, 1
    stg %r1, COUNTER(%r0)
    j counting
counting_ends:
nothing:
    br %r14

# The target counts.
runs:
    lg %r1, COUNTER(%r11)
1:  cg %r1, COUNTER(%r11)
    je 1b
    br %r14

# The target does not count.
FUNCTION rests
    lg %r5, COUNTER(%r11)
    lghi %r1, 10000
1:  brctg %r1, 1b
    lg %r1, COUNTER(%r11)
    EXPECT_SAME %r5, %r1, "what a stopped CPU counts"
    RETURN

FUNCTION check_status_at_address
    larl %r5, status
    ORDER SIGP_STORE_STATUS_AT_ADDRESS, 0, 0
    lgr %r2, %r6
    brasl %r14, await_stop              # busy until it is stored
    larl %r2, status
    brasl %r14, check_status
    RETURN

# The status of a CPU that counts. %r2 its address, %r11 the CPU's prefix area.
FUNCTION check_status
    lgr %r7, %r2
    lg %r5, 0x80 + 13 * 8(%r7)
    EXPECT %r5, PATTERN, "stored general register 13"
    lg %r5, 0x80 + 1 * 8(%r7)
    lg %r2, COUNTER(%r11)
    sgr %r5, %r2                        # it may have been stopped in front of the store
    clgijnh %r5, 1, 1f
    EXPECT %r5, 0, "stored general register 1"
1:  lg %r5, 0x100(%r7)
    nihl %r5, 0xcfff                    # without the condition code
    EXPECT %r5, 0x0100000180000000, "stored PSW mask"
    lg %r5, 0x108(%r7)
    larl %r2, counting
    sgr %r5, %r2
    clgijl %r5, counting_ends - counting, 2f
    EXPECT %r5, 0, "stored PSW address, from the loop"
2:  llgf %r5, 0x118(%r7)
    EXPECT_SAME %r5, %r11, "stored prefix"
    lg %r5, 0x180(%r7)
    EXPECT %r5, CR0_EMERGENCY, "stored control register 0"
    RETURN

    .bss
    .balign 512
status:
    .skip 512
