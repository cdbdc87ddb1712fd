# What some emulators are lenient about. Invalid PSWs: recognized early, with an instruction length of 0 and the invalid PSW as
# the old one, or when the instruction is fetched. The program mask: a fixed-point overflow interrupts. CR0: it
# suppresses SET SYSTEM MASK. And instructions that some get wrong. On every CPU.

    .include "guest.inc"
    .include "cases.inc"

    .text
FUNCTION main
    PRINT "What others are lenient about\n"
    brasl %r14, all_cases
    larl %r2, all_cases
    brasl %r14, on_all_others
    brasl %r14, print_decimal
    PRINT " CPU(s) were strict\n"
    RETURN

FUNCTION all_cases
    brasl %r14, early
    brasl %r14, odd
    brasl %r14, overflow
    brasl %r14, suppressed
    brasl %r14, details
    RETURN

FUNCTION early
    larl %r6, psws
    CASE_GO_ON 6, "unassigned bits", "lpswe unassigned_psw - psws(%r6)"
    brasl %r14, check_early
    lg %r5, PGM_SEEN_PSW(%r0)
    EXPECT %r5, 0x0001000180000001, "unassigned bits: the old PSW"
    lg %r5, PGM_SEEN_PSW + 8(%r0)
    EXPECT %r5, 0x12345678, "unassigned bits: address of the old PSW"
    CASE_GO_ON 6, "no addressing mode", "lpswe modeless_psw - psws(%r6)"
    brasl %r14, check_early
    CASE_GO_ON 6, "address beyond 31 bits", "lpswe beyond_31_psw - psws(%r6)"
    brasl %r14, check_early
    CASE_GO_ON 6, "address beyond 24 bits", "lpswe beyond_24_psw - psws(%r6)"
    brasl %r14, check_early
    CASE_GO_ON 6, "invalid and waiting", "lpswe waiting_psw - psws(%r6)"
    brasl %r14, check_early
    CASE 6, 4, "short PSW without bit 12", "lpsw modeless_psw - psws(%r6)"

    # The interruption's own new PSW.
    mvc SCRATCH(16, %r0), SVC_NEW(%r0)
    mvc SVC_NEW(16, %r0), unassigned_psw - psws(%r6)
    CASE_GO_ON 6, "new PSW of the supervisor call", "svc 1"
    mvc SVC_NEW(16, %r0), SCRATCH(%r0)
    brasl %r14, check_early

    mvi SCRATCH(%r0), 0x80
    CASE_GO_ON 6, "system mask with unassigned bits", "ssm SCRATCH(%r0)"
    lg %r5, PGM_SEEN_LENGTH(%r0)
    EXPECT %r5, 4, "system mask: instruction length"
    lg %r5, PGM_SEEN_PSW(%r0)
    EXPECT %r5, 0x8000000180000000, "system mask: the old PSW"
    RETURN

FUNCTION odd
    larl %r6, psws
    CASE_GO_ON 6, "odd address in a PSW", "lpswe odd_psw - psws(%r6)"
    larl %r7, odd
    CASE_GO_ON 6, "odd address in a branch", "b 1(%r7)"
    RETURN

FUNCTION overflow
    # The program mask asks for the interruption at overflow; the result is stored nevertheless.
    iilf %r7, 0x08000000
    spm %r7
    iilf %r2, 0x7fffffff
    lghi %r3, 0x7f
    sllg %r3, %r3, 32
    or %r3, %r2
    CASE 8, 2, "overflow of an addition", "ar %r3, %r2"
    EXPECT %r3, 0x7ffffffffe, "overflow: the result"
    lg %r5, PGM_SEEN_PSW(%r0)
    EXPECT %r5, 0x0000380180000000, "overflow: mask of the old PSW"
    lghi %r2, 1
    sllg %r2, %r2, 62
    CASE 8, 6, "overflow of a shift", "slag %r3, %r2, 1"
    EXPECT %r3, 0, "overflow: the result"
    lghi %r7, 0
    spm %r7
    RETURN

FUNCTION suppressed
    iilf %r1, 0x40000000                # CR0 suppresses SET SYSTEM MASK
    llgfr %r1, %r1
    stg %r1, SCRATCH(%r0)
    lctlg %c0, %c0, SCRATCH(%r0)
    CASE 0x13, 4, "suppressed set system mask", "ssm SCRATCH(%r0)"
    SUBCLASSES 0
    RETURN

FUNCTION details
    LOAD %r6, 0x1122334455667788
    LOAD %r7, 0x99aabbccddeeff00
    stmh %r6, %r7, SCRATCH(%r0)
    lg %r5, SCRATCH(%r0)
    EXPECT %r5, 0x1122334499aabbcc, "store multiple high"

    lgr %r5, %r6
    rosbg %r5, %r7, 128 + 0, 31, 0      # the test form: only the condition code is set
    ipm %r2
    EXPECT_SAME %r5, %r6, "rotate then OR, tested: the register stays"
    srl %r2, 28
    llgfr %r2, %r2
    EXPECT %r2, 1, "rotate then OR, tested: condition code"
    rnsbg %r5, %r7, 128 + 56, 63, 0     # 0x88 and 0x00
    ipm %r2
    srl %r2, 28
    llgfr %r2, %r2
    EXPECT %r2, 0, "rotate then AND, tested: condition code"

    lghi %r2, -1
    lghi %r3, -1
    ltgr %r2, %r2                       # condition code 1
    epsw %r2, %r3
    EXPECT %r2, 0xffffffff00001001, "extract PSW, first word"
    EXPECT %r3, 0xffffffff80000000, "extract PSW, second word"

    sar %a3, %r6
    sar %a4, %r7
    cpya %a4, %a3
    lghi %r2, 0
    ear %r2, %a4
    EXPECT %r2, 0x55667788, "copy access"

    lgr %r2, %r6
    iilf %r7, 0x95667788
    sam31
    la %r2, 1(%r7)
    lgr %r3, %r6
    bras %r3, 1f
1:  sam24
    lgr %r5, %r6
    la %r5, 1(%r7)
    tam
    sam64
    ipm %r7
    EXPECT %r2, 0x1122334415667789, "load address, 31 bits"
    EXPECT %r5, 0x1122334400667789, "load address, 24 bits"
    larl %r1, 1b
    oilh %r1, 0x8000                    # the addressing mode
    iihf %r1, 0x11223344
    EXPECT_SAME %r3, %r1, "branch relative and save, 31 bits"
    srl %r7, 28
    llgfr %r7, %r7
    EXPECT %r7, 0, "test addressing mode, 24 bits"
    RETURN

# No instruction caused it.
check_early:
    lgr %r13, %r14
    lg %r5, PGM_SEEN_LENGTH(%r0)
    EXPECT %r5, 0, "early: instruction length"
    br %r13

    .section .rodata
    .balign 16
psws:
unassigned_psw:
    .long PSW_PROBLEM_HIGH, PSW_LOW + 1
    .quad 0x12345678
modeless_psw:
    .quad 0x0000000100000000            # extended addressing without basic addressing
    .quad 0
beyond_31_psw:
    .quad 0x0000000080000000
    .quad 0x80000000
beyond_24_psw:
    .quad 0x0000000000000000
    .quad 0x1000000
odd_psw:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad odd + 1
waiting_psw:
    .long PSW_DEAD_HIGH, PSW_LOW + 1
    .quad 0xbad
