package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Translations of characters by tables, and searches. An execution processes {@link #UNIT} characters at most, and ends with condition
 * code 3 if there are more: 0 all were processed, 1 a character that ends it was found. The registers follow each character. Source:
 * Principles of Operation, chapter General Instructions.
 */
final class Translations {
    /** Characters that one execution processes at most. */
    private static final int UNIT = 256;

    /** The modifier that says to look for no test character. */
    private static final int NO_TEST = 1;

    private Translations() {}

    static void define(Definitions on) {
        on.rre(0xb2a5, "tre", (c, r1, r2) -> translateExtended(c, c.storage(), r1, r2));
        on.rrf(0xb990, "trtt", (c, r1, r2, m3) -> translate(c, c.storage(), r1, r2, m3, 2, 2));
        on.rrf(0xb991, "trto", (c, r1, r2, m3) -> translate(c, c.storage(), r1, r2, m3, 2, 1));
        on.rrf(0xb992, "trot", (c, r1, r2, m3) -> translate(c, c.storage(), r1, r2, m3, 1, 2));
        on.rrf(0xb993, "troo", (c, r1, r2, m3) -> translate(c, c.storage(), r1, r2, m3, 1, 1));
        on.ss(0xd0, "trtr", Translations::translateAndTestReverse);
        on.rre(0xb9be, "srstu", (c, r1, r2) -> searchUnicode(c, c.storage(), r1, r2));
        on.rre(0xb257, "cuse", (c, r1, r2) -> compareUntilEqual(c, c.storage(), r1, r2));
    }

    private static int load(Storage m, long address, int width) {
        return width == 1 ? m.load8(address) : m.load16(address) & 0xffff;
    }

    private static void translateExtended(Cpu c, Storage m, int r1, int r2) {
        Cpu.even(r1);
        LongOperand operand = new LongOperand(c, r1, LongOperand.extendedLength(c, r1), true);
        long table = c.grAddress(r2);
        int test = c.gr32(0) & 0xff;
        for (int i = 0; i < UNIT; i++) {
            if (operand.length() == 0) {
                c.cc(0);
                return;
            }
            int character = m.load8(operand.address());
            if (character == test) {
                c.cc(1);
                return;
            }
            m.store8(operand.address(), m.load8((table + character) & c.addressMask()));
            operand.advance(1);
        }
        c.cc(operand.length() == 0 ? 0 : 3);
    }

    /** The table is on a doubleword. Register 0 has the test character, which the table gives instead of one. */
    private static void translate(Cpu c, Storage m, int r1, int r2, int m3, int from, int to) {
        Cpu.even(r1);
        long length = LongOperand.extendedLength(c, r1);
        if (length % from != 0) {
            throw ProgramException.SPECIFICATION;
        }
        long table = c.grAddress(1) & -8;
        int test = c.gr32(0) & (to == 1 ? 0xff : 0xffff);
        for (int i = 0; i < UNIT; i++) {
            if (length == 0) {
                c.cc(0);
                return;
            }
            long source = c.grAddress(r2);
            long target = c.grAddress(r1);
            int character = load(m, source, from);
            int function = load(m, (table + (long) character * to) & c.addressMask(), to);
            if ((m3 & NO_TEST) == 0 && function == test) {
                c.cc(1);
                return;
            }
            if (to == 1) {
                m.store8(target, function);
            } else {
                m.store16(target, function);
            }
            length -= from;
            c.grAddress(r1, (target + to) & c.addressMask());
            c.grAddress(r2, (source + from) & c.addressMask());
            if (c.isMode64()) {
                c.gr(r1 + 1, length);
            } else {
                c.gr32(r1 + 1, (int) length);
            }
        }
        c.cc(length == 0 ? 0 : 3);
    }

    /** Condition code 1 found, 2 found in the last byte, which is the leftmost. */
    private static void translateAndTestReverse(Cpu c, Storage m, int length, long a1, long a2) {
        for (int i = 0; i < length; i++) {
            int function = m.load8(a2 + m.load8(a1 - i));
            if (function != 0) {
                c.grAddress(1, a1 - i);
                c.gr(2, (c.gr(2) & ~0xffL) | function);
                c.cc(i == length - 1 ? 2 : 1);
                return;
            }
        }
        c.cc(0);
    }

    /** As SEARCH STRING, with characters of two bytes. */
    private static void searchUnicode(Cpu c, Storage m, int r1, int r2) {
        if ((c.gr32(0) & 0xffff_0000) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        int wanted = c.gr32(0);
        long end = c.grAddress(r1);
        long from = c.grAddress(r2);
        for (int i = 0; i < UNIT; i++) {
            // The end may be reached on the other side of the last character, when one address is odd and the other
            // even.
            if (from == end || from == ((end + 1) & c.addressMask())) {
                c.cc(2);
                return;
            }
            if (load(m, from, 2) == wanted) {
                c.grAddress(r1, from);
                c.cc(1);
                return;
            }
            from = (from + 2) & c.addressMask();
        }
        c.grAddress(r2, from);
        c.cc(3);
    }

    /**
     * Looks for so many equal bytes at the same places of both operands: register 0 says how many, register 1 the padding. Condition
     * code 0 found; 1 the operands end in the middle of such bytes; 2 they end otherwise; 3 there are more.
     */
    private static void compareUntilEqual(Cpu c, Storage m, int r1, int r2) {
        Cpu.even(r1);
        Cpu.even(r2);
        LongOperand first = new LongOperand(c, r1, LongOperand.extendedLength(c, r1), true);
        LongOperand second = new LongOperand(c, r2, LongOperand.extendedLength(c, r2), true);
        int wanted = c.gr32(0) & 0xff;
        if (wanted == 0) {
            c.cc(0);
            return;
        }
        Mark mark = new Mark();
        try {
            c.cc(search(c, m, first, second, wanted, mark, r1, r2));
        } finally { // also where an exception comes in the middle of equal bytes
            mark.putBack(c, r1, r2);
        }
    }

    private static int search(
            Cpu c, Storage m, LongOperand first, LongOperand second, int wanted, Mark mark, int r1, int r2) {
        int padding = c.gr32(1) & 0xff;
        for (int i = 0; i < UNIT + wanted; i++) {
            if (first.length() == 0 && second.length() == 0) {
                return mark.count > 0 ? 1 : 2;
            }
            int a = first.length() == 0 ? padding : m.load8(first.address());
            int b = second.length() == 0 ? padding : m.load8(second.address());
            if (a == b) {
                mark.count(c, r1, r2);
            } else {
                mark.count = 0;
            }
            advance(first);
            advance(second);
            if (mark.count == wanted) {
                return 0;
            }
        }
        return 3;
    }

    private static void advance(LongOperand operand) {
        if (operand.length() != 0) {
            operand.advance(1);
        }
    }

    /** Equal bytes so far, and the registers at the first of them. */
    private static final class Mark {
        private int count;
        private final long[] registers = new long[4];

        void count(Cpu c, int r1, int r2) {
            if (count == 0) {
                registers[0] = c.gr(r1);
                registers[1] = c.gr(r1 + 1);
                registers[2] = c.gr(r2);
                registers[3] = c.gr(r2 + 1);
            }
            count++;
        }

        void putBack(Cpu c, int r1, int r2) {
            if (count > 0) {
                c.gr(r1, registers[0]);
                c.gr(r1 + 1, registers[1]);
                c.gr(r2, registers[2]);
                c.gr(r2 + 1, registers[3]);
            }
        }
    }
}
