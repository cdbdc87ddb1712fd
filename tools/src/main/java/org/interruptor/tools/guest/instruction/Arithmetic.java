package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Addition, subtraction and the like with sign: condition code by the sign of the result, 3 at overflow. Source: Principles
 * of Operation, chapter General Instructions.
 */
final class Arithmetic {
    private Arithmetic() {}

    static void define(Definitions on) {
        add(on);
        subtract(on);
        sign(on);
    }

    private static void add(Definitions on) {
        on.rr(0x1a, "ar", (c, r1, r2) -> result32(c, r1, (long) c.gr32(r1) + c.gr32(r2)));
        on.rx(0x5a, "a", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) + m.load32(a)));
        on.rxy(0xe35a, "ay", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) + m.load32(a)));
        on.rx(0x4a, "ah", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) + m.load16(a)));
        on.rxy(0xe37a, "ahy", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) + m.load16(a)));
        on.ri(0xa7a, "ahi", (c, r1, i) -> result32(c, r1, c.gr32(r1) + i));
        on.ril(0xc29, "afi", (c, r1, i) -> result32(c, r1, c.gr32(r1) + i));
        on.rrf(0xb9f8, "ark", (c, r1, r2, r3) -> result32(c, r1, (long) c.gr32(r2) + c.gr32(r3)));
        on.rieD(0xecd8, "ahik", (c, r1, r3, i) -> result32(c, r1, c.gr32(r3) + i));
        on.rre(0xb908, "agr", (c, r1, r2) -> sum64(c, r1, c.gr(r1), c.gr(r2)));
        on.rre(0xb918, "agfr", (c, r1, r2) -> sum64(c, r1, c.gr(r1), c.gr32(r2)));
        on.rxy(0xe308, "ag", (c, m, r1, a) -> sum64(c, r1, c.gr(r1), m.load64(a)));
        on.rxy(0xe318, "agf", (c, m, r1, a) -> sum64(c, r1, c.gr(r1), m.load32(a)));
        on.rxy(0xe338, "agh", (c, m, r1, a) -> sum64(c, r1, c.gr(r1), m.load16(a)));
        on.ri(0xa7b, "aghi", (c, r1, i) -> sum64(c, r1, c.gr(r1), i));
        on.ril(0xc28, "agfi", (c, r1, i) -> sum64(c, r1, c.gr(r1), i));
        on.rrf(0xb9e8, "agrk", (c, r1, r2, r3) -> sum64(c, r1, c.gr(r2), c.gr(r3)));
        on.rieD(0xecd9, "aghik", (c, r1, r3, i) -> sum64(c, r1, c.gr(r3), i));
    }

    private static void subtract(Definitions on) {
        on.rr(0x1b, "sr", (c, r1, r2) -> result32(c, r1, (long) c.gr32(r1) - c.gr32(r2)));
        on.rx(0x5b, "s", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) - m.load32(a)));
        on.rxy(0xe35b, "sy", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) - m.load32(a)));
        on.rx(0x4b, "sh", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) - m.load16(a)));
        on.rxy(0xe37b, "shy", (c, m, r1, a) -> result32(c, r1, (long) c.gr32(r1) - m.load16(a)));
        on.rrf(0xb9f9, "srk", (c, r1, r2, r3) -> result32(c, r1, (long) c.gr32(r2) - c.gr32(r3)));
        on.rre(0xb909, "sgr", (c, r1, r2) -> difference64(c, r1, c.gr(r1), c.gr(r2)));
        on.rre(0xb919, "sgfr", (c, r1, r2) -> difference64(c, r1, c.gr(r1), c.gr32(r2)));
        on.rxy(0xe309, "sg", (c, m, r1, a) -> difference64(c, r1, c.gr(r1), m.load64(a)));
        on.rxy(0xe319, "sgf", (c, m, r1, a) -> difference64(c, r1, c.gr(r1), m.load32(a)));
        on.rxy(0xe339, "sgh", (c, m, r1, a) -> difference64(c, r1, c.gr(r1), m.load16(a)));
        on.rrf(0xb9e9, "sgrk", (c, r1, r2, r3) -> difference64(c, r1, c.gr(r2), c.gr(r3)));
    }

    private static void sign(Definitions on) {
        on.rr(0x13, "lcr", (c, r1, r2) -> result32(c, r1, -(long) c.gr32(r2)));
        on.rr(0x10, "lpr", (c, r1, r2) -> result32(c, r1, Math.abs((long) c.gr32(r2))));
        on.rr(0x11, "lnr", (c, r1, r2) -> result32(c, r1, -Math.abs((long) c.gr32(r2))));
        on.rre(0xb903, "lcgr", (c, r1, r2) -> difference64(c, r1, 0, c.gr(r2)));
        on.rre(0xb913, "lcgfr", (c, r1, r2) -> difference64(c, r1, 0, c.gr32(r2)));
        on.rre(0xb900, "lpgr", (c, r1, r2) -> positive64(c, r1, c.gr(r2)));
        on.rre(0xb910, "lpgfr", (c, r1, r2) -> positive64(c, r1, c.gr32(r2)));
        on.rre(0xb901, "lngr", (c, r1, r2) -> negative64(c, r1, c.gr(r2)));
        on.rre(0xb911, "lngfr", (c, r1, r2) -> negative64(c, r1, c.gr32(r2)));
    }

    /** Puts an exact result into a register, cut off to 32 bits. */
    private static void result32(Cpu c, int r1, long exact) {
        c.gr32(r1, (int) exact);
        end32(c, exact);
    }

    private static void sum64(Cpu c, int r1, long a, long b) {
        c.gr(r1, a + b);
        endSum64(c, a, b);
    }

    private static void difference64(Cpu c, int r1, long a, long b) {
        long result = a - b;
        c.gr(r1, result);
        end(c, result, ((a ^ b) & (a ^ result)) < 0);
    }

    private static void positive64(Cpu c, int r1, long value) {
        if (value < 0) {
            difference64(c, r1, 0, value);
        } else {
            sum64(c, r1, 0, value);
        }
    }

    private static void negative64(Cpu c, int r1, long value) {
        if (value > 0) {
            difference64(c, r1, 0, value);
        } else {
            sum64(c, r1, 0, value);
        }
    }

    /** The condition code of an exact result, of which the right half is in its place. */
    static void end32(Cpu c, long exact) {
        int result = (int) exact;
        end(c, result, exact != result);
    }

    /** The condition code of a sum that is in its place. */
    static void endSum64(Cpu c, long a, long b) {
        long sum = a + b;
        end(c, sum, ((a ^ sum) & (b ^ sum)) < 0);
    }

    /** The condition code of a result that is in its place. */
    static void end(Cpu c, long result, boolean overflow) {
        if (overflow) {
            c.fixedPointOverflow();
        } else {
            c.ccSign(result);
        }
    }
}
