# Instructions, each with many operands: what they leave in registers, storage, condition code and program interruptions goes into a
# sum, which is printed. Two machines that print the same have done the same.
#
# A line names an instruction: %r2 to %r5 have operands, half of them random and half from a table of edges; OPERANDS(%r0) and, with
# the same contents, the label "operands" are 32 bytes of storage, of which %r9 has the first one's address. %r0 is a byte. The
# condition code is random, too. With VERBOSE each result is printed, for a comparison of two machines that differ.

    .include "guest.inc"

    .equ OPERANDS, 0x500
    .equ TIMES, 256

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

# The same, of one that branches to 7f.
    .macro B instruction
    .pushsection .rodata
    .balign 2
88: .asciz "\instruction"
    .popsection
    larl %r2, 88b
    larl %r3, 1f
    brasl %r14, exercise
    j 2f
1:  \instruction
    br %r13
7:  lghi %r1, 7
    br %r13
2:
    .endm

    .text
FUNCTION main
    PRINT "Instructions, and what became of their operands\n"
    lghi %r1, 1
    stg %r1, PGM_EXPECTED(%r0)
    .ifdef RARE
    brasl %r14, rare
    .else
    brasl %r14, loads
    brasl %r14, stores
    brasl %r14, arithmetic
    brasl %r14, logical_arithmetic
    brasl %r14, multiply_divide
    brasl %r14, comparisons
    brasl %r14, branches
    brasl %r14, logic
    brasl %r14, shifts
    brasl %r14, bits
    brasl %r14, storage
    brasl %r14, interlocked
    brasl %r14, high_words
    brasl %r14, decimals
    brasl %r14, long_operands
    brasl %r14, others
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
1:  lghi %r9, OPERANDS
    lghi %r6, 4
2:  brasl %r14, next                    # storage
    stg %r2, 0(%r9)
    la %r9, 8(%r9)
    brct %r6, 2b
    lghi %r9, OPERANDS
    larl %r1, operands
    mvc 0(32, %r1), 0(%r9)
    xc PGM_COUNT(8, %r0), PGM_COUNT(%r0)
    brasl %r14, next
    lgr %r7, %r2
    brasl %r14, next
    lgr %r3, %r2
    brasl %r14, next
    lgr %r4, %r2
    brasl %r14, next
    lgr %r5, %r2
    brasl %r14, next
    llgcr %r0, %r2
    lghi %r1, 0
    srlg %r2, %r2, 12
    nilf %r2, 0x30000000
    spm %r2                             # condition code
    lgr %r2, %r7
    basr %r13, %r10
    ipm %r7
    srl %r7, 28
    llgfr %r6, %r7
    lg %r7, PGM_COUNT(%r0)
    stmg %r0, %r7, 32(%r9)              # behind storage: registers, condition code, program interruptions
    lghi %r6, 4 + 8
    lgr %r1, %r9
    LOAD %r5, 6364136223846793005
3:  msgr %r12, %r5
    ag %r12, 0(%r1)
    rllg %r12, %r12, 23
    la %r1, 8(%r1)
    brct %r6, 3b
    .ifdef VERBOSE
    lgr %r7, %r9
    lghi %r6, 4 + 8
4:  lg %r2, 0(%r7)
    brasl %r14, print_hex
    PRINT " "
    la %r7, 8(%r7)
    brct %r6, 4b
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
    risbg %r1, %r2, 57, 128 + 60, 0     # an edge: four bits choose which
    larl %r2, edges
    lg %r2, 0(%r1, %r2)
1:  br %r14

