package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Is told each instruction before it is executed.
 *
 * <p>Threads: each CPU's own, many at once.
 */
@FunctionalInterface
public interface Tracer {
    /**
     * An instruction is about to be executed.
     *
     * @param cpu on which.
     * @param address its address.
     * @param code the instruction, from the left.
     * @param instruction the line of the table; null if there is none.
     */
    void executes(Cpu cpu, long address, long code, Instruction instruction);
}
