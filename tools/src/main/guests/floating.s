# Binary floating point, each instruction with many operands: what it leaves in registers, the FPC, the condition code and the
# data-exception code goes into a sum, which is printed. Two machines that print the same have done the same.
#
# A line names an instruction: %f0 to %f7 have operands, which are also the pairs of extended ones; %r2 and %r3 as well;
# OPERANDS(%r0) are 32 bytes of storage, of which %r9 has the first one's address. Operands are random, or of a magnitude near 1, or
# from a table of edges. Rounding mode and inexact flag of the FPC are random. With TRAPS the masks are random, too, half of the
# time, and there are lines that some emulators do not do as the architecture says. With VERBOSE each result is printed, for a
# comparison of two machines that differ.

    .include "guest.inc"

    .equ OPERANDS, 0x500
    .equ RESULTS, 0x520
    .equ TIMES, 256
    .equ CR0_AFP, 0x40000

    .macro I instruction
    .pushsection .rodata
    .balign 2
88: .asciz "\instruction"
    .popsection
    larl %r2, 88b
    larl %r3, 1f
    brasl %r14, exercise
    j 2f
    .balign 2
1:  \instruction
    br %r13
2:
    .endm

    .text
FUNCTION main
    PRINT "Binary floating point, and what became of the operands\n"
    lghi %r1, 1
    stg %r1, PGM_EXPECTED(%r0)
    brasl %r14, shorts
    brasl %r14, longs
    brasl %r14, extendeds
    brasl %r14, conversions
    brasl %r14, support
    .ifdef TRAPS
    brasl %r14, strictly
    .endif
    RETURN

# Exercises an instruction. %r2 its text, %r3 where it stands; it comes back by %r13.
FUNCTION exercise
    lgr %r10, %r3
    brasl %r14, print
    .ifdef VERBOSE
    PRINT "\n"
    .endif
    LOAD %r8, 0x9e3779b97f4a7c15        # the generator
    lghi %r12, 0                        # the sum
    lghi %r11, TIMES
1:  lgfi %r1, CR0_AFP
    stg %r1, SCRATCH + 0xf8(%r0)
    lctlg %c0, %c0, SCRATCH + 0xf8(%r0)
    lghi %r9, OPERANDS
    lghi %r6, 4
2:  brasl %r14, next                    # storage
    stg %r2, 0(%r9)
    la %r9, 8(%r9)
    brct %r6, 2b
    lghi %r9, OPERANDS
    xc PGM_COUNT(8, %r0), PGM_COUNT(%r0)
    xc DATA_EXCEPTION(4, %r0), DATA_EXCEPTION(%r0)
    lghi %r6, 8
    lghi %r7, RESULTS
3:  brasl %r14, next                    # registers
    stg %r2, 0(%r7)
    la %r7, 8(%r7)
    brct %r6, 3b
    lghi %r7, RESULTS
    ld %f0, 0(%r7)
    ld %f1, 8(%r7)
    ld %f2, 16(%r7)
    ld %f3, 24(%r7)
    ld %f4, 32(%r7)
    ld %f5, 40(%r7)
    ld %f6, 48(%r7)
    ld %f7, 56(%r7)
    brasl %r14, next
    lgr %r3, %r2
    brasl %r14, next                    # the FPC
    srlg %r1, %r8, 20
    nilf %r1, 0xf8080003
    .ifdef TRAPS
    tmll %r8, 0x100
    jz 4f
    .endif
    nilf %r1, 0x00080003
4:  sfpc %r1
    lghi %r0, 0
    lghi %r4, 0
    srlg %r1, %r8, 12
    nilf %r1, 0x30000000
    spm %r1                             # condition code
    lghi %r1, 0
    basr %r13, %r10
    ipm %r7
    srl %r7, 28
    lghi %r1, RESULTS
    std %f0, 0(%r1)
    std %f1, 8(%r1)
    std %f2, 16(%r1)
    std %f3, 24(%r1)
    std %f4, 32(%r1)
    std %f5, 40(%r1)
    std %f6, 48(%r1)
    std %f7, 56(%r1)
    stg %r2, 64(%r1)
    stg %r3, 72(%r1)
    st %r7, 80(%r1)
    stfpc 84(%r1)
    lg %r7, PGM_COUNT(%r0)
    st %r7, 88(%r1)
    l %r7, DATA_EXCEPTION(%r0)
    st %r7, 92(%r1)
    LOAD %r5, 6364136223846793005
    lghi %r6, 12
5:  msgr %r12, %r5
    ag %r12, 0(%r1)
    rllg %r12, %r12, 23
    la %r1, 8(%r1)
    brct %r6, 5b
    lghi %r7, OPERANDS                  # what it stores
    lghi %r6, 4
