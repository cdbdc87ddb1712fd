# A flat image, without the runtime: prints a line and ends.

    .include "guest.inc"

    .text
    .globl _start
_start:
    .long 0x00080001, PSW_LOW + main    # the PSW in its short form: 64-bit addressing
main:
    lghi %r1, CR0_SERVICE
    stg %r1, 0x200(%r0)
    lctlg %c0, %c0, 0x200(%r0)
    larl %r1, psw_taken
    mvc EXT_NEW(16, %r0), 0(%r1)
    larl %r1, block
    iilf %r2, 0x00760005                # write event data
    .insn rre, 0xb2200000, %r2, %r1     # SERVC
    larl %r1, psw_waiting
    lpswe 0(%r1)
taken:
    larl %r1, psw_done
    lpswe 0(%r1)

    .balign 8
psw_taken:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad taken
psw_waiting:
    .long PSW_WAIT_HIGH, PSW_LOW
    .quad 0
psw_done:
    .long PSW_DEAD_HIGH, PSW_LOW
    .quad 0xfff

    .balign 4096
    .skip 8192                          # behind the prefix area
block:
    .short block_end - block
    .byte 0, 0, 0, 0
    .short 0
event:
    .short block_end - event
    .byte 0x1a, 0, 0, 0                 # text
    .ascii "Hello from a flat image.\n"
block_end:
