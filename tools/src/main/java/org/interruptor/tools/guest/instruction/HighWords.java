package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Arithmetic, comparisons, loads and stores of the left halves of registers, bits 0 to 31; and pairs of operands that are loaded
 * together. Source: Principles of Operation, chapter General Instructions.
 */
final class HighWords {
    private HighWords() {}

    static void define(Definitions on) {
        arithmetic(on);
        comparisons(on);
        loadsAndStores(on);
        bits(on);
        pairs(on);
    }

    private static void arithmetic(Definitions on) {
        on.rrf(0xb9c8, "ahhhr", (c, r1, r2, r3) -> signed(c, r1, (long) c.high32(r2) + c.high32(r3)));
        on.rrf(0xb9d8, "ahhlr", (c, r1, r2, r3) -> signed(c, r1, (long) c.high32(r2) + c.gr32(r3)));
        on.rrf(0xb9c9, "shhhr", (c, r1, r2, r3) -> signed(c, r1, (long) c.high32(r2) - c.high32(r3)));
        on.rrf(0xb9d9, "shhlr", (c, r1, r2, r3) -> signed(c, r1, (long) c.high32(r2) - c.gr32(r3)));
        on.rrf(0xb9ca, "alhhhr", (c, r1, r2, r3) -> logical(c, r1, c.high32(r2), c.high32(r3), 0));
        on.rrf(0xb9da, "alhhlr", (c, r1, r2, r3) -> logical(c, r1, c.high32(r2), c.gr32(r3), 0));
        on.rrf(0xb9cb, "slhhhr", (c, r1, r2, r3) -> logical(c, r1, c.high32(r2), ~c.high32(r3), 1));
        on.rrf(0xb9db, "slhhlr", (c, r1, r2, r3) -> logical(c, r1, c.high32(r2), ~c.gr32(r3), 1));
        on.ril(0xcc8, "aih", (c, r1, i) -> signed(c, r1, c.high32(r1) + i));
        on.ril(0xcca, "alsih", (c, r1, i) -> logical(c, r1, c.high32(r1), (int) i, 0));
        on.ril(0xccb, "alsihn", (c, r1, i) -> c.high32(r1, c.high32(r1) + (int) i));
        on.rilRelative(0xcc6, "brcth", (c, r1, a) -> {
            c.high32(r1, c.high32(r1) - 1);
            if (c.high32(r1) != 0) {
                c.branch(a);
            }
        });
    }

    private static void comparisons(Definitions on) {
        on.rre(0xb9cd, "chhr", (c, r1, r2) -> compare(c, c.high32(r1), c.high32(r2)));
        on.rre(0xb9dd, "chlr", (c, r1, r2) -> compare(c, c.high32(r1), c.gr32(r2)));
        on.rxy(0xe3cd, "chf", (c, m, r1, a) -> compare(c, c.high32(r1), m.load32(a)));
        on.ril(0xccd, "cih", (c, r1, i) -> compare(c, c.high32(r1), (int) i));
        on.rre(0xb9cf, "clhhr", (c, r1, r2) -> compareLogical(c, c.high32(r1), c.high32(r2)));
        on.rre(0xb9df, "clhlr", (c, r1, r2) -> compareLogical(c, c.high32(r1), c.gr32(r2)));
        on.rxy(0xe3cf, "clhf", (c, m, r1, a) -> compareLogical(c, c.high32(r1), m.load32(a)));
        on.ril(0xccf, "clih", (c, r1, i) -> compareLogical(c, c.high32(r1), (int) i));
    }

    private static void loadsAndStores(Definitions on) {
        on.rxy(0xe3c0, "lbh", (c, m, r1, a) -> c.high32(r1, (byte) m.load8(a)));
        on.rxy(0xe3c2, "llch", (c, m, r1, a) -> c.high32(r1, m.load8(a)));
        on.rxy(0xe3c4, "lhh", (c, m, r1, a) -> c.high32(r1, m.load16(a)));
        on.rxy(0xe3c6, "llhh", (c, m, r1, a) -> c.high32(r1, m.load16(a) & 0xffff));
        on.rxy(0xe3ca, "lfh", (c, m, r1, a) -> c.high32(r1, m.load32(a)));
        on.rxy(0xe3c3, "stch", (c, m, r1, a) -> m.store8(a, c.high32(r1)));
        on.rxy(0xe3c7, "sthh", (c, m, r1, a) -> m.store16(a, c.high32(r1)));
        on.rxy(0xe3cb, "stfh", (c, m, r1, a) -> m.store32(a, c.high32(r1)));
    }

    /** Rotate and insert in one half, which alone is changed; positions count from its left. */
    private static void bits(Definitions on) {
        on.rieF(
                0xec5d,
                "risbhg",
                (c, r1, r2, from, to, rotate) -> c.high32(
                        r1, Bits.inserted32(c.high32(r1), (int) (Long.rotateLeft(c.gr(r2), rotate) >>> 32), from, to)));
        on.rieF(
                0xec51,
                "risblg",
                (c, r1, r2, from, to, rotate) ->
                        c.gr32(r1, Bits.inserted32(c.gr32(r1), (int) Long.rotateLeft(c.gr(r2), rotate), from, to)));
    }

    /** Condition code 0 if both were loaded as of one moment; else 3: the loads were made one after the other. */
    private static void pairs(Definitions on) {
        on.ssf(0xc84, "lpd", (c, m, r3, a1, a2) -> {
            Cpu.even(r3);
            Storage.aligned(a1, 4);
            Storage.aligned(a2, 4);
            int first = m.load32(a1);
            int second = m.load32(a2);
            boolean isOneMoment = m.load32(a1) == first;
            c.gr32(r3, first);
            c.gr32(r3 + 1, second);
            c.cc(isOneMoment ? 0 : 3);
        });
        on.ssf(0xc85, "lpdg", (c, m, r3, a1, a2) -> {
            Cpu.even(r3);
            Storage.aligned(a1, 8);
            Storage.aligned(a2, 8);
            long first = m.load64(a1);
            long second = m.load64(a2);
            boolean isOneMoment = m.load64(a1) == first;
            c.gr(r3, first);
            c.gr(r3 + 1, second);
            c.cc(isOneMoment ? 0 : 3);
        });
    }

    private static void signed(Cpu c, int r1, long exact) {
        c.high32(r1, (int) exact);
        Arithmetic.end32(c, exact);
    }

    private static void logical(Cpu c, int r1, int a, int b, int carryIn) {
        c.high32(r1, LogicalArithmetic.addAndTest32(c, a, b, carryIn));
    }

    private static void compare(Cpu c, int a, int b) {
        c.ccCompare(Integer.compare(a, b));
    }

    private static void compareLogical(Cpu c, int a, int b) {
        c.ccCompare(Integer.compareUnsigned(a, b));
    }
}
