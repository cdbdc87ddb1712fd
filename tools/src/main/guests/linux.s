# A program for Linux on s390x, without a library: what "interruptor measure --linux" runs inside a booted kernel.
#
#     linux SECONDS
#
# Each of three phases takes SECONDS, 1 to 99:
#
#     timer   sleeps of 1 ms on CPU 0; a sample is how much later than asked for the program runs again
#     signal  round trips of a byte between CPUs 0 and 1, through two pipes; each way wakes the other CPU by SIGNAL PROCESSOR
#     disk    reads of 4 KiB of /dev/vda, past the page cache, one at a time
#
# Standard output has a line of each beginning and end, and lines of samples. Numbers are hexadecimal, times are units of the TOD
# clock (4096 a microsecond) by STCKF. A phase that cannot run says "none".
#
#     measure: timer begin
#     measure: timer end <count, 16 digits> <duration, 16 digits>
#     measure: timer = <sample, 8 digits> ...                    at most 8 a line, the first 16384 samples

.set    SYS_EXIT, 1
.set    SYS_FORK, 2
.set    SYS_READ, 3
.set    SYS_WRITE, 4
.set    SYS_OPEN, 5
.set    SYS_CLOSE, 6
.set    SYS_PIPE, 42
.set    SYS_SCHED_SETSCHEDULER, 156
.set    SYS_NANOSLEEP, 162
.set    SYS_PREAD64, 180
.set    SYS_SCHED_SETAFFINITY, 239

.set    SCHED_FIFO, 1
.set    O_DIRECT, 0x4000
.set    BLOCK, 4096
.set    DISK_MASK, 0xff000                  # blocks of the first MiB in turn
.set    MOST, 16384                         # samples
.set    LONGEST, 0xffffffff

# Registers that stay: r6 samples so far, r7 end of the phase, r8 begin of the phase, r9 name of the phase, r10 duration of a
# phase, r11 and r12 file descriptors, r13 the read of the disk that is next. r14 returns.

        .text
        .globl _start
_start: lg      %r1,16(%r15)                # argv[1]
        lghi    %r10,0
1:      llgc    %r2,0(%r1)
        aghi    %r2,-'0'
        jl      2f
        mghi    %r10,10
        agr     %r10,%r2
        la      %r1,1(%r1)
        j       1b
2:      larl    %r1,second
        msg     %r10,0(%r1)
        larl    %r1,samples                 # each page of them is there
        lghi    %r2,MOST/1024
3:      mvi     0(%r1),0
        aghi    %r1,4096
        brctg   %r2,3b
        larl    %r2,cpu0
        brasl   %r14,pin
        lghi    %r2,0
        lghi    %r3,SCHED_FIFO
        larl    %r4,priority
        svc     SYS_SCHED_SETSCHEDULER

        # Sleeps.
        larl    %r9,timer
        brasl   %r14,begin
timed:  brasl   %r14,clock
        lgr     %r11,%r2
        larl    %r2,millisecond
        lghi    %r3,0
        svc     SYS_NANOSLEEP
        brasl   %r14,clock
        lgr     %r3,%r2
        sgr     %r3,%r11
        larl    %r1,asked
        sg      %r3,0(%r1)
        brasl   %r14,sample
        clgr    %r2,%r7
        jl      timed
        brasl   %r14,end

        # Round trips: the other process answers each byte until the pipe is closed.
        larl    %r9,signal
        larl    %r2,cpu1
        brasl   %r14,pin
        ltgr    %r2,%r2                     # there is no CPU 1
        jnz     lone
        larl    %r2,there
        svc     SYS_PIPE
        larl    %r2,back
        svc     SYS_PIPE
        larl    %r1,there
        larl    %r3,back
        svc     SYS_FORK
        ltgr    %r2,%r2
        jz      answer
        larl    %r2,cpu0
        brasl   %r14,pin
        larl    %r1,there
        llgf    %r11,4(%r1)
        llgf    %r2,0(%r1)
        svc     SYS_CLOSE
        larl    %r1,back
        llgf    %r12,0(%r1)
        brasl   %r14,begin
