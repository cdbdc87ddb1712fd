package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Moves of operands whose addresses and lengths are in even-odd pairs of registers, with padding. Condition code 0 both lengths
 * equal, 1 first low, 2 first high.
 *
 * <p>An execution moves {@link #UNIT} bytes at most, and has the registers behind each page. MOVE LONG is then executed again,
 * and what is pending interrupts it; the others end with condition code 3, for the program to go on. Source: Principles of
 * Operation, chapter General Instructions.
 */
final class LongMoves {
    /** Bytes that one execution processes at most. */
    static final int UNIT = 4096;

    private static final int LENGTH_24 = 0xff_ffff;

    private LongMoves() {}

    static void define(Definitions on) {
        on.rr(0x0e, "mvcl", (c, r1, r2) -> moveLong(c, c.storage(), r1, r2));
        on.rs(0xa8, "mvcle", (c, m, r1, r3, a) -> extended(c, m, r1, r3, ((int) a & 0xff) * 0x0101, 1));
        on.rsy(0xeb8e, "mvclu", (c, m, r1, r3, a) -> extended(c, m, r1, r3, (int) a & 0xffff, 2));
    }

    private static void moveLong(Cpu c, Storage m, int r1, int r2) {
        Cpu.even(r1);
        Cpu.even(r2);
        long length1 = c.gr32(r1 + 1) & LENGTH_24;
        long length2 = c.gr32(r2 + 1) & LENGTH_24;
        int padding = (c.gr32(r2 + 1) >>> 24) * 0x0101;
        if (isDestructive(c, r1, r2, Math.min(length1, length2))) {
            c.cc(3);
            return;
        }
        LongOperand first = new LongOperand(c, r1, length1, false);
        LongOperand second = new LongOperand(c, r2, length2, false);
        move(m, first, second, padding, 1);
        end(c, first, length1, length2, true);
    }

    /** Whether a byte of the second operand would be moved after a byte was moved into it. */
    private static boolean isDestructive(Cpu c, int r1, int r2, long length) {
        long distance = (c.grAddress(r1) - c.grAddress(r2)) & c.addressMask();
        return distance != 0 && Long.compareUnsigned(distance, length) < 0;
    }

    private static void extended(Cpu c, Storage m, int r1, int r3, int padding, int width) {
        Cpu.even(r1);
        Cpu.even(r3);
        long length1 = LongOperand.extendedLength(c, r1);
        long length2 = LongOperand.extendedLength(c, r3);
        if (((length1 | length2) & (width - 1)) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        LongOperand first = new LongOperand(c, r1, length1, true);
        LongOperand second = new LongOperand(c, r3, length2, true);
        move(m, first, second, padding, width);
        end(c, first, length1, length2, false);
    }

    private static void move(Storage m, LongOperand first, LongOperand second, int padding, int width) {
        int room = UNIT;
        second.save();
        first.save();
        while (room > 0 && first.length() != 0) {
            boolean isPadding = second.length() == 0;
            int count = first.within(room);
            count = (isPadding ? count : second.within(count)) & -width;
            if (count == 0) { // a character that crosses from one page into the next
                count = width;
                m.store16(first.address(), isPadding ? padding : m.load16(second.address()));
            } else if (isPadding) {
                Pages.fill(m, first.address(), count, padding, first.length());
            } else {
                Pages.move(m, first.address(), second.address(), count);
            }
            if (!isPadding) {
                second.advance(count);
            }
            first.advance(count);
            room -= count;
        }
    }

    private static void end(Cpu c, LongOperand first, long length1, long length2, boolean isRepeated) {
        if (first.length() == 0) {
            // Both became shorter by the same: their order is that of the lengths that the program has set.
            c.ccCompare(Long.compareUnsigned(length1, length2));
        } else if (isRepeated) {
            c.repeat();
        } else {
            c.cc(3);
        }
    }
}
