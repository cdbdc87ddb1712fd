package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Moves of digits between zoned, packed, ASCII and Unicode form, without looking whether they are valid, and moves of bytes in other
 * orders. Operands are processed from the right, byte by byte, so that overlapping ones come out as the architecture says. Source:
 * Principles of Operation, chapter General Instructions.
 */
final class DigitMoves {
    private static final int ZONE = 0xf0;
    private static final int ASCII_ZONE = 0x30;
    private static final int PACKED_LENGTH = 16;

    private DigitMoves() {}

    static void define(Definitions on) {
        on.ssNibbles(0xf2, "pack", (c, m, l1, l2, a1, a2) -> pack(m, l1 + 1, l2 + 1, a1, a2));
        on.ssNibbles(0xf3, "unpk", (c, m, l1, l2, a1, a2) -> unpack(m, l1 + 1, l2 + 1, a1, a2));
        on.ssNibbles(0xf1, "mvo", (c, m, l1, l2, a1, a2) -> moveWithOffset(m, l1 + 1, l2 + 1, a1, a2));
        on.ss(0xe9, "pka", (c, m, length, a1, a2) -> packCharacters(m, length, a1, a2, 1));
        on.ss(0xe1, "pku", (c, m, length, a1, a2) -> packCharacters(m, length, a1, a2, 2));
        on.ss(0xea, "unpka", (c, m, length, a1, a2) -> unpackCharacters(c, m, length, a1, a2, 1));
        on.ss(0xe2, "unpku", (c, m, length, a1, a2) -> unpackCharacters(c, m, length, a1, a2, 2));
        on.ss(0xe8, "mvcin", (c, m, length, a1, a2) -> {
            m.checkStore(a1, length);
            m.check(a2 - length + 1, length);
            for (int i = 0; i < length; i++) {
                m.store8(a1 + i, m.load8(a2 - i));
            }
        });
        on.ssNibbles(0xef, "lmd", (c, m, r1, r3, a2, a4) -> {
            int count = Loads.count(r1, r3);
            m.check(a2, 4 * count);
            m.check(a4, 4 * count);
            for (int i = 0; i < count; i++) {
                long high = (long) m.load32(a2 + 4L * i) << 32;
                c.gr((r1 + i) & 15, high | Integer.toUnsignedLong(m.load32(a4 + 4L * i)));
            }
        });
    }

    private static int swapped(int value) {
        return (value << 4 | value >>> 4) & 0xff;
    }

    private static void pack(Storage m, int length1, int length2, long a1, long a2) {
        m.checkStore(a1, length1);
        m.check(a2, length2);
        int from = length2 - 1;
        m.store8(a1 + length1 - 1, swapped(m.load8(a2 + from)));
        from--;
        for (int to = length1 - 2; to >= 0; to--) {
            int right = from >= 0 ? m.load8(a2 + from) & 0xf : 0;
            int left = from >= 1 ? m.load8(a2 + from - 1) & 0xf : 0;
            m.store8(a1 + to, left << 4 | right);
            from -= 2;
        }
    }

    private static void unpack(Storage m, int length1, int length2, long a1, long a2) {
        m.checkStore(a1, length1);
        m.check(a2, length2);
        m.store8(a1 + length1 - 1, swapped(m.load8(a2 + length2 - 1)));
        int to = length1 - 2;
        for (int from = length2 - 2; to >= 0; from--) {
            int value = from >= 0 ? m.load8(a2 + from) : 0;
            m.store8(a1 + to, ZONE | (value & 0xf));
            if (to >= 1) {
                m.store8(a1 + to - 1, ZONE | value >>> 4);
            }
            to -= 2;
        }
    }

    /** The second operand goes to the left of the last four bits of the first. */
    private static void moveWithOffset(Storage m, int length1, int length2, long a1, long a2) {
        m.checkStore(a1, length1);
        m.check(a2, length2);
        int low = m.load8(a1 + length1 - 1) & 0xf;
        for (int i = 1; i <= length1; i++) {
            int value = i <= length2 ? m.load8(a2 + length2 - i) : 0;
            m.store8(a1 + length1 - i, (value << 4 | low) & 0xff);
            low = value >>> 4;
        }
    }

    private static void checkCharacters(int length, int width) {
        if (length > 32 * width || length % width != 0) {
            throw ProgramException.SPECIFICATION;
        }
    }

    /** The last digits of characters become 16 bytes, with a plus. */
    private static void packCharacters(Storage m, int length, long a1, long a2, int width) {
        checkCharacters(length, width);
        m.checkStore(a1, PACKED_LENGTH);
        m.check(a2, length);
        int[] digits = new int[2 * PACKED_LENGTH];
        digits[2 * PACKED_LENGTH - 1] = 0xc;
        int from = length - 1;
        for (int i = 2 * PACKED_LENGTH - 2; i >= 0 && from >= 0; i--) {
            digits[i] = m.load8(a2 + from) & 0xf;
            from -= width;
        }
        for (int i = 0; i < PACKED_LENGTH; i++) {
            m.store8(a1 + i, digits[2 * i] << 4 | digits[2 * i + 1]);
        }
    }

    /** Condition code 0 for a plus, 1 for a minus, 3 for an invalid sign. */
    private static void unpackCharacters(Cpu c, Storage m, int length, long a1, long a2, int width) {
        checkCharacters(length, width);
        m.checkStore(a1, length);
        m.check(a2, PACKED_LENGTH);
        int[] digits = new int[2 * PACKED_LENGTH];
        for (int i = 0; i < PACKED_LENGTH; i++) {
            digits[2 * i] = m.load8(a2 + i) >>> 4;
            digits[2 * i + 1] = m.load8(a2 + i) & 0xf;
        }
        int sign = digits[2 * PACKED_LENGTH - 1];
        int next = 2 * PACKED_LENGTH - 2;
        for (int to = length - width; to >= 0; to -= width) {
            int character = ASCII_ZONE | (next >= 0 ? digits[next] : 0);
            next--;
            if (width == 1) {
                m.store8(a1 + to, character);
            } else {
                m.store16(a1 + to, character);
            }
        }
        c.cc(sign < 0xa ? 3 : PackedDecimal.isMinus(sign) ? 1 : 0);
    }
}
