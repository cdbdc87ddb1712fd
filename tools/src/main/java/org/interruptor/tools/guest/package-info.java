/**
 * A small z/Architecture machine that embeds the engine: real guest code takes its interruptions in its own handlers. It is
 * {@code interruptor run}, and the sample of how an emulator embeds the engine; of the engine it uses the public API only.
 *
 * <pre>
 *   {@link org.interruptor.tools.guest.RunCommand} --- gdb: GDB attaches, and stops CPUs
 *        |  loader: ELF, Linux kernel or flat image; console: the terminal
 *   {@link org.interruptor.tools.guest.GuestMachine} ------------------------------------------------ the engine's Machine
 *        |                                                                    |
 *        +-- Processor 0: a thread ---- Vcpu.run(GuestCpu) ------------------ +
 *        |      |  what the run loop calls                                    |
 *        |   instruction: Interpreter --- cpu: Cpu, Storage --- translation, key
 *        |      |                                                             |
 *        |      +-- SIGP  ---> CpuActivity ---------------- Machine.signalProcessor
 *        |      +-- SSCH  ---> channel: Subchannel --- a device's own thread: channel programs, virtio queues
 *        |      +-- SERVC ---> sclp:   Sclp -------------- injectService      |
 *        |      '-- DIAG  ---> diagnose --- device: TestDevice, injectVirtio from its own thread
 *        |                                                                    |
 *        +-- Processor 1: a thread ------------------------------------------ +
 *        ...
 * </pre>
 *
 * <p>{@code measure} sends a guest of its own what it counts and times: {@code interruptor measure}.
 *
 * <h2>Threads</h2>
 *
 * <p>One for each CPU, one for the test device, one for each device on a channel, one for the keyboard once the guest takes input,
 * and the one that called {@code GuestMachine.run}, which waits for the end. A CPU's registers are its own thread's; storage is
 * shared, in the order of the architecture ({@code cpu.Storage}). What CPUs do is {@code CpuActivity}, behind a lock that only rare
 * orders take.
 *
 * <h2>What the machine has, and what it lacks</h2>
 *
 * <p>64-bit, 31-bit and 24-bit addressing; supervisor and problem state; general instructions, binary floating point ({@code fp}), and
 * the instructions for interruptions, timing, signaling and identification ({@code instruction}); dynamic address translation
 * ({@code translation}), storage keys ({@code key}), channel programs ({@code channel}). Interruptions, SIGNAL PROCESSOR, resets and
 * the CPU timer are the engine's, by its architecture rules. It has no access-register mode (a PSW that asks for it ends the guest) and no
 * program-event recording.
 *
 * <h2>Hostile guests</h2>
 *
 * <p>Whatever a guest or its file contains, it gets the interruptions that the architecture says, or ends with one sentence; no
 * exception of the JVM's, no storage but its own.
 */
package org.interruptor.tools.guest;
