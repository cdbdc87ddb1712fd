package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * The PSW key and the address spaces that the PSW and control registers 3 and 4 name. In the problem state they need an
 * authority, or are refused. Access-register mode is refused: this machine has none. Source: Principles of Operation, chapter
 * Control Instructions.
 */
final class AddressSpaces {
    /** CR0: the problem state may extract the key and the address spaces. */
    private static final long EXTRACTION_AUTHORITY = 0x0800_0000L;

    /** CR0: the secondary space may be used. */
    private static final long SECONDARY_SPACE = 0x0400_0000L;

    /** PSW-key mask: bits 32 to 47 of CR3, for keys 0 to 15. */
    private static final long KEY_0_ALLOWED = 0x8000_0000L;

    private static final int KEY_SHIFT = 52;
    private static final int SPACE_SHIFT = 46;

    // The address-space control as the instructions have it, its bits the other way round than in the PSW.
    private static final int PRIMARY = 0;
    private static final int SECONDARY = 1;
    private static final int HOME = 3;

    private AddressSpaces() {}

    static void define(Definitions on) {
        on.s(0xb20a, "spka", (c, m, a) -> setKey(c, (int) (a >>> 4) & 0xf));
        on.s(0xb20b, "ipk", (c, m, a) -> {
            checkExtraction(c);
            c.gr(2, (c.gr(2) & ~0xffL) | ((c.registers().pswMask() & PswMask.KEY) >>> (KEY_SHIFT - 4)));
        });
        on.rre(0xb226, "epar", (c, r1, r2) -> c.gr32(r1, addressSpaceNumber(c, 4)));
        on.rre(0xb227, "esar", (c, r1, r2) -> c.gr32(r1, addressSpaceNumber(c, 3)));
        on.rre(0xb224, "iac", (c, r1, r2) -> {
            checkTranslation(c);
            checkExtraction(c);
            int control = control(c);
            c.gr(r1, (c.gr(r1) & ~0xff00L) | control << 8);
            c.cc(control);
        });
        on.s(0xb219, "sac", (c, m, a) -> {
            setControl(c, a);
            m.serialize();
        });
        on.s(0xb279, "sacf", (c, m, a) -> setControl(c, a));
    }

    private static void setKey(Cpu c, int key) {
        if (c.isProblemState() && (c.registers().control(3) & (KEY_0_ALLOWED >> key)) == 0) {
            throw ProgramException.PRIVILEGED_OPERATION;
        }
        c.pswBits(PswMask.KEY, (long) key << KEY_SHIFT);
    }

    private static void checkExtraction(Cpu c) {
        if (c.isProblemState() && (c.registers().control(0) & EXTRACTION_AUTHORITY) == 0) {
            throw ProgramException.PRIVILEGED_OPERATION;
        }
    }

    private static void checkTranslation(Cpu c) {
        if ((c.registers().pswMask() & PswMask.DAT) == 0) {
            throw ProgramException.SPECIAL_OPERATION;
        }
    }

    private static int addressSpaceNumber(Cpu c, int controlRegister) {
        checkTranslation(c);
        checkExtraction(c);
        return (int) c.registers().control(controlRegister) & 0xffff;
    }

    private static int control(Cpu c) {
        int bits = (int) ((c.registers().pswMask() & PswMask.ADDRESS_SPACE_CONTROL) >>> SPACE_SHIFT);
        return (bits & 1) << 1 | bits >> 1;
    }

    /** Bits 52 to 55 of the address name the space. */
    private static void setControl(Cpu c, long address) {
        checkTranslation(c);
        if ((c.registers().control(0) & SECONDARY_SPACE) == 0) {
            throw ProgramException.SPECIAL_OPERATION;
        }
        int control = (int) (address >>> 8) & 0xf;
        if (control == HOME && c.isProblemState()) {
            throw ProgramException.PRIVILEGED_OPERATION;
        }
        switch (control) {
            case PRIMARY, SECONDARY, HOME ->
                c.pswBits(PswMask.ADDRESS_SPACE_CONTROL, (long) ((control & 1) << 1 | control >> 1) << SPACE_SHIFT);
            case 2 -> throw ProgramException.SPECIAL_OPERATION; // access registers
            default -> throw ProgramException.SPECIFICATION;
        }
    }
}
