package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Is asked before each instruction whether the CPU stops in front of it.
 *
 * <p>Threads: each CPU's own, many at once.
 */
public interface Debugger {
    /**
     * An instruction would be next.
     *
     * @param cpu on which; its PSW points at the instruction.
     * @return whether guest code is left in front of it.
     */
    boolean stops(Cpu cpu);

    /** The guest has ended: no CPU may be kept from leaving guest code. Threads: any. */
    void guestEnds();
}