FUNCTION loads
    I "lr %r2,%r4"
    I "lgr %r2,%r4"
    I "lgfr %r2,%r4"
    I "llgfr %r2,%r4"
    I "llgtr %r2,%r4"
    I "lbr %r2,%r4"
    I "lgbr %r2,%r4"
    I "llcr %r2,%r4"
    I "llgcr %r2,%r4"
    I "lhr %r2,%r4"
    I "lghr %r2,%r4"
    I "llhr %r2,%r4"
    I "llghr %r2,%r4"
    I "ltr %r2,%r4"
    I "ltgr %r2,%r4"
    I "ltgfr %r2,%r4"
    I "lrvr %r2,%r4"
    I "lrvgr %r2,%r4"
    I "l %r2,5(%r9)"
    I "ly %r2,5(%r9)"
    I "lg %r2,3(%r9)"
    I "lgf %r2,4(%r9)"
    I "llgf %r2,4(%r9)"
    I "llgt %r2,4(%r9)"
    I "lh %r2,6(%r9)"
    I "lhy %r2,6(%r9)"
    I "lgh %r2,6(%r9)"
    I "llh %r2,6(%r9)"
    I "llgh %r2,6(%r9)"
    I "lb %r2,7(%r9)"
    I "lgb %r2,7(%r9)"
    I "llc %r2,7(%r9)"
    I "llgc %r2,7(%r9)"
    I "lt %r2,8(%r9)"
    I "ltg %r2,8(%r9)"
    I "ltgf %r2,8(%r9)"
    I "lrv %r2,8(%r9)"
    I "lrvg %r2,8(%r9)"
    I "lrvh %r2,8(%r9)"
    I "la %r2,1234(%r3,%r4)"
    I "lay %r2,-123456(%r3,%r4)"
    I "lm %r2,%r5,4(%r9)"
    I "lmy %r2,%r5,4(%r9)"
    I "lmg %r2,%r5,0(%r9)"
    I "lmh %r2,%r5,4(%r9)"
    I "lrl %r2,operands+4"
    I "lgrl %r2,operands+8"
    I "lgfrl %r2,operands+4"
    I "llgfrl %r2,operands+4"
    I "lhrl %r2,operands+6"
    I "lghrl %r2,operands+6"
    I "llhrl %r2,operands+6"
    I "llghrl %r2,operands+6"
    I "lhi %r2,-1234"
    I "lghi %r2,-1234"
    I "lgfi %r2,-123456789"
    I "llihh %r2,0x8765"
    I "llihl %r2,0x8765"
    I "llilh %r2,0x8765"
    I "llill %r2,0x8765"
    I "llihf %r2,0x87654321"
    I "llilf %r2,0x87654321"
    I "iihh %r2,0x8765"
    I "iihl %r2,0x8765"
    I "iilh %r2,0x8765"
    I "iill %r2,0x8765"
    I "iihf %r2,0x87654321"
    I "iilf %r2,0x87654321"
    I "locrh %r2,%r4"
    I "locgre %r2,%r4"
    I "locl %r2,4(%r9)"
    I "locgnle %r2,8(%r9)"
    I "lochinh %r2,-77"
    I "locghine %r2,-77"
    I "ic %r2,7(%r9)"
    I "icy %r2,7(%r9)"
    I "icm %r2,15,1(%r9)"
    I "icm %r2,5,1(%r9)"
    I "icm %r2,0,1(%r9)"
    I "icmy %r2,10,1(%r9)"
    I "icmh %r2,7,1(%r9)"
    RETURN

FUNCTION stores
    I "st %r2,5(%r9)"
    I "sty %r2,5(%r9)"
    I "stg %r2,5(%r9)"
    I "sth %r2,5(%r9)"
    I "sthy %r2,5(%r9)"
    I "stc %r2,5(%r9)"
    I "stcy %r2,5(%r9)"
    I "strv %r2,4(%r9)"
    I "strvg %r2,8(%r9)"
    I "strvh %r2,8(%r9)"
    I "stm %r2,%r5,4(%r9)"
    I "stmy %r2,%r5,4(%r9)"
    I "stmg %r2,%r5,0(%r9)"
    I "stcm %r2,9,3(%r9)"
    I "stcm %r2,0,3(%r9)"
    I "stcmy %r2,14,3(%r9)"
    I "stcmh %r2,7,3(%r9)"
    I "stocne %r2,4(%r9)"
    I "stocgh %r2,8(%r9)"
    I "mvi 9(%r9),0x5a"
    I "mviy 9(%r9),0x5a"
    I "mvhhi 10(%r9),-3"
    I "mvhi 12(%r9),-3"
    I "mvghi 16(%r9),-3"
    RETURN

