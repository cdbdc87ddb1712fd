package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Storage against storage, byte by byte from the left, so that overlapping operands come out as the architecture says. All of
 * both operands is checked first. Source: Principles of Operation, chapter General Instructions.
 */
final class StorageToStorage {
    /** After so many bytes, or at the end of a page, the string instructions end with condition code 3, for the guest to go on. */
    private static final int STRING_LIMIT = 256;

    /** Bytes of a table to translate by. */
    private static final int TABLE = 256;

    private StorageToStorage() {}

    /** What becomes of a byte. */
    @FunctionalInterface
    private interface Merge {
        int merge(int first, int second);
    }

    static void define(Definitions on) {
        on.ss(0xd2, "mvc", (c, m, length, a1, a2) -> move(m, length, a1, a2));
        on.ss(0xd1, "mvn", (c, m, length, a1, a2) -> merge(m, length, a1, a2, (x, y) -> (x & 0xf0) | (y & 0x0f)));
        on.ss(0xd3, "mvz", (c, m, length, a1, a2) -> merge(m, length, a1, a2, (x, y) -> (x & 0x0f) | (y & 0xf0)));
        on.ss(0xd4, "nc", (c, m, length, a1, a2) -> c.ccNotZero(merge(m, length, a1, a2, (x, y) -> x & y)));
        on.ss(0xd6, "oc", (c, m, length, a1, a2) -> c.ccNotZero(merge(m, length, a1, a2, (x, y) -> x | y)));
        on.ss(0xd7, "xc", StorageToStorage::exclusiveOr);
        on.ss(0xd5, "clc", StorageToStorage::compare);
        on.ss(0xdc, "tr", StorageToStorage::translate);
        on.ss(0xdd, "trt", StorageToStorage::translateAndTest);
        on.rre(0xb25e, "srst", (c, r1, r2) -> search(c, c.storage(), r1, r2));
        on.rre(0xb255, "mvst", (c, r1, r2) -> moveString(c, c.storage(), r1, r2));
        on.rre(0xb25d, "clst", (c, r1, r2) -> compareStrings(c, c.storage(), r1, r2));
    }

    private static boolean isInPage(long address, int length) {
        return length <= Pages.rest(address);
    }

    private static void move(Storage m, int length, long a1, long a2) {
        if (isInPage(a1, length) && isInPage(a2, length)) {
            Pages.move(m, a1, a2, length);
        } else {
            merge(m, length, a1, a2, (first, second) -> second);
        }
    }

    /** With itself it clears. */
    private static void exclusiveOr(Cpu c, Storage m, int length, long a1, long a2) {
        if (a1 == a2 && isInPage(a1, length)) {
            m.check(a1, length);
            Pages.fill(m, a1, length, 0, 0);
            c.cc(0);
        } else {
            c.ccNotZero(merge(m, length, a1, a2, (x, y) -> x ^ y));
        }
    }

    private static int merge(Storage m, int length, long a1, long a2, Merge merge) {
        m.checkStore(a1, length);
        m.check(a2, length);
        int any = 0;
        for (int i = 0; i < length; i++) {
            int result = merge.merge(m.load8(a1 + i), m.load8(a2 + i));
            m.store8(a1 + i, result);
            any |= result;
        }
        return any;
    }

    private static void compare(Cpu c, Storage m, int length, long a1, long a2) {
        if (isInPage(a1, length) && isInPage(a2, length)) {
            int equal = Pages.equalBytes(m, a1, a2, length);
            c.ccCompare(equal == length ? 0 : Integer.compare(m.load8(a1 + equal), m.load8(a2 + equal)));
            return;
        }
        m.check(a1, length);
        m.check(a2, length);
        int order = 0;
        for (int i = 0; i < length && order == 0; i++) {
            order = Integer.compare(m.load8(a1 + i), m.load8(a2 + i));
        }
        c.ccCompare(order);
    }

    private static void translate(Cpu c, Storage m, int length, long a1, long a2) {
        m.checkStore(a1, length);
        if (!isInPage(a2, TABLE)) { // only what is looked at has to be there
            for (int i = 0; i < length; i++) {
                m.load8(a2 + m.load8(a1 + i));
            }
        } else {
            m.check(a2, TABLE);
        }
        for (int i = 0; i < length; i++) {
            m.store8(a1 + i, m.load8(a2 + m.load8(a1 + i)));
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
