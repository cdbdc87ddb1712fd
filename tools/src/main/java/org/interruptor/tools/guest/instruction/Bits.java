package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/** Rotate and select, find and count bits. Source: Principles of Operation, chapter General Instructions. */
final class Bits {
    private static final int LEFTMOST = 0x80;

    private Bits() {}

    static void define(Definitions on) {
        on.rieF(0xec55, "risbg", (c, r1, r2, from, to, rotate) -> {
            insertSelected(c, r1, c.gr(r2), from, to, rotate);
            c.ccSign(c.gr(r1));
        });
        on.rieF(0xec59, "risbgn", (c, r1, r2, from, to, rotate) -> insertSelected(c, r1, c.gr(r2), from, to, rotate));
        on.rieF(0xec54, "rnsbg", (c, r1, r2, from, to, rotate) -> {
            long selection = selection(from, to);
            result(c, r1, c.gr(r1) & (Long.rotateLeft(c.gr(r2), rotate) | ~selection), selection, from);
        });
        on.rieF(0xec56, "rosbg", (c, r1, r2, from, to, rotate) -> {
            long selection = selection(from, to);
            result(c, r1, c.gr(r1) | (Long.rotateLeft(c.gr(r2), rotate) & selection), selection, from);
        });
        on.rieF(0xec57, "rxsbg", (c, r1, r2, from, to, rotate) -> {
            long selection = selection(from, to);
            result(c, r1, c.gr(r1) ^ (Long.rotateLeft(c.gr(r2), rotate) & selection), selection, from);
        });
        on.rre(0xb983, "flogr", (c, r1, r2) -> {
            Cpu.even(r1);
            long value = c.gr(r2);
            c.gr(r1, Long.numberOfLeadingZeros(value));
            c.gr(r1 + 1, value & ~Long.highestOneBit(value));
            c.cc(value == 0 ? 0 : 2);
        });
        on.rrf(0xb9e1, "popcnt", (c, r1, r2, mask) -> {
            c.gr(r1, (mask & 8) != 0 ? Long.bitCount(c.gr(r2)) : countInBytes(c.gr(r2)));
            c.ccNotZero(c.gr(r1));
        });
    }

    /** The bits from one position to another, around the end of the doubleword if the second is the lower. */
    private static long selection(int from, int to) {
        long fromOn = -1L >>> (from & 63);
        long upTo = -1L << (63 - (to & 63));
        return (from & 63) <= (to & 63) ? fromOn & upTo : fromOn | upTo;
    }

    /** The leftmost bit of {@code to}: the bits that are not selected become zero. */
    private static void insertSelected(Cpu c, int r1, long source, int from, int to, int rotate) {
        long selection = selection(from, to);
        long others = (to & LEFTMOST) != 0 ? 0 : c.gr(r1) & ~selection;
        c.gr(r1, (Long.rotateLeft(source, rotate) & selection) | others);
    }

    /** The same in 32 bits. */
    static int inserted32(int old, int source, int from, int to) {
        int fromOn = -1 >>> (from & 31);
        int upTo = -1 << (31 - (to & 31));
        int selection = (from & 31) <= (to & 31) ? fromOn & upTo : fromOn | upTo;
        return (source & selection) | ((to & LEFTMOST) != 0 ? 0 : old & ~selection);
    }

    /** The leftmost bit of {@code from}: only the condition code is set. */
    private static void result(Cpu c, int r1, long result, long selection, int from) {
        if ((from & LEFTMOST) == 0) {
            c.gr(r1, result);
        }
        c.ccNotZero(result & selection);
    }

    private static long countInBytes(long value) {
        long count = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            count |= (long) Long.bitCount(value & (0xffL << shift)) << shift;
        }
        return count;
    }
}
