/**
 * One CPU as instructions see it: registers, PSW and condition code, storage with prefixing, and the platform around it.
 *
 * <p>What interruptions depend on (PSW, control registers, prefix, timers) lives in the engine's {@link
 * org.interruptor.engine.gate.Registers} and nowhere else. The rest, general, access and floating-point registers, is here.
 *
 * <p>Threads: all of a CPU's is its own thread's. Storage is shared by all.
 */
package org.interruptor.tools.guest.cpu;