FUNCTION arithmetic
    I "ar %r2,%r4"
    I "a %r2,4(%r9)"
    I "ay %r2,4(%r9)"
    I "ah %r2,4(%r9)"
    I "ahy %r2,4(%r9)"
    I "ahi %r2,-5"
    I "afi %r2,-1234567"
    I "ark %r2,%r4,%r5"
    I "ahik %r2,%r4,77"
    I "agr %r2,%r4"
    I "agfr %r2,%r4"
    I "ag %r2,8(%r9)"
    I "agf %r2,8(%r9)"
    I "agh %r2,8(%r9)"
    I "aghi %r2,-5"
    I "agfi %r2,-1234567"
    I "agrk %r2,%r4,%r5"
    I "aghik %r2,%r4,77"
    I "sr %r2,%r4"
    I "s %r2,4(%r9)"
    I "sy %r2,4(%r9)"
    I "sh %r2,4(%r9)"
    I "shy %r2,4(%r9)"
    I "srk %r2,%r4,%r5"
    I "sgr %r2,%r4"
    I "sgfr %r2,%r4"
    I "sg %r2,8(%r9)"
    I "sgf %r2,8(%r9)"
    I "sgh %r2,8(%r9)"
    I "sgrk %r2,%r4,%r5"
    I "lcr %r2,%r4"
    I "lpr %r2,%r4"
    I "lnr %r2,%r4"
    I "lcgr %r2,%r4"
    I "lcgfr %r2,%r4"
    I "lpgr %r2,%r4"
    I "lpgfr %r2,%r4"
    I "lngr %r2,%r4"
    I "lngfr %r2,%r4"
    RETURN

FUNCTION logical_arithmetic
    I "alr %r2,%r4"
    I "al %r2,4(%r9)"
    I "aly %r2,4(%r9)"
    I "alfi %r2,0x87654321"
    I "alrk %r2,%r4,%r5"
    I "alhsik %r2,%r4,-77"
    I "algr %r2,%r4"
    I "algfr %r2,%r4"
    I "alg %r2,8(%r9)"
    I "algf %r2,8(%r9)"
    I "algfi %r2,0x87654321"
    I "algrk %r2,%r4,%r5"
    I "alghsik %r2,%r4,-77"
    I "slr %r2,%r4"
    I "sl %r2,4(%r9)"
    I "sly %r2,4(%r9)"
    I "slfi %r2,0x87654321"
    I "slrk %r2,%r4,%r5"
    I "slgr %r2,%r4"
    I "slgfr %r2,%r4"
    I "slg %r2,8(%r9)"
    I "slgf %r2,8(%r9)"
    I "slgfi %r2,0x87654321"
    I "slgrk %r2,%r4,%r5"
    I "alcr %r2,%r4"
    I "alc %r2,4(%r9)"
    I "alcgr %r2,%r4"
    I "alcg %r2,8(%r9)"
    I "slbr %r2,%r4"
    I "slb %r2,4(%r9)"
    I "slbgr %r2,%r4"
    I "slbg %r2,8(%r9)"
    RETURN

FUNCTION multiply_divide
    I "mr %r2,%r4"
    I "m %r2,4(%r9)"
    I "mfy %r2,4(%r9)"
    I "mlr %r2,%r4"
    I "ml %r2,4(%r9)"
    I "mlgr %r2,%r4"
    I "mlg %r2,8(%r9)"
    I "msr %r2,%r4"
    I "ms %r2,4(%r9)"
    I "msy %r2,4(%r9)"
    I "mh %r2,4(%r9)"
    I "mhy %r2,4(%r9)"
    I "mhi %r2,-77"
    I "msfi %r2,-1234567"
    I "msgr %r2,%r4"
    I "msgfr %r2,%r4"
    I "msg %r2,8(%r9)"
    I "msgf %r2,8(%r9)"
    I "mghi %r2,-77"
    I "msgfi %r2,-1234567"
    I "dr %r2,%r4"
    I "d %r2,4(%r9)"
    I "dlr %r2,%r4"
    I "dl %r2,4(%r9)"
    I "dsgr %r2,%r4"
    I "dsgfr %r2,%r4"
    I "dsg %r2,8(%r9)"
    I "dsgf %r2,8(%r9)"
    I "dlgr %r2,%r4"
    I "dlg %r2,8(%r9)"
    I "lghi %r2,0;dr %r2,%r4"
    I "lghi %r2,0;dlr %r2,%r4"
    I "lghi %r2,0;dlgr %r2,%r4"
    I "srlg %r2,%r2,1;oihh %r4,0x8000;dlgr %r2,%r4"
    RETURN

