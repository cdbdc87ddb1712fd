# External interruptions and restart: masked, then opened by LPSWE, SSM, STOSM and LCTLG. Each is taken where it is opened, with the
# right code, parameter and old PSW. On every CPU. With EXACT (exact.s) it has to be right behind the instruction that opens it;
# else it has some time, since emulators may see only later that something is pending.

    .include "guest.inc"

# What is behind an instruction that opens, up to where it is closed again.
    .macro OPENED label
\label:
    .ifndef EXACT
    llilh %r1, 0x1000
1:  ltg %r0, EXT_COUNT(%r0)
    jnz 2f
    brctg %r1, 1b
2:
    .endif
\label\()_closes:
    stnsm SCRATCH + 8(%r0), 0xfc
    larl %r12, \label
    larl %r13, \label\()_closes
    .endm

    .text
FUNCTION main
    PRINT "External interruptions, masked and then opened\n"
    brasl %r14, all_kinds
    larl %r2, all_kinds
    brasl %r14, on_all_others
    brasl %r14, print_decimal
    PRINT " CPU(s) took each where it was opened\n"
    RETURN

# %r8 raises the interruption, %r9 its code, %r10 its subclass mask, %r11 its parameter (0: none).
FUNCTION all_kinds
    HOOK note
    larl %r8, raise_emergency
    lghi %r9, CODE_EMERGENCY
    lghi %r10, CR0_EMERGENCY
    lghi %r11, 0
    brasl %r14, all_ways
    larl %r8, raise_clock_comparator
    lghi %r9, CODE_CLOCK_COMPARATOR
    lghi %r10, CR0_CLOCK_COMPARATOR
    brasl %r14, all_ways
    larl %r8, raise_service
    lghi %r9, CODE_SERVICE
    lghi %r10, CR0_SERVICE
    larl %r11, block
    brasl %r14, all_ways
    brasl %r14, together
    brasl %r14, restart
    RETURN

FUNCTION all_ways
    # PSW closed, CR0 open.
    stg %r10, SCRATCH(%r0)
    lctlg %c0, %c0, SCRATCH(%r0)
    brasl %r14, raise_and_check_masked
    larl %r1, psw_opened
    lpswe 0(%r1)
    OPENED opened_by_lpswe
    brasl %r14, check_taken

    brasl %r14, raise_and_check_masked
    mvi SCRATCH + 8(%r0), 0x01
    ssm SCRATCH + 8(%r0)
    OPENED opened_by_ssm
    brasl %r14, check_taken

    brasl %r14, raise_and_check_masked
    stosm SCRATCH + 8(%r0), 0x01
    OPENED opened_by_stosm
    brasl %r14, check_taken
    cli SCRATCH + 8(%r0), 0x01          # what STNSM has stored: it was open
    lghi %r5, 1
    je 1f
    lghi %r5, 0
1:  EXPECT %r5, 1, "system mask that was stored"

    # CR0 closed, PSW open.
    SUBCLASSES 0
    stosm SCRATCH + 8(%r0), 0x01
    brasl %r14, raise_and_check_masked
    lctlg %c0, %c0, SCRATCH(%r0)
    OPENED opened_by_lctlg
    brasl %r14, check_taken
    RETURN

FUNCTION raise_and_check_masked
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    basr %r14, %r8
    lghi %r1, 1000
1:  brctg %r1, 1b
    lg %r5, EXT_COUNT(%r0)
    EXPECT %r5, 0, "interruptions while masked"
    RETURN

# It had to be taken from %r12 to %r13.
FUNCTION check_taken
    lg %r5, EXT_COUNT(%r0)
    EXPECT %r5, 1, "interruptions when opened"
    lg %r5, EXT_SEEN_CODE(%r0)
    EXPECT_SAME %r5, %r9, "external interruption code"
    lg %r5, EXT_SEEN_PSW + 8(%r0)
    clgr %r5, %r12
    jl 2f
    clgr %r5, %r13
    jnh 3f
2:  EXPECT_SAME %r5, %r12, "address of the old PSW"
3:
    lg %r5, EXT_SEEN_PSW(%r0)
    nihl %r5, 0xcfff                    # without the condition code
    EXPECT %r5, 0x0100000180000000, "mask of the old PSW"
    ltgr %r11, %r11
    jz 1f
    lg %r5, EXT_SEEN_PARAMETER(%r0)
    EXPECT_SAME %r5, %r11, "external interruption parameter"
