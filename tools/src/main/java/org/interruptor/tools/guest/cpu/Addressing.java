package org.interruptor.tools.guest.cpu;

import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.PswMask;

/**
 * Addresses as one CPU makes them, in the addressing mode of its PSW: of operands, relative to the instruction, of branches, for
 * returns. Source: Principles of Operation, chapter Program Execution, Address Generation.
 *
 * <p>Threads: the CPU's own; another one while the CPU's does not run.
 */
public abstract class Addressing extends RegisterFile {
    private static final long MASK_24 = 0xff_ffffL;
    private static final long MASK_31 = 0x7fff_ffffL;

    private final Registers registers;
    private long addressMask = -1;
    private long instructionAddress;
    private long startAddress;

    Addressing(Registers registers) {
        this.registers = registers;
    }

    /**
     * The registers that interruptions depend on.
     *
     * @return those of the vCPU.
     */
    public final Registers registers() {
        return registers;
    }

    /** The PSW was loaded, or its addressing mode set. */
    final void addressingMode() {
        long mode = registers.pswMask() & (PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING);
        addressMask = mode == 0 ? MASK_24 : mode == PswMask.BASIC_ADDRESSING ? MASK_31 : -1;
    }

    /**
     * An effective address: base and displacement.
     *
     * @param base general register, 0 for none.
     * @param displacement 12 bits unsigned or 20 bits signed.
     * @return the address, in the current addressing mode.
     */
    public final long address(int base, long displacement) {
        return (base(base) + displacement) & addressMask;
    }

    /**
     * An effective address: index, base and displacement.
     *
     * @param index general register, 0 for none.
     * @param base general register, 0 for none.
     * @param displacement 12 bits unsigned or 20 bits signed.
     * @return the address, in the current addressing mode.
     */
    public final long address(int index, int base, long displacement) {
        return (base(index) + base(base) + displacement) & addressMask;
    }

    /**
     * A relative address.
     *
     * @param halfwords distance from the instruction, or from the target's where it is executed.
     * @return the address, in the current addressing mode.
     */
    public final long relative(long halfwords) {
        return (instructionAddress + 2 * halfwords) & addressMask;
    }

    /**
     * The address in a general register.
     *
     * @param number 0 to 15; register 0 counts like the others.
     * @return the address, in the current addressing mode.
     */
    public final long grAddress(int number) {
        return gr(number) & addressMask;
    }

    /**
     * Puts an address into a general register, as LOAD ADDRESS and the string instructions do: in the 24- and 31-bit modes
     * bits 0 to 31 stay.
     *
     * @param number 0 to 15.
     * @param address the address.
     */
    public final void grAddress(int number, long address) {
        if (addressMask == -1) {
            gr(number, address);
        } else {
            gr32(number, (int) (address & addressMask));
        }
    }

    /**
     * Saves the address of the next instruction, with the addressing mode, for a return.
     *
     * @param number general register, 0 to 15.
     */
    public final void link(int number) {
        long next = registers.pswAddress();
        if (addressMask == MASK_31) {
            gr32(number, (int) next | 0x8000_0000);
        } else {
            grAddress(number, next);
        }
    }

    /**
     * Branches.
     *
     * @param address where to, in the current addressing mode.
     */
    public final void branch(long address) {
        registers.pswAddress(address & addressMask);
    }

    /**
     * Begins an instruction: the PSW address moves on behind it.
     *
     * @param address its address.
     * @param length its length in bytes.
     */
    public final void begin(long address, int length) {
        instructionAddress = address;
        startAddress = address;
        registers.pswAddress((address + length) & addressMask);
    }

    /**
     * Ends a unit of operation of an interruptible instruction that is not done: it is executed again, after whatever
     * interrupts. Where it is the target of an EXECUTE, that is executed again.
     */
    public final void repeat() {
        registers.pswAddress(startAddress);
    }

    /**
     * The bits that an address has in the current addressing mode.
     *
     * @return 24, 31 or 64 ones on the right.
     */
    public final long addressMask() {
        return addressMask;
    }

    /**
     * Whether addresses, and the lengths of the extended moves and comparisons, have 64 bits.
     *
     * @return false in the 24- and 31-bit modes.
     */
    public final boolean isMode64() {
        return addressMask == -1;
    }

    /**
     * Moves the origin of relative addresses to the target of an EXECUTE.
     *
     * @param address of the target.
     */
    public final void relativeTo(long address) {
        instructionAddress = address;
    }
}