FUNCTION comparisons
    I "cr %r2,%r4"
    I "c %r2,4(%r9)"
    I "cy %r2,4(%r9)"
    I "ch %r2,4(%r9)"
    I "chy %r2,4(%r9)"
    I "chi %r2,-1"
    I "cfi %r2,0x7fffffff"
    I "crl %r2,operands+4"
    I "chrl %r2,operands+4"
    I "cgr %r2,%r4"
    I "cgfr %r2,%r4"
    I "cg %r2,8(%r9)"
    I "cgf %r2,8(%r9)"
    I "cgh %r2,8(%r9)"
    I "cghi %r2,-1"
    I "cgfi %r2,0x7fffffff"
    I "cgrl %r2,operands+8"
    I "cgfrl %r2,operands+8"
    I "cghrl %r2,operands+8"
    I "chhsi 6(%r9),-1"
    I "chsi 4(%r9),-1"
    I "cghsi 8(%r9),-1"
    I "clr %r2,%r4"
    I "cl %r2,4(%r9)"
    I "cly %r2,4(%r9)"
    I "clfi %r2,0xffffffff"
    I "clrl %r2,operands+4"
    I "clhrl %r2,operands+4"
    I "clgr %r2,%r4"
    I "clgfr %r2,%r4"
    I "clg %r2,8(%r9)"
    I "clgf %r2,8(%r9)"
    I "clgfi %r2,0xffffffff"
    I "clgrl %r2,operands+8"
    I "clgfrl %r2,operands+8"
    I "clghrl %r2,operands+8"
    I "clhhsi 6(%r9),0xffff"
    I "clfhsi 4(%r9),0xffff"
    I "clghsi 8(%r9),0xffff"
    I "cli 7(%r9),0x80"
    I "cliy 7(%r9),0x80"
    I "clm %r2,5,3(%r9)"
    I "clm %r2,0,3(%r9)"
    I "clmy %r2,15,4(%r9)"
    I "clmh %r2,3,2(%r9)"
    I "crtl %r2,%r4"
    I "clrth %r2,%r4"
    I "cgrte %r2,%r4"
    I "clgrtnl %r2,%r4"
    I "citl %r2,-1"
    I "clfith %r2,0x7fff"
    I "cgitne %r2,-1"
    I "clgitnh %r2,0xffff"
    RETURN

FUNCTION branches
    B "crjl %r2,%r4,7f"
    B "clrjh %r2,%r4,7f"
    B "cgrje %r2,%r4,7f"
    B "clgrjnl %r2,%r4,7f"
    B "cijh %r2,-1,7f"
    B "clijl %r2,0xff,7f"
    B "cgije %r2,-1,7f"
    B "clgijnh %r2,0x80,7f"
    B "larl %r1,7f;crbl %r2,%r4,0(%r1)"
    B "larl %r1,7f;clrbh %r2,%r4,0(%r1)"
    B "larl %r1,7f;cgrbne %r2,%r4,0(%r1)"
    B "larl %r1,7f;clgrbnh %r2,%r4,0(%r1)"
    B "larl %r1,7f;cibl %r2,-1,0(%r1)"
    B "larl %r1,7f;clibh %r2,0x80,0(%r1)"
    B "larl %r1,7f;cgibe %r2,-1,0(%r1)"
    B "larl %r1,7f;clgibnl %r2,0x80,0(%r1)"
    B "jh 7f"
    B "jgno 7f"
    B "larl %r1,7f;bnler %r1"
    B "larl %r1,7f;be 0(%r1)"
    B "brct %r2,7f"
    B "brctg %r2,7f"
    B "larl %r1,7f;bct %r2,0(%r1)"
    B "larl %r1,7f;bctg %r2,0(%r1)"
    B "larl %r1,7f;bctr %r2,%r1"
    B "larl %r1,7f;bctgr %r2,%r1"
    I "bctr %r2,%r0"
    B "brxh %r2,%r4,7f"
    B "brxle %r2,%r4,7f"
    B "brxhg %r2,%r4,7f"
    B "brxlg %r2,%r4,7f"
    B "brxle %r2,%r5,7f"
    B "larl %r1,7f;bxh %r2,%r4,0(%r1)"
    B "larl %r1,7f;bxle %r2,%r4,0(%r1)"
    B "larl %r1,7f;bxhg %r2,%r4,0(%r1)"
    B "larl %r1,7f;bxleg %r2,%r5,0(%r1)"
    I "exrl %r4,target_of_execute"
    I "larl %r1,target_of_execute;ex %r4,0(%r1);lghi %r1,0"
    RETURN
target_of_execute:
    oi 7(%r9), 0x10                     # the immediate is ORed with the register

