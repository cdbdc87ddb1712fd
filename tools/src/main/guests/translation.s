# Address translation on CPU 0: pages by tables, each exception with its code, its old PSW and the page that failed; protection;
# what purges the TLB; moves between two spaces; storage keys.

    .include "guest.inc"
    .include "cases.inc"

    .equ TEID, 0xa8
    .equ CR0_LOW_ADDRESS_PROTECTION, 0x10000000
    .equ CR0_SECONDARY_SPACE, 0x04000000
    .equ PAGES, 0x40000000              # virtual address of the pages below, segment 0x400
    .equ INVALID, 0x20
    .equ PAGE_INVALID, 0x400
    .equ PROTECTED, 0x200

# One instruction with DAT on. A program interruption of this code has to come, and goes on behind it with DAT off.
    .macro TRANSLATED code, text, instruction
    lghi %r1, 1
    stg %r1, PGM_EXPECTED(%r0)
    larl %r1, 86f
    stg %r1, PGM_GO_ON(%r0)
    larl %r12, 85f
    stosm SCRATCH(%r0), 0x04
85: \instruction
    stnsm SCRATCH(%r0), 0xfb
86: lg %r5, PGM_COUNT(%r0)
    EXPECT %r5, 1, "\text: program interruptions"
    brasl %r14, end_case
    lg %r5, PGM_SEEN_CODE(%r0)
    EXPECT %r5, \code, "\text: code"
    .endm

# The same: nullified, the old PSW points at the instruction; and the page that failed.
    .macro NULLIFIED code, page, text, instruction
    TRANSLATED \code, "\text", "\instruction"
    lg %r5, PGM_SEEN_PSW + 8(%r0)
    EXPECT_SAME %r5, %r12, "\text: address of the old PSW"
    lg %r5, TEID(%r0)
    nill %r5, 0xf003                    # the bits between are not the same everywhere
    EXPECT %r5, \page, "\text: translation-exception identification"
    .endm

# The same: suppressed, the old PSW points behind it.
    .macro SUPPRESSED code, length, text, instruction
    TRANSLATED \code, "\text", "\instruction"
    lg %r5, PGM_SEEN_PSW + 8(%r0)
    la %r12, \length(%r12)
    EXPECT_SAME %r5, %r12, "\text: address of the old PSW"
    .endm

# Some instructions with DAT on, and no interruption.
    .macro WITH_DAT instructions
    stosm SCRATCH(%r0), 0x04
    \instructions
    stnsm SCRATCH(%r0), 0xfb
    .endm

    .text
FUNCTION main
    PRINT "Address translation\n"
    brasl %r14, make_tables
    brasl %r14, pages
    brasl %r14, exceptions
    brasl %r14, real_addresses
    brasl %r14, protection
    brasl %r14, purging
    brasl %r14, two_spaces
    brasl %r14, keys
    PRINT "All pages, exceptions and keys are as they should be\n"
    RETURN

# Two spaces: the first MiB of both is where it is; from PAGES on, primary has pages 0 and 1, and secondary 2.
FUNCTION make_tables
    larl %r2, segments
    lghi %r3, 2048
    lghi %r4, INVALID
1:  stg %r4, 0(%r2)
    la %r2, 8(%r2)
    brctg %r3, 1b
    larl %r2, segments_2
    lghi %r3, 2048
1:  stg %r4, 0(%r2)
    la %r2, 8(%r2)
    brctg %r3, 1b
    larl %r2, low_pages
    lghi %r3, 256
    lghi %r4, 0
1:  stg %r4, 0(%r2)
    la %r2, 8(%r2)
    aghi %r4, 4096
    brctg %r3, 1b
    larl %r2, high_pages
    larl %r5, high_pages_2
    lghi %r3, 256
    lghi %r4, PAGE_INVALID
1:  stg %r4, 0(%r2)
    stg %r4, 0(%r5)
    la %r2, 8(%r2)
    la %r5, 8(%r5)
    brctg %r3, 1b
    larl %r2, low_pages
    larl %r3, segments
    stg %r2, 0(%r3)
    larl %r4, segments_2
    stg %r2, 0(%r4)
    larl %r2, high_pages
    stg %r2, 0x2000(%r3)
    larl %r2, high_pages_2
    stg %r2, 0x2000(%r4)
    larl %r2, high_pages
    larl %r5, frames
    stg %r5, 0(%r2)
    aghi %r5, 4096
    stg %r5, 8(%r2)
    aghi %r5, 4096
    larl %r2, high_pages_2
    stg %r5, 0(%r2)
    oill %r3, 3                         # segment table of full length
    stg %r3, SCRATCH + 8(%r0)
    lctlg %c1, %c1, SCRATCH + 8(%r0)
    oill %r4, 3
    stg %r4, SCRATCH + 8(%r0)
    lctlg %c7, %c7, SCRATCH + 8(%r0)
    ptlb
    RETURN