trip:   brasl   %r14,clock
        larl    %r1,began
        stg     %r2,0(%r1)
        lgr     %r2,%r11
        larl    %r3,byte
        lghi    %r4,1
        svc     SYS_WRITE
        lgr     %r2,%r12
        larl    %r3,byte
        lghi    %r4,1
        svc     SYS_READ
        brasl   %r14,took
        jl      trip
        brasl   %r14,end
        lgr     %r2,%r11
        svc     SYS_CLOSE
        j       disks

answer: larl    %r1,there
        llgf    %r2,4(%r1)
        svc     SYS_CLOSE
        larl    %r1,there
        llgf    %r11,0(%r1)
        larl    %r1,back
        llgf    %r12,4(%r1)
echo:   lgr     %r2,%r11
        larl    %r3,byte
        lghi    %r4,1
        svc     SYS_READ
        cghi    %r2,1
        jne     done
        lgr     %r2,%r12
        larl    %r3,byte
        lghi    %r4,1
        svc     SYS_WRITE
        j       echo

lone:   brasl   %r14,none

        # Reads.
disks:  larl    %r9,disk
        larl    %r2,device
        lghi    %r3,0
        oill    %r3,O_DIRECT
        svc     SYS_OPEN
        ltgr    %r11,%r2
        jl      driveless
        brasl   %r14,begin
        lghi    %r13,0
block:  brasl   %r14,clock
        larl    %r1,began
        stg     %r2,0(%r1)
        lgr     %r2,%r11
        larl    %r3,buffer
        lghi    %r4,BLOCK
        lgr     %r5,%r13
        svc     SYS_PREAD64
        cghi    %r2,BLOCK
        jne     broken
        aghi    %r13,BLOCK
        larl    %r1,disk_mask
        ng      %r13,0(%r1)
        brasl   %r14,took
        jl      block
        brasl   %r14,end
        j       done
broken: brasl   %r14,none
        j       done
driveless:
        brasl   %r14,none
done:   lghi    %r2,0
        svc     SYS_EXIT

# The affinity of this process: r2 is the address of the mask. Answers in r2 0 or a negative error number.
pin:    lgr     %r4,%r2
        lghi    %r2,0
        lghi    %r3,8
        svc     SYS_SCHED_SETAFFINITY
        ltgr    %r2,%r2
        bnlr    %r14
        br      %r14

# The clock, in r2. Changes r1.
clock:  larl    %r1,now
        stckf   0(%r1)
        lg      %r2,0(%r1)
        br      %r14

# Takes the time since "began" as a sample. The condition code says "low" while the phase lasts.
took:   larl    %r1,now
        stckf   0(%r1)
        lg      %r2,0(%r1)
        lgr     %r3,%r2
        larl    %r1,began
        sg      %r3,0(%r1)
        lgr     %r0,%r14
        brasl   %r14,sample
        lgr     %r14,%r0
        clgr    %r2,%r7
        br      %r14

# Counts a sample, r3, and keeps it if there is place. Leaves r0 and r2 alone.
sample: cghi    %r6,MOST
        jnl     2f
        ltgr    %r3,%r3
        jnl     1f
        lghi    %r3,0                       # earlier than asked for
1:      larl    %r1,longest
        clg     %r3,0(%r1)
        jle     3f
        lg      %r3,0(%r1)
3:      sllg    %r4,%r6,2
        larl    %r1,samples
        st      %r3,0(%r4,%r1)
2:      aghi    %r6,1
        br      %r14

# A phase begins.
begin:  lgr     %r5,%r14
        larl    %r2,begins
        brasl   %r14,headed
        lghi    %r6,0
        brasl   %r14,clock
        lgr     %r8,%r2
        lgr     %r7,%r2
        agr     %r7,%r10
        br      %r5

