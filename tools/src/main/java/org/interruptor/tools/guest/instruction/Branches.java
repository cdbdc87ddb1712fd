package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/** Branches, EXECUTE and the addressing modes. Source: Principles of Operation, chapter General Instructions. */
final class Branches {
    private static final long ADDRESSING_MODE = PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;

    private static final int MASK_24 = 0xff_ffff;
    private static final long BIT_32 = 0x8000_0000L;

    private Branches() {}

    static void define(Definitions on) {
        onCondition(on);
        andSave(on);
        onCount(on);
        onIndex(on);
        execute(on);
        addressingMode(on);
    }

    private static void onCondition(Definitions on) {
        on.rr(0x07, "bcr", (c, mask, r2) -> {
            if (r2 == 0) {
                if (mask >= 14) {
                    c.storage().serialize();
                }
            } else if (c.isSelected(mask)) {
                c.branch(c.gr(r2));
            }
        });
        on.rx(0x47, "bc", (c, m, mask, a) -> branchIf(c, c.isSelected(mask), a));
        on.riBranch(0xa74, "brc", (c, mask, a) -> branchIf(c, c.isSelected(mask), a));
        on.rilRelative(0xc04, "brcl", (c, mask, a) -> branchIf(c, c.isSelected(mask), a));
    }

    private static void andSave(Definitions on) {
        on.rr(0x0d, "basr", (c, r1, r2) -> {
            long target = c.gr(r2);
            c.link(r1);
            branchIf(c, r2 != 0, target);
        });
        on.rx(0x4d, "bas", (c, m, r1, a) -> linkAndBranch(c, r1, a));
        on.rr(0x05, "balr", (c, r1, r2) -> {
            long target = c.gr(r2);
            linkAll(c, r1);
            branchIf(c, r2 != 0, target);
        });
        on.rx(0x45, "bal", (c, m, r1, a) -> {
            linkAll(c, r1);
            c.branch(a);
        });
        on.riBranch(0xa75, "bras", Branches::linkAndBranch);
        on.rilRelative(0xc05, "brasl", Branches::linkAndBranch);
    }

    private static void onCount(Definitions on) {
        on.rr(0x06, "bctr", (c, r1, r2) -> {
            long target = c.gr(r2);
            branchIf(c, isLeft32(c, r1) && r2 != 0, target);
        });
        on.rre(0xb946, "bctgr", (c, r1, r2) -> {
            long target = c.gr(r2);
            branchIf(c, isLeft64(c, r1) && r2 != 0, target);
        });
        on.rx(0x46, "bct", (c, m, r1, a) -> branchIf(c, isLeft32(c, r1), a));
        on.rxy(0xe346, "bctg", (c, m, r1, a) -> branchIf(c, isLeft64(c, r1), a));
        on.riBranch(0xa76, "brct", (c, r1, a) -> branchIf(c, isLeft32(c, r1), a));
        on.riBranch(0xa77, "brctg", (c, r1, a) -> branchIf(c, isLeft64(c, r1), a));
    }

    private static void onIndex(Definitions on) {
        on.rs(0x86, "bxh", (c, m, r1, r3, a) -> branchIf(c, isHigh32(c, r1, r3), a));
        on.rs(0x87, "bxle", (c, m, r1, r3, a) -> branchIf(c, !isHigh32(c, r1, r3), a));
        on.rsy(0xeb44, "bxhg", (c, m, r1, r3, a) -> branchIf(c, isHigh64(c, r1, r3), a));
        on.rsy(0xeb45, "bxleg", (c, m, r1, r3, a) -> branchIf(c, !isHigh64(c, r1, r3), a));
        on.rsi(0x84, "brxh", (c, r1, r3, a) -> branchIf(c, isHigh32(c, r1, r3), a));
        on.rsi(0x85, "brxle", (c, r1, r3, a) -> branchIf(c, !isHigh32(c, r1, r3), a));
        on.rieE(0xec44, "brxhg", (c, r1, r3, a) -> branchIf(c, isHigh64(c, r1, r3), a));
        on.rieE(0xec45, "brxlg", (c, r1, r3, a) -> branchIf(c, !isHigh64(c, r1, r3), a));
    }

    private static void execute(Definitions on) {
        on.rx(0x44, "ex", (c, m, r1, a) -> executeTarget(c, r1, a));
        on.rilRelative(0xc60, "exrl", Branches::executeTarget);
    }

