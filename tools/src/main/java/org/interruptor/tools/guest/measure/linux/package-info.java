/**
 * Interruptions as a booted Linux kernel sees them: {@code interruptor measure --linux}.
 *
 * <pre>
 *   LinuxTrial: kernel, initrd + {@code Cpio} of the program linux.s, a disk ---> GuestMachine, to its end
 *        |                                                                           |
 *        |   guest: init runs the program; it prints samples on the console          |
 *        |                                                                           |
 *        +-- ConsoleReport &lt;--- console bytes, lines, {@code Phase}s ------------------+
 *        +-- PhaseCounters &lt;--- at the beginning and end of a phase: the engine's counters
 *        +-- TickLateness  &lt;--- each delivery of a clock comparator
 *        |
 *   LinuxReport: tables
 * </pre>
 *
 * <p>The program has three phases: sleeps (timers), round trips between two CPUs (signals), reads of the disk (I/O). Each figure
 * contains the kernel's own way: system call, scheduler, driver. That is what a user program sees.
 *
 * <p>Threads: console and deliveries are the CPUs' own; reports are read when the guest has ended.
 */
package org.interruptor.tools.guest.measure.linux;