# A phase cannot run.
none:   lgr     %r5,%r14
        larl    %r2,nones
        brasl   %r14,headed
        br      %r5

# A phase has ended: prints how many samples, how long, and the samples.
end:    lgr     %r5,%r14
        brasl   %r14,clock
        sgr     %r2,%r8
        lgr     %r8,%r2
        larl    %r2,ends
        brasl   %r14,heading
        lgr     %r3,%r6
        lghi    %r4,16
        brasl   %r14,number
        lgr     %r3,%r8
        lghi    %r4,16
        brasl   %r14,number
        brasl   %r14,newline
        lghi    %r13,0                      # which is printed next
        cghi    %r6,MOST
        jle     1f
        lghi    %r6,MOST
1:      cgr     %r13,%r6
        bnlr    %r5
        larl    %r2,equals
        brasl   %r14,heading
2:      sllg    %r4,%r13,2
        larl    %r1,samples
        llgf    %r3,0(%r4,%r1)
        lghi    %r4,8
        brasl   %r14,number
        aghi    %r13,1
        cgr     %r13,%r6
        jnl     3f
        tmll    %r13,7
        jnz     2b
3:      brasl   %r14,newline
        j       1b

# Begins a line: "measure: ", the phase's name, and the word of 6 bytes at r2. r12 is where the line goes on.
heading:
        larl    %r1,line
        mvc     9(6,%r1),0(%r9)
        mvc     15(6,%r1),0(%r2)
        la      %r1,21(%r1)
        larl    %r2,place
        stg     %r1,0(%r2)
        br      %r14

# A line without numbers.
headed: lgr     %r0,%r14
        brasl   %r14,heading
        brasl   %r14,newline
        lgr     %r14,%r0
        br      %r14

# Adds a blank and the number r3, in r4 hexadecimal digits, 16 or 8. Changes r1 to r4.
number: larl    %r2,place
        lg      %r1,0(%r2)
        mvi     0(%r1),' '
        la      %r1,1(%r1)
        cghi    %r4,8
        jne     1f
        sllg    %r3,%r3,32
1:      lgr     %r2,%r3
        srlg    %r2,%r2,60
        cghi    %r2,10
        jl      2f
        aghi    %r2,'a'-'0'-10
2:      aghi    %r2,'0'
        stc     %r2,0(%r1)
        la      %r1,1(%r1)
        sllg    %r3,%r3,4
        brct    %r4,1b
        larl    %r2,place
        stg     %r1,0(%r2)
        br      %r14

# Ends the line and writes it. Changes r1 to r4.
newline:
        larl    %r2,place
        lg      %r1,0(%r2)
        mvi     0(%r1),'\n'
        larl    %r3,line
        lgr     %r4,%r1
        sgr     %r4,%r3
        aghi    %r4,1
        lghi    %r2,1
        svc     SYS_WRITE
        br      %r14

        .data
        .balign 8
second: .quad   4096000000
asked:  .quad   4096000
longest:
        .quad   LONGEST
disk_mask:
        .quad   DISK_MASK
cpu0:   .quad   1
cpu1:   .quad   2
millisecond:
        .quad   0, 1000000
priority:
        .long   50
        .balign 2                           # LARL has even addresses only
device: .asciz  "/dev/vda"
        .balign 2
timer:  .ascii  "timer "
        .balign 2
signal: .ascii  "signal"
        .balign 2
disk:   .ascii  "disk  "
        .balign 2
begins: .ascii  " begin"
        .balign 2
ends:   .ascii  " end  "
        .balign 2
nones:  .ascii  " none "
        .balign 2
equals: .ascii  " =    "
        .balign 2
line:   .ascii  "measure: "
        .space  256

        .bss
        .balign 4096
buffer: .space  4096
samples:
        .space  4*MOST
now:    .space  8
began:  .space  8
place:  .space  8
there:  .space  8
back:   .space  8
byte:   .space  8
