package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Floating-point-support instructions: they move operands of any radix, and change signs without looking at the value.
 * Registers 0, 2, 4 and 6 may always be used, the others with the AFP-register control. Source: Principles of Operation,
 * chapter Floating-Point Overview and Support Instructions.
 */
final class FloatingPointSupport {
    private static final long SIGN = Long.MIN_VALUE;

    private FloatingPointSupport() {}

    static void define(Definitions on) {
        storage(on);
        registers(on);
        signs(on);
    }

    private static void storage(Definitions on) {
        on.rx(0x78, "le", FloatingPointSupport::load32);
        on.rxy(0xed64, "ley", FloatingPointSupport::load32);
        on.rx(0x68, "ld", FloatingPointSupport::load64);
        on.rxy(0xed65, "ldy", FloatingPointSupport::load64);
        on.rx(0x70, "ste", FloatingPointSupport::store32);
        on.rxy(0xed66, "stey", FloatingPointSupport::store32);
        on.rx(0x60, "std", FloatingPointSupport::store64);
        on.rxy(0xed67, "stdy", FloatingPointSupport::store64);
    }

    private static void registers(Definitions on) {
        on.rr(0x38, "ler", (c, r1, r2) -> c.fpr32(checked(c, r1), c.fpr32(checked(c, r2))));
        on.rr(0x28, "ldr", (c, r1, r2) -> c.fpr(checked(c, r1), c.fpr(checked(c, r2))));
        on.rre(0xb365, "lxr", (c, r1, r2) -> {
            pair(r1);
            pair(r2);
            checked(c, r1);
            checked(c, r2);
            long high = c.fpr(r2);
            c.fpr(r1 + 2, c.fpr(r2 + 2));
            c.fpr(r1, high);
        });
        on.rre(0xb374, "lzer", (c, r1, r2) -> c.fpr32(checked(c, r1), 0));
        on.rre(0xb375, "lzdr", (c, r1, r2) -> c.fpr(checked(c, r1), 0));
        on.rre(0xb376, "lzxr", (c, r1, r2) -> {
            pair(r1);
            c.fpr(checked(c, r1), 0);
            c.fpr(r1 + 2, 0);
        });
        on.rre(0xb3c1, "ldgr", (c, r1, r2) -> c.fpr(checked(c, r1), c.gr(r2)));
        on.rre(0xb3cd, "lgdr", (c, r1, r2) -> c.gr(r1, c.fpr(checked(c, r2))));
    }

    private static void signs(Definitions on) {
        on.rre(0xb370, "lpdfr", (c, r1, r2) -> c.fpr(checked(c, r1), c.fpr(checked(c, r2)) & ~SIGN));
        on.rre(0xb371, "lndfr", (c, r1, r2) -> c.fpr(checked(c, r1), c.fpr(checked(c, r2)) | SIGN));
        on.rre(0xb373, "lcdfr", (c, r1, r2) -> c.fpr(checked(c, r1), c.fpr(checked(c, r2)) ^ SIGN));
        // The sign of the third register, the rest of the second.
        on.rrf(0xb372, "cpsdr", (c, r1, r2, r3) -> {
            checked(c, r1);
            checked(c, r2);
            checked(c, r3);
            c.fpr(r1, (c.fpr(r3) & SIGN) | (c.fpr(r2) & ~SIGN));
        });
    }

    private static int checked(Cpu c, int number) {
        c.checkFloatingRegister(number);
        return number;
    }

    /**
     * Checks the first register of a pair that has an extended operand: 0, 1, 4, 5, 8, 9, 12 or 13; the second is two on.
     *
     * @throws ProgramException SPECIFICATION for another register.
     */
    static void pair(int number) {
        if ((number & 2) != 0) {
            throw ProgramException.SPECIFICATION;
        }
    }

    private static void load32(Cpu c, Storage m, int r1, long a) {
        c.fpr32(checked(c, r1), m.load32(a));
    }

    private static void load64(Cpu c, Storage m, int r1, long a) {
        c.fpr(checked(c, r1), m.load64(a));
    }

    private static void store32(Cpu c, Storage m, int r1, long a) {
        m.store32(a, c.fpr32(checked(c, r1)));
    }

    private static void store64(Cpu c, Storage m, int r1, long a) {
        m.store64(a, c.fpr(checked(c, r1)));
    }
}