FUNCTION logic
    I "nr %r2,%r4"
    I "n %r2,4(%r9)"
    I "ny %r2,4(%r9)"
    I "nrk %r2,%r4,%r5"
    I "ngr %r2,%r4"
    I "ng %r2,8(%r9)"
    I "ngrk %r2,%r4,%r5"
    I "nihh %r2,0x8765"
    I "nihl %r2,0x8765"
    I "nilh %r2,0x8765"
    I "nill %r2,0x8765"
    I "nihf %r2,0x87654321"
    I "nilf %r2,0x87654321"
    I "ni 7(%r9),0x5a"
    I "niy 7(%r9),0x5a"
    I "or %r2,%r4"
    I "o %r2,4(%r9)"
    I "oy %r2,4(%r9)"
    I "ork %r2,%r4,%r5"
    I "ogr %r2,%r4"
    I "og %r2,8(%r9)"
    I "ogrk %r2,%r4,%r5"
    I "oihh %r2,0x0000"
    I "oihl %r2,0x8765"
    I "oilh %r2,0x8765"
    I "oill %r2,0x8765"
    I "oihf %r2,0x87654321"
    I "oilf %r2,0x00000000"
    I "oi 7(%r9),0x5a"
    I "oiy 7(%r9),0x5a"
    I "xr %r2,%r4"
    I "x %r2,4(%r9)"
    I "xy %r2,4(%r9)"
    I "xrk %r2,%r4,%r5"
    I "xgr %r2,%r4"
    I "xg %r2,8(%r9)"
    I "xgrk %r2,%r4,%r5"
    I "xihf %r2,0xffffffff"
    I "xilf %r2,0x87654321"
    I "xi 7(%r9),0x5a"
    I "xiy 7(%r9),0x5a"
    I "tm 7(%r9),0x81"
    I "tm 7(%r9),0x00"
    I "tmy 7(%r9),0x18"
    I "tmhh %r2,0x8001"
    I "tmhl %r2,0x0180"
    I "tmlh %r2,0x8000"
    I "tmll %r2,0xffff"
    RETURN

FUNCTION shifts
    I "srl %r2,0(%r4)"
    I "sll %r2,0(%r4)"
    I "sra %r2,0(%r4)"
    I "sla %r2,0(%r4)"
    I "srdl %r2,0(%r4)"
    I "sldl %r2,0(%r4)"
    I "srda %r2,0(%r4)"
    I "slda %r2,0(%r4)"
    I "srlk %r2,%r5,0(%r4)"
    I "sllk %r2,%r5,0(%r4)"
    I "srak %r2,%r5,0(%r4)"
    I "slak %r2,%r5,0(%r4)"
    I "srlg %r2,%r5,0(%r4)"
    I "sllg %r2,%r5,0(%r4)"
    I "srag %r2,%r5,0(%r4)"
    I "slag %r2,%r5,0(%r4)"
    I "rll %r2,%r5,0(%r4)"
    I "rllg %r2,%r5,0(%r4)"
    I "slag %r2,%r5,1"
    I "sla %r2,1"
    I "slda %r2,1"
    RETURN

FUNCTION bits
    I "risbg %r2,%r4,5,20,7"
    I "risbg %r2,%r4,40,10,60"
    I "risbg %r2,%r4,5,148,7"
    I "risbgn %r2,%r4,33,63,32"
    I "rnsbg %r2,%r4,5,20,7"
    I "rosbg %r2,%r4,5,20,7"
    I "rxsbg %r2,%r4,5,20,7"
    I "rxsbg %r2,%r4,40,10,0"
    I "flogr %r2,%r4"
    I "popcnt %r2,%r4"
    RETURN

