package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Shifts and rotations: by the low six bits of the second operand's address, 0 to 63 bits, also of 32-bit operands. Those
 * with sign set the condition code by the result. Source: Principles of Operation, chapter General Instructions.
 */
final class Shifts {
    private Shifts() {}

    static void define(Definitions on) {
        on.rs(0x88, "srl", (c, m, r1, r3, a) -> c.gr32(r1, (int) (unsigned(c.gr32(r1)) >>> a)));
        on.rs(0x89, "sll", (c, m, r1, r3, a) -> c.gr32(r1, (int) (unsigned(c.gr32(r1)) << a)));
        on.rs(0x8a, "sra", (c, m, r1, r3, a) -> right32(c, r1, c.gr32(r1), a));
        on.rs(0x8b, "sla", (c, m, r1, r3, a) -> left32(c, r1, c.gr32(r1), a));
        on.rs(0x8c, "srdl", (c, m, r1, r3, a) -> c.pair32(r1, c.pair32(r1) >>> a));
        on.rs(0x8d, "sldl", (c, m, r1, r3, a) -> c.pair32(r1, c.pair32(r1) << a));
        on.rs(0x8e, "srda", (c, m, r1, r3, a) -> {
            c.pair32(r1, c.pair32(r1) >> a);
            c.ccSign(c.pair32(r1));
        });
        on.rs(0x8f, "slda", (c, m, r1, r3, a) -> {
            long value = c.pair32(r1);
            c.pair32(r1, shiftedLeft(value, a));
            Arithmetic.end(c, c.pair32(r1), isOverflow(value, a));
        });

        on.rsy(0xebde, "srlk", (c, m, r1, r3, a) -> c.gr32(r1, (int) (unsigned(c.gr32(r3)) >>> a)));
        on.rsy(0xebdf, "sllk", (c, m, r1, r3, a) -> c.gr32(r1, (int) (unsigned(c.gr32(r3)) << a)));
        on.rsy(0xebdc, "srak", (c, m, r1, r3, a) -> right32(c, r1, c.gr32(r3), a));
        on.rsy(0xebdd, "slak", (c, m, r1, r3, a) -> left32(c, r1, c.gr32(r3), a));

        on.rsy(0xeb0c, "srlg", (c, m, r1, r3, a) -> c.gr(r1, c.gr(r3) >>> a));
        on.rsy(0xeb0d, "sllg", (c, m, r1, r3, a) -> c.gr(r1, c.gr(r3) << a));
        on.rsy(0xeb0a, "srag", (c, m, r1, r3, a) -> {
            c.gr(r1, c.gr(r3) >> a);
            c.ccSign(c.gr(r1));
        });
        on.rsy(0xeb0b, "slag", (c, m, r1, r3, a) -> {
            long value = c.gr(r3);
            c.gr(r1, shiftedLeft(value, a));
            Arithmetic.end(c, c.gr(r1), isOverflow(value, a));
        });

        on.rsy(0xeb1d, "rll", (c, m, r1, r3, a) -> c.gr32(r1, Integer.rotateLeft(c.gr32(r3), (int) a)));
        on.rsy(0xeb1c, "rllg", (c, m, r1, r3, a) -> c.gr(r1, Long.rotateLeft(c.gr(r3), (int) a)));
    }

    // Shifts of a long by a long take its low six bits, as the architecture does.

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static void right32(Cpu c, int r1, long value, long amount) {
        int result = (int) (value >> amount);
        c.gr32(r1, result);
        c.ccSign(result);
    }

    /** The sign stays, the other 31 bits are shifted; overflow where one unlike the sign is lost. */
    private static void left32(Cpu c, int r1, int value, long amount) {
        // In the left half of a doubleword the same bits are lost, and the same zeros come in.
        long wide = (long) value << 32;
        int result = (int) (shiftedLeft(wide, amount) >> 32);
        c.gr32(r1, result);
        Arithmetic.end(c, result, isOverflow(wide, amount));
    }

    private static long shiftedLeft(long value, long amount) {
        return (value & Long.MIN_VALUE) | ((value << amount) & Long.MAX_VALUE);
    }

    private static boolean isOverflow(long value, long amount) {
        return value << amount >> amount != value;
    }
}
