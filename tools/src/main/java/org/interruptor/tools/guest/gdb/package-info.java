/**
 * The GDB remote serial protocol: {@code interruptor run --gdb PORT}. GDB sees each CPU as a thread, registers, storage by logical
 * addresses, and stops all CPUs at once (all-stop mode).
 *
 * <pre>
 *   GDB === TCP === {@link org.interruptor.tools.guest.gdb.PacketChannel}   framing, checksums, acknowledgements
 *                      |  a thread that reads; packets, interrupts and stops go into one queue
 *                   {@link org.interruptor.tools.guest.gdb.Session}         its own thread: stopped or running, one command at a time
 *                      |            |                    |
 *          {@link org.interruptor.tools.guest.gdb.RegisterMap}   {@link org.interruptor.tools.guest.gdb.LogicalStorage}   {@link org.interruptor.tools.guest.gdb.RunControl}
 *                                                             ^
 *                    Interpreter of each CPU: before each instruction, does it stop here?
 * </pre>
 *
 * <p><b>Stopping.</b> A CPU in front of a breakpoint reports it and holds still until its attention is set. The session then pauses the
 * machine ({@code Machine.pause}): every CPU is between two instructions and out of its wait, and its registers are read and written by
 * the session's thread. An interruption that came in between was delivered first; then the CPU is not in front of the breakpoint any
 * more, and the session lets the machine go on. Devices and clocks go on while CPUs stand.
 *
 * <p><b>What is there.</b> Registers (core, access, floating point, control), storage, software breakpoints, step, continue, interrupt,
 * detach, kill, {@code monitor explain}. There are no watchpoints: GDB then steps. One GDB at a time; others wait for their turn.
 *
 * <p><b>Hostile clients.</b> A client that connects controls the guest, so the server listens on the loopback address unless another is
 * given. No packet makes the JVM fail: what is too long ends the session, what is wrong is answered by an error.
 *
 * <p>Source: the GDB manual, appendices Remote Protocol and Target Descriptions.
 */
package org.interruptor.tools.guest.gdb;