FUNCTION pages
    larl %r6, frames
    lghi %r2, 77
    stg %r2, 0x678(%r6)
    llilh %r7, PAGES >> 16
    WITH_DAT "lg %r2, 0x678(%r7)"
    EXPECT %r2, 77, "a page: load"
    LOAD %r3, 0x1122334455667788
    WITH_DAT "stg %r3, 0xffc(%r7)"        # across the border
    lgf %r2, 0xffc(%r6)
    EXPECT %r2, 0x11223344, "two pages: left half"
    aghi %r6, 4096
    lgf %r2, 0(%r6)
    EXPECT %r2, 0x55667788, "two pages: right half"
    RETURN

FUNCTION exceptions
    lghi %r2, 5
    llilh %r7, PAGES >> 16
    aghi %r7, 0x2008
    NULLIFIED 0x11, PAGES + 0x2000, "no page, load", "lg %r2, 0(%r7)"
    EXPECT %r2, 5, "no page: the register stays"
    NULLIFIED 0x11, PAGES + 0x2000, "no page, store", "stg %r2, 0(%r7)"
    NULLIFIED 0x11, PAGES + 0x2000, "no page, move", "mvc SCRATCH(8, %r0), 0(%r7)"
    aghi %r7, -0xc
    NULLIFIED 0x11, PAGES + 0x2000, "half of it, store", "stg %r2, 0(%r7)"
    llilh %r7, 0x5123
    NULLIFIED 0x10, 0x51230000, "no segment", "lg %r2, 0(%r7)"
    llihh %r7, 1
    NULLIFIED 0x38, 0x1000000000000, "beyond the space", "lg %r2, 0(%r7)"
    larl %r6, high_pages
    mvhhi 8 * 3 + 6(%r6), 0x800
    llilh %r7, PAGES >> 16
    aghi %r7, 0x3000
    SUPPRESSED 0x12, 6, "malformed entry", "lg %r2, 0(%r7)"
    llilh %r2, 0x7fff
    stg %r2, 8 * 3(%r6)
    WITH_DAT "ptlb"
    SUPPRESSED 5, 6, "a page that is not there", "lg %r2, 0(%r7)"
    RETURN

FUNCTION real_addresses
    llilh %r7, PAGES >> 16
    WITH_DAT "lrag %r2, 0x1234(%r7); ipm %r3"
    larl %r4, frames
    aghi %r4, 0x1234
    EXPECT_SAME %r2, %r4, "load real address"
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 0, "load real address: condition code"
    llihh %r7, 1
    lghi %r2, -1
    WITH_DAT "lrag %r2, 0(%r7); ipm %r3"
    llgfr %r2, %r2
    EXPECT %r2, 0x80000038, "load real address: exception"
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 3, "load real address: condition code"
    larl %r6, frames + 8
    lghi %r2, 99
    sturg %r2, %r6
    lg %r3, 0(%r6)
    EXPECT %r3, 99, "store using real address"
    lghi %r2, 0
    lurag %r2, %r6
    EXPECT %r2, 99, "load using real address"
    RETURN

FUNCTION protection
    larl %r6, high_pages
    oi 8 + 6(%r6), PROTECTED >> 8
    ptlb
    llilh %r7, PAGES >> 16
    aghi %r7, 0x1000
    lghi %r2, 5
    WITH_DAT "lg %r3, 0(%r7)"
    SUPPRESSED 4, 6, "protected page", "stg %r2, 0(%r7)"
    lg %r5, TEID(%r0)
    nill %r5, 0xf007
    EXPECT %r5, PAGES + 0x1004, "protected page: translation-exception identification"
    lghi %r3, 0
    WITH_DAT "tprot 0(%r7), 0(%r3); ipm %r3"
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 1, "test protection: condition code"
    ni 8 + 6(%r6), 0xff - (PROTECTED >> 8)
    ptlb
    stctg %c0, %c0, SCRATCH + 8(%r0)
    lg %r2, SCRATCH + 8(%r0)
    oilh %r2, CR0_LOW_ADDRESS_PROTECTION >> 16
    stg %r2, SCRATCH + 16(%r0)
    lctlg %c0, %c0, SCRATCH + 16(%r0)
    CASE 4, 6, "low-address protection, 0x1f8", "stg %r2, 0x1f8(%r0)"
    CASE 4, 6, "low-address protection, 0x11ff", "mviy 0x11ff(%r0), 1"
    stg %r2, 0x400(%r0)
    lctlg %c0, %c0, SCRATCH + 8(%r0)
    RETURN

