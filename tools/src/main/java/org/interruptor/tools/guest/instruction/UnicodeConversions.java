package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Conversions between UTF-8, UTF-16 and UTF-32. Condition code 0 the source has ended, also in the middle of a character; 1 there is no
 * room for the next character; 2 the next character is invalid; 3 there are more. The registers follow each character. Source:
 * Principles of Operation, chapter General Instructions.
 */
final class UnicodeConversions {
    /** Characters that one execution converts at most. */
    private static final int UNIT = 256;

    /** The modifier that asks for UTF-8 and UTF-16 to be well formed. */
    private static final int CHECKED = 1;

    // What a decoder says instead of a character.
    private static final int TOO_SHORT = -1;
    private static final int INVALID = -2;

    private UnicodeConversions() {}

    /** Finds the next character: the character in the left half, the bytes that it takes in the right one. */
    @FunctionalInterface
    private interface Decoder {
        long next(Storage m, LongOperand source, Cpu c, boolean isChecked);
    }

    static void define(Definitions on) {
        on.rrf(0xb2a6, "cu21", (c, r1, r2, m3) -> convert(c, r1, r2, m3, UnicodeConversions::utf16, 8));
        on.rrf(0xb2a7, "cu12", (c, r1, r2, m3) -> convert(c, r1, r2, m3, UnicodeConversions::utf8, 16));
        on.rrf(0xb9b0, "cu14", (c, r1, r2, m3) -> convert(c, r1, r2, m3, UnicodeConversions::utf8, 32));
        on.rrf(0xb9b1, "cu24", (c, r1, r2, m3) -> convert(c, r1, r2, m3, UnicodeConversions::utf16, 32));
        on.rre(0xb9b2, "cu41", (c, r1, r2) -> convert(c, r1, r2, 0, UnicodeConversions::utf32, 8));
        on.rre(0xb9b3, "cu42", (c, r1, r2) -> convert(c, r1, r2, 0, UnicodeConversions::utf32, 16));
    }

    private static void convert(Cpu c, int r1, int r2, int m3, Decoder decoder, int bits) {
        Cpu.even(r1);
        Cpu.even(r2);
        Storage m = c.storage();
        LongOperand target = new LongOperand(c, r1, LongOperand.extendedLength(c, r1), true);
        LongOperand source = new LongOperand(c, r2, LongOperand.extendedLength(c, r2), true);
        for (int i = 0; i < UNIT; i++) {
            long next = decoder.next(m, source, c, (m3 & CHECKED) != 0);
            if (next == TOO_SHORT) {
                c.cc(0);
                return;
            }
            if (next == INVALID) {
                c.cc(2);
                return;
            }
            int character = (int) (next >>> 32);
            int room = encodedLength(character, bits);
            if (Long.compareUnsigned(target.length(), room) < 0) {
                c.cc(1);
                return;
            }
            encode(m, target, c, character, bits, room);
            target.advance(room);
            source.advance((int) next);
        }
        c.cc(source.length() == 0 ? 0 : 3);
    }

    private static long decoded(int character, int bytes) {
        return (long) character << 32 | bytes;
    }

    private static boolean isShorterThan(LongOperand source, int bytes) {
        return Long.compareUnsigned(source.length(), bytes) < 0;
    }

    private static int byteAt(Storage m, LongOperand operand, Cpu c, int offset) {
        return m.load8((operand.address() + offset) & c.addressMask());
    }

    private static int halfwordAt(Storage m, LongOperand operand, Cpu c, int offset) {
        return m.load16((operand.address() + offset) & c.addressMask()) & 0xffff;
    }

    private static long utf8(Storage m, LongOperand source, Cpu c, boolean isChecked) {
        if (isShorterThan(source, 1)) {
            return TOO_SHORT;
        }
        int first = byteAt(m, source, c, 0);
        if (first < 0x80) {
            return decoded(first, 1);
        }
        if (first < 0xc0 || first > 0xf7 || (isChecked && (first < 0xc2 || first > 0xf4))) {
            return INVALID;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (isShorterThan(source, length)) {
            return TOO_SHORT;
        }
        int character = first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            int value = byteAt(m, source, c, i);
            if (isChecked && (value & 0xc0) != 0x80) {
                return INVALID;
            }
            character = character << 6 | (value & 0x3f);
        }
        if (isChecked && (character < (length == 3 ? 0x800 : length == 4 ? 0x1_0000 : 0x80) || !isScalar(character))) {
            return INVALID;
        }
        return decoded(character, length);
    }

    private static boolean isScalar(int character) {
        return character <= 0x10_ffff && (character & 0xffff_f800) != 0xd800;
    }

    private static long utf16(Storage m, LongOperand source, Cpu c, boolean isChecked) {
        if (isShorterThan(source, 2)) {
            return TOO_SHORT;
        }
        int first = halfwordAt(m, source, c, 0);
        if ((first & 0xfc00) != 0xd800) {
            return decoded(first, 2); // also the second half of a pair that lacks its first
        }
        if (isShorterThan(source, 4)) {
            return TOO_SHORT;
        }
        int second = halfwordAt(m, source, c, 2);
        if (isChecked && (second & 0xfc00) != 0xdc00) {
            return INVALID;
        }
        return decoded(0x1_0000 + ((first & 0x3ff) << 10 | (second & 0x3ff)), 4);
    }

    private static long utf32(Storage m, LongOperand source, Cpu c, boolean isChecked) {
        if (isShorterThan(source, 4)) {
            return TOO_SHORT;
        }
        int character = halfwordAt(m, source, c, 0) << 16 | halfwordAt(m, source, c, 2);
        boolean isOne = Integer.compareUnsigned(character, 0x10_ffff) <= 0 && isScalar(character);
        return isOne ? decoded(character, 4) : INVALID;
    }

    private static int encodedLength(int character, int bits) {
        return switch (bits) {
            case 8 -> character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x1_0000 ? 3 : 4;
            case 16 -> character < 0x1_0000 ? 2 : 4;
            default -> 4;
        };
    }

    /** Stores a character from the left, none of it if a part of the target cannot be stored into. */
    private static void encode(Storage m, LongOperand target, Cpu c, int character, int bits, int length) {
        long address = target.address();
        m.checkStore(address, length);
        if (bits == 8) {
            for (int i = 0; i < length; i++) {
                int part = character >>> (6 * (length - 1 - i));
                int value = length == 1 ? part : i > 0 ? 0x80 | (part & 0x3f) : (0xf00 >> length & 0xff) | part;
                m.store8((address + i) & c.addressMask(), value);
            }
        } else if (bits == 16) {
            if (length == 2) {
                m.store16(address, character);
            } else {
                int rest = character - 0x1_0000;
                m.store32(address, (0xd800 | (rest >>> 10 & 0x3ff)) << 16 | 0xdc00 | (rest & 0x3ff));
            }
        } else {
            m.store32(address, character);
        }
    }
}