FUNCTION storage
    I "mvc 0(16,%r9),8(%r9)"
    I "mvc 1(30,%r9),0(%r9)"
    I "mvn 0(16,%r9),8(%r9)"
    I "mvz 0(16,%r9),8(%r9)"
    I "nc 0(16,%r9),16(%r9)"
    I "oc 3(16,%r9),13(%r9)"
    I "xc 0(16,%r9),16(%r9)"
    I "xc 0(16,%r9),0(%r9)"
    I "xc 1(30,%r9),0(%r9)"
    I "clc 0(8,%r9),8(%r9)"
    I "clc 0(1,%r9),8(%r9)"
    I "larl %r1,table;tr 0(16,%r9),0(%r1);lghi %r1,0"
    I "larl %r1,test_table;trt 0(32,%r9),0(%r1);lgr %r3,%r1;larl %r1,test_table;sgr %r1,%r1"
    I "la %r2,24(%r9);la %r3,0(%r9);srst %r2,%r3"
    I "llc %r0,5(%r9);la %r2,32(%r9);la %r3,0(%r9);srst %r2,%r3"
    I "llc %r0,5(%r9);la %r2,16(%r9);la %r3,0(%r9);mvst %r2,%r3"
    I "llc %r0,5(%r9);la %r2,16(%r9);la %r3,0(%r9);clst %r2,%r3"
    I "mvc 16(8,%r9),0(%r9);llc %r0,5(%r9);la %r2,16(%r9);la %r3,0(%r9);clst %r2,%r3"
    RETURN

FUNCTION interlocked
    I "cs %r2,%r4,4(%r9)"
    I "l %r2,4(%r9);cs %r2,%r4,4(%r9)"
    I "csy %r2,%r4,4(%r9)"
    I "csg %r2,%r4,8(%r9)"
    I "lg %r2,8(%r9);csg %r2,%r4,8(%r9)"
    I "cs %r2,%r4,2(%r9)"
    I "cds %r2,%r4,8(%r9)"
    I "lm %r2,%r3,8(%r9);cds %r2,%r4,8(%r9)"
    I "lm %r2,%r3,8(%r9);cdsy %r2,%r4,8(%r9)"
    I "ts 6(%r9)"
    I "laa %r2,%r4,4(%r9)"
    I "laag %r2,%r4,8(%r9)"
    I "laal %r2,%r4,4(%r9)"
    I "laalg %r2,%r4,8(%r9)"
    I "lan %r2,%r4,4(%r9)"
    I "lang %r2,%r4,8(%r9)"
    I "lao %r2,%r4,4(%r9)"
    I "laog %r2,%r4,8(%r9)"
    I "lax %r2,%r4,4(%r9)"
    I "laxg %r2,%r4,8(%r9)"
    I "laa %r4,%r4,4(%r9)"
    I "asi 4(%r9),-3"
    I "agsi 8(%r9),-3"
    I "alsi 4(%r9),-3"
    I "algsi 8(%r9),-3"
    I "asi 5(%r9),3"
    I "agsi 9(%r9),3"
    RETURN

FUNCTION high_words
    I "ahhhr %r2,%r3,%r4"
    I "ahhlr %r2,%r3,%r4"
    I "shhhr %r2,%r3,%r4"
    I "shhlr %r2,%r3,%r4"
    I "alhhhr %r2,%r3,%r4"
    I "alhhlr %r2,%r3,%r4"
    I "slhhhr %r2,%r3,%r4"
    I "slhhlr %r2,%r3,%r4"
    I "aih %r2,-7"
    I "alsih %r2,-7"
    I "alsihn %r2,-7"
    I "chhr %r2,%r3"
    I "chlr %r2,%r3"
    I "chf %r2,5(%r9)"
    I "cih %r2,-1"
    I "clhhr %r2,%r3"
    I "clhlr %r2,%r3"
    I "clhf %r2,5(%r9)"
    I "clih %r2,0x80000000"
    I "lbh %r2,5(%r9)"
    I "llch %r2,5(%r9)"
    I "lhh %r2,5(%r9)"
    I "llhh %r2,5(%r9)"
    I "lfh %r2,5(%r9)"
    I "stch %r2,5(%r9)"
    I "sthh %r2,5(%r9)"
    I "stfh %r2,5(%r9)"
    I "risbhg %r2,%r3,5,20,7"
    I "risbhg %r2,%r3,5,148,40"
    I "risbhg %r2,%r3,20,5,33"
    I "risblg %r2,%r3,5,20,7"
    I "risblg %r2,%r3,5,148,40"
    I "risblg %r2,%r3,20,133,33"
    I "lpd %r2,4(%r9),8(%r9)"
    I "lpdg %r2,8(%r9),0(%r9)"
    I "lpd %r2,5(%r9),8(%r9)"
    RETURN

