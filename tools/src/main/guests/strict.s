# What some emulators are lenient about. Invalid PSWs: recognized early, with an instruction length of 0 and the invalid PSW as
# the old one, or when the instruction is fetched. The program mask: a fixed-point overflow interrupts. CR0: it
# suppresses SET SYSTEM MASK. On every CPU.

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