6:  msgr %r12, %r5
    ag %r12, 0(%r7)
    rllg %r12, %r12, 23
    la %r7, 8(%r7)
    brct %r6, 6b
    .ifdef VERBOSE
    lghi %r7, OPERANDS
    lghi %r6, 16
7:  lg %r2, 0(%r7)
    brasl %r14, print_hex
    PRINT " "
    la %r7, 8(%r7)
    brct %r6, 7b
    PRINT "\n"
    .endif
    brctg %r11, 1b
    PRINT " "
    lgr %r2, %r12
    brasl %r14, print_hex
    PRINT "\n"
    RETURN

# The next operand in %r2. Uses %r1.
next:
    LOAD %r1, 6364136223846793005
    msgr %r8, %r1
    agfi %r8, 1442695041
    lgr %r2, %r8
    srlg %r1, %r8, 33
    xgr %r2, %r1
    tmll %r2, 1
    jz 1f
    risbg %r1, %r2, 55, 128 + 60, 0     # an edge: six bits choose which
    larl %r2, edges
    lg %r2, 0(%r1, %r2)
    br %r14
1:  tmll %r2, 2
    jz 2f
    nihh %r2, 0x807f                    # near 1
    oihh %r2, 0x3f80
    tmll %r2, 4
    jz 2f
    nihh %r2, 0xbfff
    oihh %r2, 0x4000
    nihh %r2, 0xc07f
2:  br %r14

FUNCTION shorts
    I "aebr %f0,%f1"
    I "aeb %f0,4(%r9)"
    I "sebr %f0,%f1"
    I "seb %f0,4(%r9)"
    I "meebr %f0,%f1"
    I "meeb %f0,8(%r9)"
    I "debr %f0,%f1"
    I "deb %f0,8(%r9)"
    I "sqebr %f0,%f1"
    I "sqeb %f0,8(%r9)"
    I "cebr %f0,%f1"
    I "ceb %f0,8(%r9)"
    I "kebr %f0,%f1"
    I "keb %f0,8(%r9)"
    I "lpebr %f0,%f1"
    I "lnebr %f0,%f1"
    I "lcebr %f0,%f1"
    I "tceb %f0,0(%r2)"
    RETURN

FUNCTION longs
    I "adbr %f0,%f1"
    I "adb %f0,8(%r9)"
    I "sdbr %f0,%f1"
    I "sdb %f0,8(%r9)"
    I "mdbr %f0,%f1"
    I "mdb %f0,8(%r9)"
    I "ddbr %f0,%f1"
    I "ddb %f0,8(%r9)"
    I "sqdbr %f0,%f1"
    I "sqdb %f0,8(%r9)"
    I "cdbr %f0,%f1"
    I "cdb %f0,8(%r9)"
    I "kdbr %f0,%f1"
    I "kdb %f0,8(%r9)"
    I "lpdbr %f0,%f1"
    I "lndbr %f0,%f1"
    I "lcdbr %f0,%f1"
    I "tcdb %f0,0(%r2)"
    RETURN

FUNCTION extendeds
    I "axbr %f0,%f1"
    I "sxbr %f0,%f1"
    I "mxbr %f0,%f1"
    I "dxbr %f0,%f1"
    I "sqxbr %f0,%f1"
    I "cxbr %f0,%f1"
    I "kxbr %f0,%f1"
    I "lpxbr %f0,%f1"
    I "lnxbr %f0,%f1"
    I "lcxbr %f0,%f1"
    I "tcxb %f0,0(%r2)"
    RETURN

FUNCTION conversions
    I "ldebr %f0,%f1"
    I "ldeb %f0,8(%r9)"
    I "lxdbr %f0,%f1"
    I "lxdb %f0,8(%r9)"
    I "lxebr %f0,%f1"
    I "lxeb %f0,8(%r9)"
    I "ledbr %f0,%f1"
    I "ledbra %f0,1,%f1,4"
    I "ldxbr %f0,%f1"
    I "ldxbra %f0,7,%f1,0"
    I "lexbr %f0,%f1"
    I "lexbra %f0,5,%f1,4"
    .irp rounding, 0, 1, 4, 5, 6, 7
    I "fiebra %f0,\rounding,%f1,0"
    I "fidbra %f0,\rounding,%f1,0"
    I "fixbra %f0,\rounding,%f1,0"
    I "cefbra %f0,\rounding,%r2,0"
    I "cegbra %f0,\rounding,%r2,0"
    I "cdgbra %f0,\rounding,%r2,0"
    I "cfebra %r2,\rounding,%f1,0"
    I "cfdbra %r2,\rounding,%f1,0"
    I "cfxbra %r2,\rounding,%f1,0"
    I "cgebra %r2,\rounding,%f1,0"
    I "cgdbra %r2,\rounding,%f1,0"
    I "cgxbra %r2,\rounding,%f1,0"
    I "clfebr %r2,\rounding,%f1,0"
    I "clfdbr %r2,\rounding,%f1,0"
    I "clfxbr %r2,\rounding,%f1,0"
    I "clgebr %r2,\rounding,%f1,0"
    I "clgdbr %r2,\rounding,%f1,0"
    I "clgxbr %r2,\rounding,%f1,0"
    I "celfbr %f0,\rounding,%r2,0"
    I "celgbr %f0,\rounding,%r2,0"
    I "cdlgbr %f0,\rounding,%r2,0"
    .endr
    I "fidbra %f0,5,%f1,4"
    I "cgdbra %r2,4,%f1,4"
    I "cdfbr %f0,%r2"
    I "cdlfbr %f0,0,%r2,0"
    I "cxfbr %f0,%r2"
    I "cxgbr %f0,%r2"
    I "cxlfbr %f0,0,%r2,0"
    I "cxlgbr %f0,0,%r2,0"
    RETURN

