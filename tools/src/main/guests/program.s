# Program interruptions and the supervisor call: each is taken in its handler, and has the right code, instruction length and old
# PSW. On every CPU.

    .include "guest.inc"
    .include "cases.inc"

    .text
FUNCTION main
    PRINT "Program interruptions\n"
    brasl %r14, all_cases
    larl %r2, all_cases
    brasl %r14, on_all_others
    brasl %r14, print_decimal
    PRINT " CPU(s) took each in its handler\n"
    RETURN

FUNCTION all_cases
    brasl %r14, operation
    brasl %r14, privileged
    brasl %r14, execute
    brasl %r14, addressing
    brasl %r14, specification
    brasl %r14, arithmetic
    brasl %r14, others
    brasl %r14, supervisor_call
    RETURN

FUNCTION operation
    CASE 1, 2, "operation, 2 bytes", ".short 0"
    CASE 1, 4, "operation, 4 bytes", ".long 0x52000000"
    CASE 1, 6, "operation, 6 bytes", ".byte 0xff, 0, 0, 0, 0, 0"
    RETURN

FUNCTION privileged
    larl %r6, problem_psws
    CASE_GO_ON 2, "privileged, 4 bytes", "lpswe 0(%r6)"
    lg %r5, PGM_SEEN_LENGTH(%r0)
    EXPECT %r5, 4, "privileged: instruction length"
    lg %r5, PGM_SEEN_PSW(%r0)
    EXPECT %r5, 0x0001000180000000, "privileged: mask of the old PSW"
    lg %r5, PGM_SEEN_PSW + 8(%r0)
    EXPECT_ADDRESS %r5, problem_4 + 4, "privileged: address of the old PSW"
    CASE_GO_ON 2, "privileged, 6 bytes", "lpswe 16(%r6)"
    lg %r5, PGM_SEEN_LENGTH(%r0)
    EXPECT %r5, 6, "privileged: instruction length"
    lg %r5, PGM_SEEN_PSW + 8(%r0)
    EXPECT_ADDRESS %r5, problem_6 + 6, "privileged: address of the old PSW"
    RETURN
problem_4:
    stpx SCRATCH(%r0)
problem_6:
    stctg %c0, %c0, SCRATCH(%r0)

FUNCTION execute
    larl %r6, an_execute
    CASE 3, 4, "execute of execute", "ex %r0, 0(%r6)"
    CASE 3, 6, "execute relative of execute", "exrl %r0, an_execute"
    RETURN
an_execute:
    ex %r0, 0(%r6)

FUNCTION addressing
    llihf %r6, 0x7fff                   # far beyond all storage
    lghi %r2, 77
    CASE 5, 6, "addressing, load", "lg %r2, 0(%r6)"
    EXPECT %r2, 77, "addressing: the register stays"
    CASE 5, 4, "addressing, store", "st %r2, 0(%r6)"
    CASE 5, 6, "addressing, move", "mvc SCRATCH(8, %r0), 0(%r6)"
    CASE 5, 4, "addressing, load PSW", "lpswe 0(%r6)"
    CASE_GO_ON 5, "addressing, fetch", "br %r6"
    RETURN

FUNCTION specification
    larl %r6, problem_psws
    CASE 6, 2, "specification, odd register", ".insn rr, 0x1d00, %r3, %r2"
    CASE 6, 4, "specification, word", "cs %r2, %r3, 2(%r6)"
    CASE 6, 6, "specification, doubleword", "csg %r2, %r3, 4(%r6)"
    CASE 6, 4, "specification, load PSW", "lpswe 4(%r6)"
    CASE 6, 4, "specification, set clock comparator", "sckc 4(%r6)"
    RETURN

FUNCTION arithmetic
    lghi %r6, 0
    lghi %r2, 1
    lghi %r3, 5
    CASE 9, 2, "divide by zero", "dr %r2, %r6"
    EXPECT %r3, 5, "divide by zero: the register stays"
    CASE 9, 4, "divide single by zero", "dsgr %r2, %r6"
    CASE 9, 4, "quotient too large", "dlgr %r2, %r2"
    llihh %r3, 0x8000
    lghi %r7, -1
    CASE 9, 4, "quotient of the smallest number", "dsgr %r2, %r7"
    RETURN

FUNCTION others
    lghi %r2, 1
    lghi %r3, 2
    mvhi DATA_EXCEPTION(%r0), 0
    CASE 7, 4, "compare and trap", "crtl %r2, %r3"
    llgf %r5, DATA_EXCEPTION(%r0)
    EXPECT %r5, 0xff, "compare and trap: data-exception code"
    CASE 7, 6, "compare immediate and trap", "cgith %r3, 1"
    RETURN

FUNCTION supervisor_call
    larl %r1, supervisor_call_psw
    mvc SVC_NEW(16, %r0), 0(%r1)
    lghi %r6, 0                         # condition code 0
    ltgr %r6, %r6
    svc 0x42
after_call:
    EXPECT %r6, 1, "supervisor calls"
    llgh %r2, SVC_CODE(%r0)
    EXPECT %r2, 0x42, "supervisor call: code"
    llgh %r2, SVC_LENGTH(%r0)
    EXPECT %r2, 2, "supervisor call: instruction length"
    lg %r2, SVC_OLD(%r0)
    EXPECT %r2, 0x0000000180000000, "supervisor call: mask of the old PSW"
    lg %r2, SVC_OLD + 8(%r0)
    EXPECT_ADDRESS %r2, after_call, "supervisor call: address of the old PSW"
    lghi %r7, 0x17
    exrl %r7, a_supervisor_call
    EXPECT %r6, 2, "supervisor calls"
    llgh %r2, SVC_CODE(%r0)
    EXPECT %r2, 0x17, "executed supervisor call: code"
    llgh %r2, SVC_LENGTH(%r0)
    EXPECT %r2, 6, "executed supervisor call: instruction length"
    RETURN
a_supervisor_call:
    svc 0
supervisor_call_handler:
    la %r6, 1(%r6)
    lpswe SVC_OLD(%r0)

    .section .rodata
    .balign 16
problem_psws:
    .long PSW_PROBLEM_HIGH, PSW_LOW
    .quad problem_4
    .long PSW_PROBLEM_HIGH, PSW_LOW
    .quad problem_6
supervisor_call_psw:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad supervisor_call_handler
