package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * An instruction of the machine: a line of its tables.
 *
 * <p>Threads: any; immutable.
 *
 * @param mnemonic its name in assembly.
 * @param format where its operands are.
 * @param isPrivileged whether it is refused in the problem state.
 * @param decoder decodes the operands and does what the instruction does.
 */
public record Instruction(String mnemonic, Format format, boolean isPrivileged, Decoder decoder) {
    /** Decodes the operands of one format and executes. */
    @FunctionalInterface
    interface Decoded {
        void execute(Cpu cpu, long code);
    }

    /**
     * Executes.
     *
     * @param cpu on which; its PSW points behind the instruction.
     * @param code the instruction, from the left.
     * @throws ProgramException if it ends with a program interruption.
     */
    public void execute(Cpu cpu, long code) {
        decoder.execute(cpu, code);
    }

    /**
     * Spells out an instruction as an assembler would.
     *
     * @param code the instruction, from the left.
     * @return the mnemonic and the operands.
     */
    public String text(long code) {
        return mnemonic + " " + format.operands(code);
    }
}
