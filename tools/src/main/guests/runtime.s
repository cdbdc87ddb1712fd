# The runtime of all guests: handlers, console, CPUs. What it offers is said with each function.

    .include "guest.inc"

    .section .text.start, "ax"
    .globl _start
_start:
    lghi %r2, 0                         # CPU 0 keeps its prefix of 0
    lghi %r3, 0
    brasl %r14, set_up_prefix_area
    lg %r15, STACK(%r0)
    brasl %r14, main
    brasl %r14, done

    .text

# Makes the new PSWs and our own fields in a prefix area. %r2 its address as this CPU reaches it, %r3 the CPU's address.
    .globl set_up_prefix_area
set_up_prefix_area:
    larl %r1, new_psws
    mvc RESTART_NEW(16, %r2), 0(%r1)
    mvc EXT_NEW(16, %r2), 16(%r1)
    mvc PGM_NEW(16, %r2), 32(%r1)
    mvc SVC_NEW(16, %r2), 48(%r1)
    xc EXT_SAVE(256, %r2), EXT_SAVE(%r2)
    xc EXT_SAVE + 256(256, %r2), EXT_SAVE + 256(%r2)
    stg %r3, CPU(%r2)
    sllg %r1, %r3, 12
    larl %r4, stacks + 4096 - 160
    agr %r1, %r4
    stg %r1, STACK(%r2)
    br %r14

    .section .rodata
    .balign 8
new_psws:
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad restart_handler
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad external_handler
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad program_handler
    .long PSW_DISABLED_HIGH, PSW_LOW
    .quad unexpected_supervisor_call
psw_enabled:
    .long PSW_EXTERNAL_HIGH, PSW_LOW
    .quad 0
psw_wait:
    .long PSW_WAIT_HIGH, PSW_LOW
    .quad wait_over
psw_done:
    .long PSW_DEAD_HIGH, PSW_LOW
    .quad 0xfff
psw_failed:
    .long PSW_DEAD_HIGH, PSW_LOW
    .quad 0xbad

# The external handler: notes what came, calls the hook. What was waiting does not wait any more.
    .text
external_handler:
    stmg %r0, %r15, EXT_SAVE(%r0)
    llgh %r1, EXT_CODE(%r0)
    stg %r1, EXT_SEEN_CODE(%r0)
    llgf %r1, EXT_PARAMETER(%r0)
    stg %r1, EXT_SEEN_PARAMETER(%r0)
    lg %r1, EXT_PARAMETER_64(%r0)
    stg %r1, EXT_SEEN_PARAMETER_64(%r0)
    mvc EXT_SEEN_PSW(16, %r0), EXT_OLD(%r0)
    lg %r1, EXT_COUNT(%r0)
    aghi %r1, 1
    stg %r1, EXT_COUNT(%r0)
    lg %r15, STACK(%r0)
    aghi %r15, -2048                    # the lower half of the stack is the handlers'
    lg %r1, EXT_HOOK(%r0)
    ltgr %r1, %r1
    jz unexpected_external
    basr %r14, %r1
    ni EXT_OLD + 1(%r0), 0xfd           # the wait bit
    lmg %r0, %r15, EXT_SAVE(%r0)
    lpswe EXT_OLD(%r0)

unexpected_external:
    lg %r3, EXT_SEEN_CODE(%r0)
    lg %r4, EXT_SEEN_PSW + 8(%r0)
    larl %r2, text_external
    brasl %r14, fail

# The program handler: notes what came, and goes on where it is told to.
program_handler:
    stmg %r0, %r15, PGM_SAVE(%r0)
    llgh %r1, PGM_CODE(%r0)
    stg %r1, PGM_SEEN_CODE(%r0)
    llgh %r1, PGM_LENGTH(%r0)
    stg %r1, PGM_SEEN_LENGTH(%r0)
    mvc PGM_SEEN_PSW(16, %r0), PGM_OLD(%r0)
    lg %r1, PGM_COUNT(%r0)
    aghi %r1, 1
    stg %r1, PGM_COUNT(%r0)
    lg %r1, PGM_EXPECTED(%r0)
    ltgr %r1, %r1
    jz unexpected_program
    lg %r1, PGM_GO_ON(%r0)
    ltgr %r1, %r1
    jz 1f
    larl %r2, new_psws                  # any PSW that is disabled
    mvc PGM_OLD(8, %r0), 0(%r2)
    stg %r1, PGM_OLD + 8(%r0)
1:  lmg %r0, %r15, PGM_SAVE(%r0)
    lpswe PGM_OLD(%r0)

