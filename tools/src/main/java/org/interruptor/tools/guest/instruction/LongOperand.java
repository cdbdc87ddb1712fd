package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * An operand whose address is in an even register and whose length is in the odd one behind it. The registers follow it: an
 * exception finds there what is left.
 *
 * <p>Lengths are 24 bits, in bits 40 to 63, or extended: 32 bits in the 24- and 31-bit addressing modes, else 64.
 */
final class LongOperand {
    private static final int LENGTH_24 = 0xff_ffff;

    private final Cpu cpu;
    private final int register;
    private final boolean isExtended;
    private long address;
    private long length;

    LongOperand(Cpu cpu, int register, long length, boolean isExtended) {
        this.cpu = cpu;
        this.register = register;
        this.length = length;
        this.isExtended = isExtended;
        address = cpu.grAddress(register);
    }

    /** The length of an extended operand. */
    static long extendedLength(Cpu cpu, int register) {
        return cpu.isMode64() ? cpu.gr(register + 1) : Integer.toUnsignedLong(cpu.gr32(register + 1));
    }

    long address() {
        return address;
    }

    /** Unsigned. */
    long length() {
        return length;
    }

    /** So many of a number of bytes are left, and in this page. */
    int within(int count) {
        int inPage = Math.min(count, Pages.rest(address));
        return Long.compareUnsigned(length, inPage) < 0 ? (int) length : inPage;
    }

    /** Goes on to the right. */
    void advance(int count) {
        address = (address + count) & cpu.addressMask();
        length -= count;
        save();
    }

    /** Puts it into its registers. */
    void save() {
        cpu.grAddress(register, address);
        if (!isExtended) {
            cpu.gr32(register + 1, (cpu.gr32(register + 1) & ~LENGTH_24) | (int) length);
        } else if (cpu.isMode64()) {
            cpu.gr(register + 1, length);
        } else {
            cpu.gr32(register + 1, (int) length);
        }
    }
}
