package org.interruptor.tools.guest.instruction;

import java.util.function.LongBinaryOperator;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Operand;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.translation.Space;

/**
 * Storage against storage, byte by byte from the left, so that overlapping operands come out as the architecture says. All of
 * both operands is checked first. Source: Principles of Operation, chapter General Instructions.
 */
final class StorageToStorage {
    /** After so many bytes, or at the end of a page, the string instructions end with condition code 3, for the guest to go on. */
    private static final int STRING_LIMIT = 256;

    // The halves of each of eight bytes.
    private static final long LEFT = 0xf0f0_f0f0_f0f0_f0f0L;
    private static final long RIGHT = ~LEFT;

    private StorageToStorage() {}

    static void define(Definitions on) {
        on.ss(0xd2, "mvc", StorageToStorage::move);
        on.ss(0xd1, "mvn", (c, m, length, a1, a2) -> merge(m, length, a1, a2, (x, y) -> (x & LEFT) | (y & RIGHT)));
        on.ss(0xd3, "mvz", (c, m, length, a1, a2) -> merge(m, length, a1, a2, (x, y) -> (x & RIGHT) | (y & LEFT)));
        on.ss(0xd4, "nc", (c, m, length, a1, a2) -> c.cc(merge(m, length, a1, a2, (x, y) -> x & y) ? 1 : 0));
        on.ss(0xd6, "oc", (c, m, length, a1, a2) -> c.cc(merge(m, length, a1, a2, (x, y) -> x | y) ? 1 : 0));
        on.ss(0xd7, "xc", (c, m, length, a1, a2) -> c.cc(merge(m, length, a1, a2, (x, y) -> x ^ y) ? 1 : 0));
        on.ss(0xd5, "clc", StorageToStorage::compare);
        on.ss(0xdc, "tr", StorageToStorage::translate);
        on.ss(0xdd, "trt", StorageToStorage::translateAndTest);
        on.rre(0xb25e, "srst", (c, r1, r2) -> search(c, c.storage(), r1, r2));
        on.rre(0xb255, "mvst", (c, r1, r2) -> moveString(c, c.storage(), r1, r2));
        on.rre(0xb25d, "clst", (c, r1, r2) -> compareStrings(c, c.storage(), r1, r2));
    }

    private static void move(Cpu c, Storage m, int length, long a1, long a2) {
        Space space = m.spaces().operands();
        Operand source = m.source(space, a2, length);
        m.target(space, a1, length).move(source, length);
    }

    private static boolean merge(Storage m, int length, long a1, long a2, LongBinaryOperator operator) {
        Space space = m.spaces().operands();
        Operand source = m.source(space, a2, length);
        return m.target(space, a1, length).merge(source, length, operator);
    }

    private static void compare(Cpu c, Storage m, int length, long a1, long a2) {
        Space space = m.spaces().operands();
        Operand second = m.source(space, a2, length);
        c.ccCompare(m.comparand(space, a1, length).compare(second, length));
    }

    /** Only the function bytes that are used must be accessible: from the lowest one to the highest. */
    private static void translate(Cpu c, Storage m, int length, long a1, long a2) {
        Space space = m.spaces().operands();
        Operand arguments = m.target(space, a1, length);
        int lowest = 0xff;
        int highest = 0;
        for (int i = 0; i < length; i++) {
            int argument = arguments.load8(i);
            lowest = Math.min(lowest, argument);
            highest = Math.max(highest, argument);
        }
        Operand functions = m.source(space, a2 + lowest, highest - lowest + 1);
        for (int i = 0; i < length; i++) {
            int argument = Math.min(Math.max(arguments.load8(i), lowest), highest); // another CPU may have changed it
            arguments.store8(i, functions.load8(argument - lowest));
        }
    }

    private static void translateAndTest(Cpu c, Storage m, int length, long a1, long a2) {
        for (int i = 0; i < length; i++) {
            int function = m.load8(a2 + m.load8(a1 + i));
            if (function != 0) {
                c.grAddress(1, a1 + i);
                c.gr(2, (c.gr(2) & ~0xffL) | function);
                c.cc(i == length - 1 ? 2 : 1);
                return;
            }
        }
        c.cc(0);
    }

    // The string instructions: register 0 has the byte that they look for or that ends a string.

    private static int endByte(Cpu c) {
        if ((c.gr32(0) & 0xffff_ff00) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        return c.gr32(0);
    }

    /** Condition code 1 found, its address in the first register; 2 the end, in the first register, was reached. */
    private static void search(Cpu c, Storage m, int r1, int r2) {
        int wanted = endByte(c);
        long end = c.grAddress(r1);
        long from = c.grAddress(r2);
        int limit = Math.min(STRING_LIMIT, Pages.rest(from));
        for (int i = 0; i < limit; i++) {
            if (from + i == end) {
                c.cc(2);
                return;
            }
            if (m.load8(from + i) == wanted) {
                c.grAddress(r1, from + i);
                c.cc(1);
                return;
            }
        }
        c.grAddress(r2, from + limit);
        c.cc(3);
    }

    /** Condition code 1 moved as far as the ending byte, whose address at the destination is in the first register. */
    private static void moveString(Cpu c, Storage m, int r1, int r2) {
        int ending = endByte(c);
        long to = c.grAddress(r1);
        long from = c.grAddress(r2);
        int limit = Math.min(STRING_LIMIT, Math.min(Pages.rest(to), Pages.rest(from)));
        for (int i = 0; i < limit; i++) {
            int value = m.load8(from + i);
            m.store8(to + i, value);
            if (value == ending) {
                c.grAddress(r1, to + i);
                c.cc(1);
                return;
            }
        }
        c.grAddress(r1, to + limit);
        c.grAddress(r2, from + limit);
        c.cc(3);
    }

    /** Condition code 0 equal; 1 first low, 2 first high: the registers then point to the bytes that differ. */
    private static void compareStrings(Cpu c, Storage m, int r1, int r2) {
        int ending = endByte(c);
        long a1 = c.grAddress(r1);
        long a2 = c.grAddress(r2);
        int limit = Math.min(STRING_LIMIT, Math.min(Pages.rest(a1), Pages.rest(a2)));
        for (int i = 0; i < limit; i++) {
            int first = m.load8(a1 + i);
            int second = m.load8(a2 + i);
            if (first != second) {
                c.grAddress(r1, a1 + i);
                c.grAddress(r2, a2 + i);
                // An ending byte makes its string the lower one.
                boolean isLow = first == ending || (second != ending && first < second);
                c.cc(isLow ? 1 : 2);
                return;
            }
            if (first == ending) {
                c.cc(0);
                return;
            }
        }
        c.grAddress(r1, a1 + limit);
        c.grAddress(r2, a2 + limit);
        c.cc(3);
    }
}
