# What a guest sees, measured: all CPUs take the test device's completions, running or waiting in between. The handler's first
# instruction notes the time; the completion has brought that of its injection. For `interruptor measure`. It prints nothing: what
# comes while it waits for the console would be taken too.

    .include "guest.inc"

    .equ SAMPLE, 0x512
    .equ WAITS, 0x513
    .equ BEGIN, 0x514

# In each CPU's prefix area.
    .equ TAKEN, 0x500                   # the time of the handler's first instruction
    .equ SAVE, 0x508                    # general registers 0 to 5 while the handler runs

    .text
FUNCTION main
    larl %r1, waits
    DIAGNOSE %r2, %r0, WAITS
    stg %r2, 0(%r1)
    larl %r1, sent
    lghi %r2, -1                        # not known yet
    stg %r2, 0(%r1)
    larl %r2, serve
    brasl %r14, on_all_at_once          # ends in the handler
    RETURN

# Every CPU, for good. CPU 0 lets the device begin.
serve:
    larl %r1, handler
    stg %r1, EXT_NEW + 8(%r0)
    larl %r1, failed
    stg %r1, PGM_NEW + 8(%r0)
    SUBCLASSES CR0_SERVICE
    cghsi CPU(%r0), 0
    jne 1f
    DIAGNOSE %r0, %r0, BEGIN
1:  larl %r1, waits
    cghsi 0(%r1), 0
    jne 2f
    stosm SCRATCH + 8(%r0), 0x01
    j .
2:  larl %r1, psw_waiting
    lpswe 0(%r1)

# The new PSW leads here. Back to the old one: what was waiting waits again.
handler:
    stckf TAKEN(%r0)
    stmg %r0, %r5, SAVE(%r0)
    llgh %r1, EXT_CODE(%r0)
    cghi %r1, CODE_VIRTIO
    jne failed
    lg %r3, EXT_PARAMETER_64(%r0)       # the time of the injection
    lt %r1, EXT_PARAMETER(%r0)
    jnz last
    lg %r1, TAKEN(%r0)
    DIAGNOSE %r1, %r3, SAMPLE
counted:
    larl %r2, arrived
    lg %r4, 0(%r2)
1:  la %r5, 1(%r4)
    csg %r4, %r5, 0(%r2)
    jne 1b
    larl %r2, sent
    clg %r5, 0(%r2)
    jnl done                            # one CPU comes here, the last to count: the others have reported
    lmg %r0, %r5, SAVE(%r0)
    lpswe EXT_OLD(%r0)

# The last completion says how many came before it.
last:
    la %r3, 1(%r3)
    larl %r2, sent
    stg %r3, 0(%r2)
    j counted

    .section .rodata
    .balign 8
psw_waiting:
    .long PSW_WAIT_HIGH, PSW_LOW
    .quad 0

    .bss
    .balign 256
waits:
    .skip 256
arrived:
    .skip 256
sent:
    .skip 8