unexpected_program:
    lg %r15, STACK(%r0)
    aghi %r15, -2048
    lg %r3, PGM_SEEN_CODE(%r0)
    lg %r4, PGM_SEEN_PSW + 8(%r0)
    larl %r2, text_program
    brasl %r14, fail

unexpected_supervisor_call:
    lg %r15, STACK(%r0)
    aghi %r15, -2048
    llgh %r3, SVC_CODE(%r0)
    lg %r4, SVC_OLD + 8(%r0)
    larl %r2, text_supervisor_call
    brasl %r14, fail

# A restarted CPU runs what its prefix area says, and stops.
restart_handler:
    lg %r15, STACK(%r0)
    SUBCLASSES 0
    lg %r1, ENTRY(%r0)
    basr %r14, %r1
1:  lgf %r3, CPU + 4(%r0)
    lghi %r5, 0
    SIGNAL %r4, %r3, SIGP_STOP
    j 1b

# Waits for external interruptions, of the subclasses in CR0, until one has come. Disabled afterwards.
    .globl wait
wait:
    larl %r1, psw_wait
    lpswe 0(%r1)
wait_over:
    stnsm SCRATCH + 0xf0(%r0), 0xfc
    br %r14

# The guest ends: all other CPUs are stopped first.
    .globl done
done:
    larl %r6, psw_done
    j stop_others
    .globl failed
failed:
    larl %r6, psw_failed
stop_others:
    lghi %r3, 0
    lghi %r5, 0
1:  c %r3, CPU + 4(%r0)
    je 2f
    SIGNAL %r4, %r3, SIGP_STOP
    brc 1, 3f                           # not operational: there are no more
2:  ahi %r3, 1
    j 1b
3:  lpswe 0(%r6)

# A check has failed. %r2 what, %r3 the value that came, %r4 the one that was expected.
    .globl fail
fail:
    stmg %r2, %r4, SCRATCH + 0xd8(%r0)
    larl %r2, text_fail
    brasl %r14, print
    lg %r2, CPU(%r0)
    brasl %r14, print_decimal
    larl %r2, text_colon
    brasl %r14, print
    lg %r2, SCRATCH + 0xd8(%r0)
    brasl %r14, print
    larl %r2, text_got
    brasl %r14, print
    lg %r2, SCRATCH + 0xe0(%r0)
    brasl %r14, print_hex
    larl %r2, text_expected
    brasl %r14, print
    lg %r2, SCRATCH + 0xe8(%r0)
    brasl %r14, print_hex
    larl %r2, text_newline
    brasl %r14, print
    j failed

    .section .rodata
    .balign 2
text_external:
    .asciz "unexpected external interruption at the second address"
    .balign 2
text_program:
    .asciz "unexpected program interruption at the second address"
    .balign 2
text_supervisor_call:
    .asciz "unexpected supervisor call at the second address"
    .balign 2
text_fail:
    .asciz "FAILED on CPU "
    .balign 2
text_colon:
    .asciz ": "
    .balign 2
text_got:
    .asciz ": got "
    .balign 2
text_expected:
    .asciz ", expected "
    .balign 2
text_newline:
    .asciz "\n"

# Prints a text. %r2 its address; it ends with a zero. External interruptions have to be disabled. One CPU at a time; service
# signals of others must not be outstanding.
    .text
FUNCTION print
    lgr %r6, %r2
    lg %r7, EXT_HOOK(%r0)
    stctg %c0, %c0, 8(%r15)
    larl %r8, print_lock
    lghi %r1, 1
1:  lghi %r0, 0
    cs %r0, %r1, 0(%r8)
    jne 1b
    larl %r9, print_block
    la %r3, 14(%r9)
2:  ic %r1, 0(%r6)
    tmll %r1, 0xff
    jz 3f
    stc %r1, 0(%r3)
    la %r3, 1(%r3)
    la %r6, 1(%r6)
    j 2b
3:  sgr %r3, %r9
    sth %r3, 0(%r9)                     # length of the block
    mvhi 2(%r9), 0
    mvhhi 6(%r9), 0
    aghi %r3, -8
    sth %r3, 8(%r9)                     # length of the event buffer
    mvhi 10(%r9), 0
    mvi 10(%r9), 0x1a                   # its type: text
    HOOK print_hook
    SUBCLASSES CR0_SERVICE
    iilf %r2, 0x00760005                # write event data
4:  .insn rre, 0xb2200000, %r2, %r9     # SERVC
    brc 2, 4b
    brasl %r14, wait
    llgh %r2, 6(%r9)
    lctlg %c0, %c0, 8(%r15)
    stg %r7, EXT_HOOK(%r0)
    mvhi 0(%r8), 0
    EXPECT %r2, 0x20, "response of the console"
    RETURN