FUNCTION support
    I "ler %f0,%f1"
    I "ldr %f0,%f1"
    I "lxr %f0,%f1"
    I "lzer %f0"
    I "lzdr %f0"
    I "lzxr %f0"
    I "le %f0,8(%r9)"
    I "ley %f0,8(%r9)"
    I "ld %f0,8(%r9)"
    I "ldy %f0,8(%r9)"
    I "ste %f0,9(%r9)"
    I "stey %f0,9(%r9)"
    I "std %f0,9(%r9)"
    I "stdy %f0,9(%r9)"
    I "ldgr %f0,%r2"
    I "lgdr %r2,%f0"
    I "cpsdr %f0,%f1,%f2"
    I "lpdfr %f0,%f1"
    I "lndfr %f0,%f1"
    I "lcdfr %f0,%f1"
    I "efpc %r2"
    I "srnm 0(%r2)"
    I "stfpc 8(%r9)"
    RETURN

    .ifdef TRAPS
# Signaling NaNs that are loaded and tested, or multiplied and added; products in the next longer format; bits of the FPC.
FUNCTION strictly
    I "maebr %f0,%f1,%f2"
    I "maeb %f0,%f1,8(%r9)"
    I "msebr %f0,%f1,%f2"
    I "mseb %f0,%f1,8(%r9)"
    I "madbr %f0,%f1,%f2"
    I "madb %f0,%f1,8(%r9)"
    I "msdbr %f0,%f1,%f2"
    I "msdb %f0,%f1,8(%r9)"
    I "ltebr %f0,%f1"
    I "ltdbr %f0,%f1"
    I "ltxbr %f0,%f1"
    I "mdebr %f0,%f1"
    I "mdeb %f0,8(%r9)"
    I "mxdbr %f0,%f1"
    I "mxdb %f0,8(%r9)"
    I "lfpc 8(%r9)"
    I "lfas 8(%r9)"
    RETURN
    .endif

    .section .rodata
    .balign 8
edges:
    .quad 0, 0x8000000000000000, 0x3ff0000000000000, 0xbff8000000000000, 0x3ff0000000000001, 0x3fe0000000000000
    .quad 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000, 0xfff8000000012345, 0x7ff0000000000001, 0xfff4567800000000
    .quad 0x7fefffffffffffff, 0xffefffffffffffff, 0x0010000000000000, 0x8010000000000000, 0x000fffffffffffff, 0x0000000000000001
    .quad 0x8000000000000001, 0x0018000000000000, 0x0340000000000001, 0x2000000000000001, 0x1ff8000000000001, 0x7fe0000000000000
    .quad 0x3f80000000000000, 0xbfc0000000000000, 0x3f80000100000000, 0x3f00000000000000, 0x7f80000000000000, 0xff80000000000000
    .quad 0x7fc0000000000000, 0xffc1234500000000, 0x7f80000100000000, 0xffa0000000000000, 0x7f7fffff00000000, 0xff7fffff00000000
    .quad 0x0080000000000000, 0x8080000000000000, 0x007fffff00000000, 0x0000000100000000, 0x8000000100000000, 0x20000001e0000000
    .quad 0x41dfffffffc00000, 0x41e0000000000000, 0xc1e0000000000000, 0xc1e0000000200000, 0x41efffffffe00000, 0x43e0000000000000
    .quad 0xc3e0000000000000, 0x43f0000000000000, 0x4f00000000000000, 0xcf00000000000000, 0x4f80000000000000, 0x5f00000000000000
    .quad 0x3fff000000000000, 0xbfff800000000000, 0x7fff000000000000, 0x7fff800000000000, 0xffff000000000001, 0x7ffeffffffffffff
    .quad 0x0001000000000000, 0x401e000000000000, 0x4004000000000000, 0xffffffffffffffff