FUNCTION purging
    larl %r6, high_pages
    llilh %r7, PAGES >> 16
    WITH_DAT "lg %r2, 0(%r7)"
    ipte %r6, %r7
    lg %r2, 0(%r6)
    nill %r2, 0x0fff
    ngr %r2, %r2
    larl %r4, frames + PAGE_INVALID
    lg %r2, 0(%r6)
    EXPECT_SAME %r2, %r4, "invalidate page-table entry"
    NULLIFIED 0x11, PAGES, "invalidated page", "lg %r2, 0(%r7)"
    larl %r4, frames
    stg %r4, 0(%r6)
    WITH_DAT "lg %r2, 0(%r7)"
    larl %r4, frames + 0x1000
    stg %r4, 0(%r6)
    larl %r8, a_word
    mvhi 0(%r8), 0
    lgr %r5, %r8
    oill %r5, 1
    lghi %r2, 0
    lghi %r3, 1
    csp %r2, %r5
    lgf %r2, 0(%r8)
    EXPECT %r2, 1, "compare and swap and purge: the word"
    mvghi 8(%r4), 66
    WITH_DAT "lg %r2, 8(%r7)"
    EXPECT %r2, 66, "compare and swap and purge: the new page"
    larl %r4, frames
    stg %r4, 0(%r6)
    ptlb
    RETURN

FUNCTION two_spaces
    stctg %c0, %c0, SCRATCH + 8(%r0)
    lg %r2, SCRATCH + 8(%r0)
    oilh %r2, CR0_SECONDARY_SPACE >> 16
    stg %r2, SCRATCH + 16(%r0)
    lctlg %c0, %c0, SCRATCH + 16(%r0)
    larl %r6, frames
    mvghi 0x100(%r6), 11
    larl %r8, frames + 0x2000
    mvghi 0x100(%r8), 0
    llilh %r7, PAGES >> 16
    lghi %r4, 8
    LOAD %r0, 0x00810000
    stosm SCRATCH(%r0), 0x04
    mvcos 0x100(%r7), 0x100(%r7), %r4
    ipm %r3
    stnsm SCRATCH(%r0), 0xfb
    lg %r2, 0x100(%r8)
    EXPECT %r2, 11, "to the secondary space"
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 0, "to the secondary space: condition code"
    mvghi 0x100(%r8), 12
    LOAD %r0, 0x00000081
    stosm SCRATCH(%r0), 0x04
    mvcos 0x100(%r7), 0x100(%r7), %r4
    stnsm SCRATCH(%r0), 0xfb
    lg %r2, 0x100(%r6)
    EXPECT %r2, 12, "from the secondary space"
    lghi %r4, 0x1000
    lghi %r3, 1
    stg %r3, PGM_EXPECTED(%r0)
    larl %r3, 1f
    stg %r3, PGM_GO_ON(%r0)
    stosm SCRATCH(%r0), 0x04
    mvcos 0x100(%r7), 0x100(%r7), %r4
    stnsm SCRATCH(%r0), 0xfb
1:  brasl %r14, end_case
    lg %r2, PGM_SEEN_CODE(%r0)
    EXPECT %r2, 0x11, "from where the secondary space ends"
    lg %r2, TEID(%r0)
    nill %r2, 0xf003
    EXPECT %r2, PAGES + 0x1002, "from where the secondary space ends: translation-exception identification"
    lctlg %c0, %c0, SCRATCH + 8(%r0)
    CASE 0x13, 6, "mvcos without DAT", "mvcos 0(%r7), 0(%r7), %r4"
    RETURN

FUNCTION keys
    larl %r6, frames
    lghi %r2, 0x38
    sske %r2, %r6
    lghi %r3, 0
    iske %r3, %r6
    EXPECT %r3, 0x38, "storage key"
    rrbe %r0, %r6
    ipm %r3
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 0, "not referenced, not changed"
    lghi %r2, 0x06
    sske %r2, %r6
    rrbe %r0, %r6
    ipm %r3
    srl %r3, 28
    llgfr %r3, %r3
    EXPECT %r3, 3, "referenced and changed"
    iske %r3, %r6
    llgcr %r3, %r3
    EXPECT %r3, 0x02, "still changed"
    lghi %r2, 0
    sske %r2, %r6
    RETURN

    .bss
    .balign 4096
segments: .skip 16384
segments_2: .skip 16384
low_pages: .skip 2048
high_pages: .skip 2048
high_pages_2: .skip 2048
a_word: .skip 8
    .balign 4096
frames: .skip 3 * 4096