print_hook:
    lg %r2, EXT_SEEN_CODE(%r0)
    cghi %r2, CODE_SERVICE
    jne unexpected_external
    br %r14

# Prints a number, in hexadecimal (16 digits) or in decimal. %r2 the number.
FUNCTION print_hex
    larl %r4, digits
    larl %r3, hex_digits
    lghi %r5, 16
1:  rllg %r2, %r2, 4
    risbg %r1, %r2, 60, 128 + 63, 0     # the last four bits alone
    ic %r0, 0(%r1, %r3)
    stc %r0, 0(%r4)
    la %r4, 1(%r4)
    brctg %r5, 1b
    mvi 0(%r4), 0
    larl %r2, digits
    brasl %r14, print
    RETURN

FUNCTION print_decimal
    larl %r4, digits_end
    lgr %r3, %r2
    lghi %r5, 10
1:  lghi %r2, 0
    dlgr %r2, %r5                       # remainder and quotient in %r2 and %r3
    ahi %r2, '0'
    aghi %r4, -1
    stc %r2, 0(%r4)
    ltgr %r3, %r3
    jnz 1b
    lgr %r2, %r4
    brasl %r14, print
    RETURN

    .section .rodata
    .balign 2
hex_digits:
    .ascii "0123456789abcdef"

    .text
# How many CPUs there are. %r2 the number.
    .globl count_cpus
count_cpus:
    lghi %r2, 0
1:  SIGNAL %r3, %r2, SIGP_SENSE
    brc 1, 2f
    aghi %r2, 1
    j 1b
2:  br %r14

# Starts another CPU, which is stopped. %r2 its address, %r3 what it runs; it stops again when that returns.
FUNCTION start_cpu
    lgr %r6, %r2
    lgr %r7, %r3
    sllg %r8, %r6, 13
    larl %r1, prefix_areas
    agr %r8, %r1
    lgr %r2, %r8
    lgr %r3, %r6
    brasl %r14, set_up_prefix_area
    stg %r7, ENTRY(%r8)
    lgr %r5, %r8
    SIGNAL %r4, %r6, SIGP_SET_PREFIX
    jnz cannot_start
    SIGNAL %r4, %r6, SIGP_RESTART
    jnz cannot_start
    RETURN
cannot_start:
    llgfr %r3, %r4
    lghi %r4, 0
    larl %r2, text_start
    brasl %r14, fail

# Waits until another CPU is stopped. %r2 its address.
    .globl await_stop
await_stop:
    lghi %r3, 0
1:  sigp %r3, %r2, SIGP_SENSE
    brc 10, 1b                          # accepted without a status, or busy
    tmll %r3, 0x40
    jz 1b
    br %r14

# Runs something on each other CPU, one after the other. %r2 what; %r2 the number of CPUs.
FUNCTION on_all_others
    lgr %r8, %r2
    brasl %r14, count_cpus
    lgr %r6, %r2
    lghi %r7, 1
1:  cgr %r7, %r6
    jnl 2f
    lgr %r2, %r7
    lgr %r3, %r8
    brasl %r14, start_cpu
    lgr %r2, %r7
    brasl %r14, await_stop
    aghi %r7, 1
    j 1b
2:  lgr %r2, %r6
    RETURN

# Runs something on all CPUs at the same time, this one included, until all are done with it. %r2 what; %r2 the number of CPUs.
FUNCTION on_all_at_once
    lgr %r8, %r2
    brasl %r14, count_cpus
    lgr %r6, %r2
    lghi %r7, 1
1:  cgr %r7, %r6
    jnl 2f
    lgr %r2, %r7
    lgr %r3, %r8
    brasl %r14, start_cpu
    aghi %r7, 1
    j 1b
2:  basr %r14, %r8
    lghi %r7, 1
3:  cgr %r7, %r6
    jnl 4f
    lgr %r2, %r7
    brasl %r14, await_stop
    aghi %r7, 1
    j 3b
4:  lgr %r2, %r6
    RETURN

# Adds to a doubleword, interlocked. %r2 its address, %r3 what is added; %r2 the new value.
    .globl add
add:
    lg %r4, 0(%r2)
1:  lgr %r5, %r4
    agr %r5, %r3
    csg %r4, %r5, 0(%r2)
    jne 1b
    lgr %r2, %r5
    br %r14

    .section .rodata
    .balign 2
text_start:
    .asciz "cannot start a CPU, status"

    .bss
    .balign 8192
    .globl prefix_areas
prefix_areas:
    .skip 8192 * MAX_CPUS
print_block:
    .skip 4096
stacks:
    .skip 4096 * MAX_CPUS
print_lock:
    .skip 8
digits:
    .skip 24
digits_end:
    .skip 8                             # stays zero
