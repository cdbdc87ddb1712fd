package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Decodes the operands of an instruction and executes it. A class and not an interface: the dispatch to it is what each instruction
 * begins with, and the JVM finds a method of a class in fewer steps than one of an interface.
 *
 * <p>Threads: any; immutable.
 */
abstract class Decoder {
    Decoder() {}

    /**
     * Executes.
     *
     * @param c on which; its PSW points behind the instruction.
     * @param code the instruction, from the left.
     */
    abstract void execute(Cpu c, long code);
}
