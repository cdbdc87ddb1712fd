package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Comparisons of operands whose addresses and lengths are in even-odd pairs of registers, the shorter one padded; and their
 * checksum. Condition code 0 equal, 1 first low, 2 first high: the registers then point to what differs.
 *
 * <p>An execution looks at {@link LongMoves#UNIT} bytes at most. COMPARE LOGICAL LONG is then executed again; the others end with
 * condition code 3. Source: Principles of Operation, chapter General Instructions.
 */
final class LongComparisons {
    private static final int LENGTH_24 = 0xff_ffff;

    private LongComparisons() {}

    static void define(Definitions on) {
        on.rr(0x0f, "clcl", (c, r1, r2) -> compareLong(c, c.storage(), r1, r2));
        on.rs(0xa9, "clcle", (c, m, r1, r3, a) -> extended(c, m, r1, r3, ((int) a & 0xff) * 0x0101, 1));
        on.rsy(0xeb8f, "clclu", (c, m, r1, r3, a) -> extended(c, m, r1, r3, (int) a & 0xffff, 2));
        on.rre(0xb241, "cksm", (c, r1, r2) -> checksum(c, c.storage(), r1, r2));
    }

    private static void compareLong(Cpu c, Storage m, int r1, int r2) {
        Cpu.even(r1);
        Cpu.even(r2);
        LongOperand first = new LongOperand(c, r1, c.gr32(r1 + 1) & LENGTH_24, false);
        LongOperand second = new LongOperand(c, r2, c.gr32(r2 + 1) & LENGTH_24, false);
        if (!isDecided(c, m, first, second, (c.gr32(r2 + 1) >>> 24) * 0x0101, 1)) {
            c.repeat();
        }
    }

    private static void extended(Cpu c, Storage m, int r1, int r3, int padding, int width) {
        Cpu.even(r1);
        Cpu.even(r3);
        LongOperand first = new LongOperand(c, r1, LongOperand.extendedLength(c, r1), true);
        LongOperand second = new LongOperand(c, r3, LongOperand.extendedLength(c, r3), true);
        if (((first.length() | second.length()) & (width - 1)) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        if (!isDecided(c, m, first, second, padding, width)) {
            c.cc(3);
        }
    }

    /** Sets the condition code, unless there is more to compare. */
    private static boolean isDecided(Cpu c, Storage m, LongOperand first, LongOperand second, int padding, int width) {
        int room = LongMoves.UNIT;
        first.save();
        second.save();
        while (first.length() != 0 || second.length() != 0) {
            if (room <= 0) {
                return false;
            }
            int count = within(within(room, first), second) & -width;
            int equal;
            if (count == 0) { // a character that crosses from one page into the next
                count = width;
                equal = character(m, first, padding) == character(m, second, padding) ? width : 0;
            } else {
                equal = equalBytes(m, first, second, count, padding) & -width;
            }
            advance(first, equal);
            advance(second, equal);
            if (equal < count) {
                int order = width == 1
                        ? Integer.compare(left(m, first, padding), left(m, second, padding))
                        : Integer.compare(character(m, first, padding), character(m, second, padding));
                c.ccCompare(order);
                return true;
            }
            room -= count;
        }
        c.cc(0);
        return true;
    }

    /** An operand that has ended does not limit the other one. */
    private static int within(int count, LongOperand operand) {
        return operand.length() == 0 ? count : operand.within(count);
    }

    private static void advance(LongOperand operand, int count) {
        if (operand.length() != 0) {
            operand.advance(count);
        }
    }

    private static int left(Storage m, LongOperand operand, int padding) {
        return operand.length() == 0 ? padding & 0xff : m.load8(operand.address());
    }

    private static int character(Storage m, LongOperand operand, int padding) {
        return (operand.length() == 0 ? padding : m.load16(operand.address())) & 0xffff;
    }

    private static int equalBytes(Storage m, LongOperand first, LongOperand second, int count, int padding) {
        if (first.length() == 0) {
            return equalToPadding(m, second.address(), count, padding);
        }
        if (second.length() == 0) {
            return equalToPadding(m, first.address(), count, padding);
        }
        return Pages.equalBytes(m, first.address(), second.address(), count);
    }

    private static int equalToPadding(Storage m, long address, int count, int padding) {
        int i = 0;
        while (i < count && m.load8(address + i) == ((i & 1) == 0 ? padding >>> 8 : padding & 0xff)) {
            i++;
        }
        return i;
    }

    /** Adds words, with the carry coming in again on the right; zeros follow the last byte. */
    private static void checksum(Cpu c, Storage m, int r1, int r2) {
        Cpu.even(r2);
        LongOperand operand = new LongOperand(c, r2, LongOperand.extendedLength(c, r2), true);
        long sum = Integer.toUnsignedLong(c.gr32(r1));
        int count =
                (int) (Long.compareUnsigned(operand.length(), LongMoves.UNIT) < 0 ? operand.length() : LongMoves.UNIT);
        long address = operand.address();
        int i = 0;
        for (; i <= count - Integer.BYTES; i += Integer.BYTES) {
            sum += Integer.toUnsignedLong(m.load32((address + i) & c.addressMask()));
        }
        for (; i < count; i++) {
            sum += (long) m.load8((address + i) & c.addressMask()) << (24 - Byte.SIZE * (i & 3));
        }
        sum = (sum & 0xffff_ffffL) + (sum >>> 32);
        c.gr32(r1, (int) (sum + (sum >>> 32)));
        operand.advance(count);
        c.cc(operand.length() == 0 ? 0 : 3);
    }
}
