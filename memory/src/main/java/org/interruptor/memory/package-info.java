/**
 * What a guest's CPUs share and what each finds in its storage: absolute storage, prefixing, the PSW and the lowcore.
 *
 * <pre>
 *              vCPU 0's thread          vCPU 1's thread        device threads
 *                    |                        |                      |
 *                 Lowcore                  Lowcore                   |
 *              window at prefix 0       window at prefix 1           |
 *                    |                        |                      |
 *                    v                        v                      v
 *   GuestMemory  [ 8 KiB ] . . . . . . . . [ 8 KiB ] . . . . . . [ buffers ] . . .
 * </pre>
 *
 * <p>{@link org.interruptor.memory.GuestMemory} may be used by any thread. It holds no lock and orders nothing: what threads
 * pass each other through storage they order themselves, as the guest's CPUs do. A {@link org.interruptor.memory.Lowcore}
 * belongs to the thread of its vCPU, which alone moves it when the prefix changes. {@link org.interruptor.memory.Prefixing}
 * and {@link org.interruptor.memory.PswMask} are arithmetic and belong to nobody.
 *
 * <p>Memory is let go by the garbage collector, never by hand: closing storage while other threads still use it is a mistake that
 * they learn of by an exception, and never a crash of the JVM.
 *
 * <p>Agrona, on which all of this stands, needs one JVM flag; {@link org.interruptor.memory.AgronaAccess} names it.
 */
package org.interruptor.memory;