1:  RETURN

# All three at once: each comes once. (In which order is not asked.)
FUNCTION together
    SUBCLASSES CR0_EMERGENCY + CR0_CLOCK_COMPARATOR + CR0_SERVICE
    larl %r1, seen
    xc 0(24, %r1), 0(%r1)
    xc EXT_COUNT(8, %r0), EXT_COUNT(%r0)
    brasl %r14, raise_service
    brasl %r14, raise_emergency
    brasl %r14, raise_clock_comparator
    stosm SCRATCH + 8(%r0), 0x01
    .ifndef EXACT
    llilh %r1, 0x1000
1:  clfhsi EXT_COUNT + 4(%r0), 3
    jnl 2f
    brctg %r1, 1b
2:
    .endif
    stnsm SCRATCH + 8(%r0), 0xfc
    lg %r5, EXT_COUNT(%r0)
    EXPECT %r5, 3, "interruptions together"
    larl %r6, seen
    lg %r5, 0(%r6)
    EXPECT %r5, 1, "emergency signals"
    lg %r5, 8(%r6)
    EXPECT %r5, 1, "clock comparators"
    lg %r5, 16(%r6)
    EXPECT %r5, 1, "service signals"
    RETURN

# The hook: counts by code. The clock comparator is a level, so it has to be moved on.
note:
    larl %r2, seen
    lg %r1, EXT_SEEN_CODE(%r0)
    cghi %r1, CODE_EMERGENCY
    je 3f
    cghi %r1, CODE_CLOCK_COMPARATOR
    je 2f
    aghi %r2, 8
    j 1f
2:  larl %r3, far
    sckc 0(%r3)
1:  aghi %r2, 8
3:  lg %r1, 0(%r2)
    aghi %r1, 1
    stg %r1, 0(%r2)
    br %r14

FUNCTION raise_emergency
    lgf %r3, CPU + 4(%r0)
    SIGNAL %r4, %r3, SIGP_EMERGENCY
    lghi %r5, 0
    jz 1f
    lghi %r5, 1
1:  EXPECT %r5, 0, "condition code of an emergency signal"
    RETURN

FUNCTION raise_clock_comparator
    stck SCRATCH + 16(%r0)
    sckc SCRATCH + 16(%r0)
    lg %r1, SCRATCH + 16(%r0)           # it is behind the clock very soon
    agfi %r1, 1000 * MICROSECOND
    stg %r1, SCRATCH + 32(%r0)
1:  stck SCRATCH + 24(%r0)
    clc SCRATCH + 24(8, %r0), SCRATCH + 32(%r0)
    jl 1b
    stckc SCRATCH + 24(%r0)
    lg %r5, SCRATCH + 24(%r0)
    lg %r6, SCRATCH + 16(%r0)
    EXPECT_SAME %r5, %r6, "the clock comparator that was set"
    RETURN

FUNCTION raise_service
    larl %r2, block
    xc 0(16, %r2), 0(%r2)
    mvhhi 0(%r2), 16
    iilf %r3, 0x00770005                # read event data: there is none
1:  .insn rre, 0xb2200000, %r3, %r2     # SERVC
    brc 2, 1b
    RETURN

# A restart of itself: nothing masks it.
FUNCTION restart
    mvc SCRATCH(16, %r0), RESTART_NEW(%r0)
    larl %r1, psw_restarted
    mvc RESTART_NEW(16, %r0), 0(%r1)
    lgf %r3, CPU + 4(%r0)
    sigp %r4, %r3, SIGP_RESTART
1:  j 1b                                # until it comes
restarted:
    mvc RESTART_NEW(16, %r0), SCRATCH(%r0)
    lg %r5, RESTART_OLD + 8(%r0)
    EXPECT_ADDRESS %r5, 1b, "address of the restart old PSW"
    lg %r5, RESTART_OLD(%r0)
    EXPECT %r5, 0x0000000180000000, "mask of the restart old PSW"
    RETURN

    .section .rodata
    .balign 8
psw_opened:
    .long PSW_EXTERNAL_HIGH, PSW_LOW
    .quad opened_by_lpswe
psw_restarted:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad restarted
far:
    .quad -1

    .bss
    .balign 4096
block:
    .skip 4096
seen:
    .skip 24                            # emergency signals, clock comparators, service signals
