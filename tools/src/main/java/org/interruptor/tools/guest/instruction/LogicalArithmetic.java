package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Addition and subtraction without sign. Condition code: 0 zero, 1 not zero, both without carry; 2 zero, 3 not zero, both
 * with carry. A subtraction adds the one's complement and 1, or the borrow. Source: Principles of Operation, chapter General
 * Instructions.
 */
final class LogicalArithmetic {
    private LogicalArithmetic() {}

    static void define(Definitions on) {
        add(on);
        subtract(on);
        withCarry(on);
    }

    private static void add(Definitions on) {
        on.rr(0x1e, "alr", (c, r1, r2) -> add32(c, r1, c.gr32(r1), c.gr32(r2), 0));
        on.rx(0x5e, "al", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), m.load32(a), 0));
        on.rxy(0xe35e, "aly", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), m.load32(a), 0));
        on.ril(0xc2b, "alfi", (c, r1, i) -> add32(c, r1, c.gr32(r1), (int) i, 0));
        on.rrf(0xb9fa, "alrk", (c, r1, r2, r3) -> add32(c, r1, c.gr32(r2), c.gr32(r3), 0));
        on.rieD(0xecda, "alhsik", (c, r1, r3, i) -> add32(c, r1, c.gr32(r3), (int) i, 0));
        on.rre(0xb90a, "algr", (c, r1, r2) -> add64(c, r1, c.gr(r1), c.gr(r2), 0));
        on.rre(0xb91a, "algfr", (c, r1, r2) -> add64(c, r1, c.gr(r1), unsigned(c.gr32(r2)), 0));
        on.rxy(0xe30a, "alg", (c, m, r1, a) -> add64(c, r1, c.gr(r1), m.load64(a), 0));
        on.rxy(0xe31a, "algf", (c, m, r1, a) -> add64(c, r1, c.gr(r1), unsigned(m.load32(a)), 0));
        on.ril(0xc2a, "algfi", (c, r1, i) -> add64(c, r1, c.gr(r1), unsigned((int) i), 0));
        on.rrf(0xb9ea, "algrk", (c, r1, r2, r3) -> add64(c, r1, c.gr(r2), c.gr(r3), 0));
        on.rieD(0xecdb, "alghsik", (c, r1, r3, i) -> add64(c, r1, c.gr(r3), i, 0));
    }

    private static void subtract(Definitions on) {
        on.rr(0x1f, "slr", (c, r1, r2) -> add32(c, r1, c.gr32(r1), ~c.gr32(r2), 1));
        on.rx(0x5f, "sl", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), ~m.load32(a), 1));
        on.rxy(0xe35f, "sly", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), ~m.load32(a), 1));
        on.ril(0xc25, "slfi", (c, r1, i) -> add32(c, r1, c.gr32(r1), (int) ~i, 1));
        on.rrf(0xb9fb, "slrk", (c, r1, r2, r3) -> add32(c, r1, c.gr32(r2), ~c.gr32(r3), 1));
        on.rre(0xb90b, "slgr", (c, r1, r2) -> add64(c, r1, c.gr(r1), ~c.gr(r2), 1));
        on.rre(0xb91b, "slgfr", (c, r1, r2) -> add64(c, r1, c.gr(r1), ~unsigned(c.gr32(r2)), 1));
        on.rxy(0xe30b, "slg", (c, m, r1, a) -> add64(c, r1, c.gr(r1), ~m.load64(a), 1));
        on.rxy(0xe31b, "slgf", (c, m, r1, a) -> add64(c, r1, c.gr(r1), ~unsigned(m.load32(a)), 1));
        on.ril(0xc24, "slgfi", (c, r1, i) -> add64(c, r1, c.gr(r1), ~unsigned((int) i), 1));
        on.rrf(0xb9eb, "slgrk", (c, r1, r2, r3) -> add64(c, r1, c.gr(r2), ~c.gr(r3), 1));
    }

    private static void withCarry(Definitions on) {
        on.rre(0xb998, "alcr", (c, r1, r2) -> add32(c, r1, c.gr32(r1), c.gr32(r2), carry(c)));
        on.rxy(0xe398, "alc", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), m.load32(a), carry(c)));
        on.rre(0xb988, "alcgr", (c, r1, r2) -> add64(c, r1, c.gr(r1), c.gr(r2), carry(c)));
        on.rxy(0xe388, "alcg", (c, m, r1, a) -> add64(c, r1, c.gr(r1), m.load64(a), carry(c)));
        on.rre(0xb999, "slbr", (c, r1, r2) -> add32(c, r1, c.gr32(r1), ~c.gr32(r2), carry(c)));
        on.rxy(0xe399, "slb", (c, m, r1, a) -> add32(c, r1, c.gr32(r1), ~m.load32(a), carry(c)));
        on.rre(0xb989, "slbgr", (c, r1, r2) -> add64(c, r1, c.gr(r1), ~c.gr(r2), carry(c)));
        on.rxy(0xe389, "slbg", (c, m, r1, a) -> add64(c, r1, c.gr(r1), ~m.load64(a), carry(c)));
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    /** The carry, or the missing borrow, that the condition code tells of. */
    private static int carry(Cpu c) {
        return c.cc() >> 1;
    }

    private static void add32(Cpu c, int r1, int a, int b, int carryIn) {
        int result = addAndTest32(c, a, b, carryIn);
        c.gr32(r1, result);
    }

    private static void add64(Cpu c, int r1, long a, long b, int carryIn) {
        long result = addAndTest64(c, a, b, carryIn);
        c.gr(r1, result);
    }

    static int addAndTest32(Cpu c, int a, int b, int carryIn) {
        long exact = unsigned(a) + unsigned(b) + carryIn;
        int result = (int) exact;
        test(c, result, exact >>> 32 != 0);
        return result;
    }

    static long addAndTest64(Cpu c, long a, long b, int carryIn) {
        long result = a + b + carryIn;
        test(c, result, ((a & b) | ((a | b) & ~result)) < 0);
        return result;
    }

    private static void test(Cpu c, long result, boolean carry) {
        c.cc((carry ? 2 : 0) + (result == 0 ? 0 : 1));
    }
}