FUNCTION decimals
    I "cvd %r2,5(%r9)"
    I "cvdy %r2,5(%r9)"
    I "cvd %r2,0(%r9);mp 0(8,%r9),0(8,%r9)"
    I "cvd %r2,0(%r9);srp 0(8,%r9),1,10"
    I "ap 2(6,%r9),11(5,%r9)"
    I "tp 0(4,%r9)"
    I "cvd %r2,0(%r9);tp 0(8,%r9)"
    I "pack 1(7,%r9),9(12,%r9)"
    I "pack 1(7,%r9),9(3,%r9)"
    I "pack 4(5,%r9),2(9,%r9)"
    I "pack 4(1,%r9),4(1,%r9)"
    I "unpk 1(3,%r9),20(8,%r9)"
    I "mvo 1(7,%r9),9(12,%r9)"
    I "mvo 1(7,%r9),9(3,%r9)"
    I "mvo 3(7,%r9),4(6,%r9)"
    I "unpka 8(20,%r9),0(%r9)"
    I "mvcin 0(12,%r9),27(%r9)"
    RETURN

FUNCTION long_operands
    I "nilf %r3,0x1f;lgr %r2,%r9;nilf %r5,0xff00001f;la %r4,4(%r9);mvcl %r2,%r4"
    I "nilf %r3,0x0f;la %r2,4(%r9);nilf %r5,0xff00000f;lgr %r4,%r9;mvcl %r2,%r4"
    I "nilf %r3,0x1f;lgr %r2,%r9;nilf %r5,0x0f;la %r4,4(%r9);mvcl %r2,%r4"
    I "nilf %r3,0x1f;lgr %r2,%r9;nilf %r5,0xff00000f;lgr %r4,%r9;clcl %r2,%r4"
    I "nilf %r3,0x07;lgr %r2,%r9;nilf %r5,0xff000007;la %r4,16(%r9);clcl %r2,%r4"
    I "lghi %r1,0x07;ngr %r3,%r1;lgr %r2,%r9;ngr %r5,%r1;la %r4,8(%r9);clcle %r2,%r4,0xff"
    I "lghi %r1,0x06;ngr %r3,%r1;lgr %r2,%r9;ngr %r5,%r1;la %r4,8(%r9);clclu %r2,%r4,0x0"
    I "lgr %r4,%r9;lghi %r5,31;cksm %r2,%r4"
    I "lgr %r4,%r9;lghi %r1,31;ngr %r5,%r1;cksm %r2,%r4"
    I "lgr %r4,%r9;lghi %r5,32;larl %r2,table;tre %r4,%r2"
    I "larl %r1,table;lgr %r4,%r9;lghi %r5,16;la %r2,16(%r9);troo %r4,%r2"
    I "larl %r1,table;lgr %r4,%r9;lghi %r5,16;la %r2,16(%r9);troo %r4,%r2,1"
    I "larl %r1,table;lgr %r4,%r9;lghi %r5,8;la %r2,24(%r9);trot %r4,%r2"
    I "larl %r5,test_table;la %r4,20(%r9);trtr 0(16,%r4),0(%r5)"
    I "lgr %r4,%r9;la %r5,32(%r9);srstu %r5,%r4"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu12 %r2,%r4"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu12 %r2,%r4,1"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu21 %r2,%r4"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu21 %r2,%r4,1"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu14 %r2,%r4"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu14 %r2,%r4,1"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu24 %r2,%r4"
    I "la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu24 %r2,%r4,1"
    I "nilf %r2,0x1fffff;st %r2,0(%r9);la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu41 %r2,%r4"
    I "nilf %r2,0x1fffff;st %r2,0(%r9);la %r2,16(%r9);lghi %r3,16;lgr %r4,%r9;lghi %r5,16;cu42 %r2,%r4"
    I "cdsg %r2,%r4,0(%r9)"
    I "lmg %r2,%r3,0(%r9);cdsg %r2,%r4,0(%r9)"
    I "cdsg %r2,%r4,8(%r9)"
    I "lpq %r2,16(%r9)"
    I "stpq %r2,16(%r9)"
    RETURN

FUNCTION others
    I "lae %r2,5(%r9);ear %r3,%a2"
    I "laey %r2,5(%r9);ear %r3,%a2"
    I "balr %r2,0"
    I "mc 5(%r9),3"
    I "epar %r2"
    I "iac %r2"
    I "ipm %r2"
    I "spm %r2;ipm %r3;lghi %r1,0;spm %r1"
    I "sar %a2,%r4;ear %r2,%a2"
    I "lam %a2,%a5,4(%r9);stam %a3,%a5,16(%r9)"
    I "lamy %a2,%a5,4(%r9);stamy %a3,%a5,16(%r9)"
    I "stosm 5(%r9),0x00"
    I "stnsm 5(%r9),0xff"
    I "stctg %c0,%c0,8(%r9)"
    I "stpx 4(%r9)"
    I "stap 4(%r9)"
    I "sckc 8(%r9);stckc 16(%r9)"
    I "tprot 0(%r9),0"
    I "tam"
    RETURN

    .ifdef RARE