    private static void addressingMode(Definitions on) {
        on.rr(0x0b, "bsm", (c, r1, r2) -> {
            long target = c.gr(r2);
            if (r1 != 0) {
                c.gr(r1, withMode(c, c.gr(r1)));
            }
            if (r2 != 0) {
                branchWithMode(c, target);
            }
        });
        on.rr(0x0c, "bassm", (c, r1, r2) -> {
            long target = c.gr(r2);
            c.link(r1);
            if (c.isMode64()) {
                c.gr(r1, c.gr(r1) | 1);
            }
            if (r2 != 0) {
                branchWithMode(c, target);
            }
        });
        on.e(0x010c, "sam24", c -> addressingMode(c, 0, 24));
        on.e(0x010d, "sam31", c -> addressingMode(c, PswMask.BASIC_ADDRESSING, 31));
        on.e(0x010e, "sam64", c -> addressingMode(c, ADDRESSING_MODE, 64));
        on.e(0x010b, "tam", c -> {
            long mode = c.registers().pswMask() & ADDRESSING_MODE;
            c.cc(mode == 0 ? 0 : mode == PswMask.BASIC_ADDRESSING ? 1 : 3);
        });
    }

    /** In the 24-bit mode the link has more: instruction length, condition code and program mask, in bits 32 to 39. */
    private static void linkAll(Cpu c, int r1) {
        c.link(r1);
        if (c.addressMask() == MASK_24) {
            int codeAndMask = (int) (c.registers().pswMask() >>> 40) & 0x3f;
            int length = Storage.length((long) c.registers().ipa() << 48) / 2;
            c.gr32(r1, (c.gr32(r1) & MASK_24) | codeAndMask << 24 | length << 30);
        }
    }

    /** An address with the current mode: bit 63 for 64 bits, else bit 32 for 31 bits. */
    private static long withMode(Cpu c, long value) {
        if (c.isMode64()) {
            return value | 1;
        }
        return c.addressMask() == MASK_24 ? value & ~BIT_32 : value | BIT_32;
    }

    private static void branchWithMode(Cpu c, long target) {
        if ((target & 1) != 0) {
            c.pswBits(ADDRESSING_MODE, ADDRESSING_MODE);
            c.branch(target & -2);
        } else {
            c.pswBits(ADDRESSING_MODE, (target & BIT_32) != 0 ? PswMask.BASIC_ADDRESSING : 0);
            c.branch(target);
        }
    }

    private static void branchIf(Cpu c, boolean condition, long target) {
        if (condition) {
            c.branch(target);
        }
    }

    private static void linkAndBranch(Cpu c, int r1, long target) {
        c.link(r1);
        c.branch(target);
    }

    /** Counts down: whether something is left. */
    private static boolean isLeft32(Cpu c, int r1) {
        c.gr32(r1, c.gr32(r1) - 1);
        return c.gr32(r1) != 0;
    }

    private static boolean isLeft64(Cpu c, int r1) {
        c.gr(r1, c.gr(r1) - 1);
        return c.gr(r1) != 0;
    }

    /** Adds the increment: whether the sum is above the comparand, which is in the odd register of the pair or in the same one. */
    private static boolean isHigh32(Cpu c, int r1, int r3) {
        int increment = c.gr32(r3);
        int comparand = c.gr32(r3 | 1);
        c.gr32(r1, c.gr32(r1) + increment);
        return c.gr32(r1) > comparand;
    }

    private static boolean isHigh64(Cpu c, int r1, int r3) {
        long increment = c.gr(r3);
        long comparand = c.gr(r3 | 1);
        c.gr(r1, c.gr(r1) + increment);
        return c.gr(r1) > comparand;
    }

    /** Executes the target with bits 8 to 15 ORed from a register, unless that is register 0. */
    private static void executeTarget(Cpu c, int r1, long address) {
        long target = c.storage().fetch(address) | (r1 == 0 ? 0 : (c.gr(r1) & 0xff) << 48);
        int opcode = (int) (target >>> 56);
        if (opcode == 0x44 || (opcode == 0xc6 && Fields.r2(target) == 0)) {
            throw ProgramException.EXECUTE;
        }
        Instruction instruction = InstructionTable.all().find(target);
        if (instruction == null) {
            throw ProgramException.OPERATION;
        }
        c.relativeTo(address);
        instruction.execute(c, target);
    }

    private static void addressingMode(Cpu c, long mode, int bits) {
        if (bits < 64 && c.registers().pswAddress() >>> bits != 0) {
            throw ProgramException.SPECIFICATION;
        }
        c.pswBits(ADDRESSING_MODE, mode);
    }
}