FUNCTION rare
    I "cvdg %r2,5(%r9)"
    I "cvd %r2,8(%r9);cvb %r3,8(%r9)"
    I "cvdg %r2,8(%r9);cvb %r3,16(%r9)"
    I "cvb %r2,8(%r9)"
    I "cvdg %r2,8(%r9);cvby %r3,16(%r9)"
    I "cvdg %r2,8(%r9);cvbg %r3,8(%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);zap 16(5,%r9),8(8,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);ap 2(6,%r9),11(5,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);ap 4(4,%r9),8(8,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);sp 2(6,%r9),11(5,%r9)"
    I "cvd %r2,0(%r9);cvd %r2,8(%r9);sp 2(6,%r9),10(6,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);cp 2(6,%r9),11(5,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);mp 0(8,%r9),14(2,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);mp 0(8,%r9),12(4,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);dp 0(8,%r9),13(3,%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);dp 0(8,%r9),15(1,%r9)"
    I "cvd %r2,0(%r9);srp 0(8,%r9),3,5"
    I "cvd %r2,0(%r9);srp 0(8,%r9),9,5"
    I "cvd %r2,0(%r9);srp 0(8,%r9),61,5"
    I "cvd %r2,0(%r9);srp 0(8,%r9),0(%r4),5"
    I "cvd %r2,0(%r9);larl %r1,pattern;mvc 16(12,%r9),0(%r1);ed 16(12,%r9),2(%r9)"
    I "cvd %r2,0(%r9);larl %r1,pattern;mvc 16(12,%r9),0(%r1);edmk 16(12,%r9),2(%r9)"
    I "cvd %r2,0(%r9);cvd %r3,8(%r9);larl %r1,fields;mvc 16(16,%r9),0(%r1);ed 16(16,%r9),4(%r9)"
    I "ed 0(16,%r9),16(%r9)"
    I "unpk 1(15,%r9),20(8,%r9)"
    I "unpk 1(15,%r9),20(2,%r9)"
    I "unpk 2(9,%r9),4(5,%r9)"
    I "pka 0(%r9),16(15,%r9)"
    I "pka 0(%r9),16(3,%r9)"
    I "pku 0(%r9),16(16,%r9)"
    I "unpku 8(20,%r9),0(%r9)"
    I "lmd %r2,%r5,0(%r9),16(%r9)"
    I "lghi %r1,0x1f;ngr %r3,%r1;lgr %r2,%r9;ngr %r5,%r1;la %r4,4(%r9);mvcle %r2,%r4,0x40"
    I "lghi %r1,0x1e;ngr %r3,%r1;lgr %r2,%r9;ngr %r5,%r1;la %r4,4(%r9);mvclu %r2,%r4,0x40"
    I "lghi %r0,2;lgr %r2,%r9;lghi %r3,16;la %r4,16(%r9);lghi %r5,12;cuse %r2,%r4"
    I "bsm %r2,0"
    I "bassm %r2,0"
    I "spka 0x10(%r2);ipk;spka 0"
    RETURN
    .endif

    .section .rodata
    .balign 8
edges:
    .quad 0, 1, -1, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff
    .quad 0x8000000000000000, 0xffff, 0x8000, 0x7fff, 0xff, 0x80, 0x7f, 0xffffffff80000000
table:
    .set byte, 0
    .rept 256
    .byte (byte * 7 + 3) & 0xff
    .set byte, byte + 1
    .endr
test_table:
    .set byte, 0
    .rept 256
    .byte byte >> 6
    .set byte, byte + 1
    .endr

pattern:
    .byte 0x40, 0x20, 0x20, 0x6b, 0x20, 0x21, 0x20, 0x4b, 0x20, 0x20, 0x60, 0x40
fields:
    .byte 0x5c, 0x20, 0x21, 0x20, 0x20, 0x20, 0x20, 0x20, 0x60, 0x22, 0x20, 0x20, 0x21, 0x20, 0x20, 0x60

    .bss
    .balign 8
operands:
    .skip 32
