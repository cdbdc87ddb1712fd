package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * And, or, exclusive or: condition code 0 zero, 1 not zero; and tests under mask. Source: Principles of Operation, chapter
 * General Instructions.
 */
final class Logic {
    private static final long HIGH = 0xffff_ffffL << 32;

    private Logic() {}

    static void define(Definitions on) {
        and(on);
        or(on);
        exclusiveOr(on);
        testUnderMask(on);
    }

    private static void and(Definitions on) {
        on.rr(0x14, "nr", (c, r1, r2) -> result32(c, r1, c.gr32(r1) & c.gr32(r2)));
        on.rx(0x54, "n", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) & m.load32(a)));
        on.rxy(0xe354, "ny", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) & m.load32(a)));
        on.rrf(0xb9f4, "nrk", (c, r1, r2, r3) -> result32(c, r1, c.gr32(r2) & c.gr32(r3)));
        on.rre(0xb980, "ngr", (c, r1, r2) -> result64(c, r1, c.gr(r1) & c.gr(r2)));
        on.rxy(0xe380, "ng", (c, m, r1, a) -> result64(c, r1, c.gr(r1) & m.load64(a)));
        on.rrf(0xb9e4, "ngrk", (c, r1, r2, r3) -> result64(c, r1, c.gr(r2) & c.gr(r3)));
        on.ri(0xa54, "nihh", (c, r1, i) -> andPart(c, r1, i, 0xffff, 48));
        on.ri(0xa55, "nihl", (c, r1, i) -> andPart(c, r1, i, 0xffff, 32));
        on.ri(0xa56, "nilh", (c, r1, i) -> andPart(c, r1, i, 0xffff, 16));
        on.ri(0xa57, "nill", (c, r1, i) -> andPart(c, r1, i, 0xffff, 0));
        on.ril(0xc0a, "nihf", (c, r1, i) -> andPart(c, r1, i, 0xffff_ffffL, 32));
        on.ril(0xc0b, "nilf", (c, r1, i) -> andPart(c, r1, i, 0xffff_ffffL, 0));
        on.si(0x94, "ni", (c, m, a, i) -> storage8(c, m, a, m.load8(a) & i));
        on.siy(0xeb54, "niy", (c, m, a, i) -> storage8(c, m, a, m.load8(a) & i));
    }

    private static void or(Definitions on) {
        on.rr(0x16, "or", (c, r1, r2) -> result32(c, r1, c.gr32(r1) | c.gr32(r2)));
        on.rx(0x56, "o", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) | m.load32(a)));
        on.rxy(0xe356, "oy", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) | m.load32(a)));
        on.rrf(0xb9f6, "ork", (c, r1, r2, r3) -> result32(c, r1, c.gr32(r2) | c.gr32(r3)));
        on.rre(0xb981, "ogr", (c, r1, r2) -> result64(c, r1, c.gr(r1) | c.gr(r2)));
        on.rxy(0xe381, "og", (c, m, r1, a) -> result64(c, r1, c.gr(r1) | m.load64(a)));
        on.rrf(0xb9e6, "ogrk", (c, r1, r2, r3) -> result64(c, r1, c.gr(r2) | c.gr(r3)));
        on.ri(0xa58, "oihh", (c, r1, i) -> orPart(c, r1, i, 0xffff, 48));
        on.ri(0xa59, "oihl", (c, r1, i) -> orPart(c, r1, i, 0xffff, 32));
        on.ri(0xa5a, "oilh", (c, r1, i) -> orPart(c, r1, i, 0xffff, 16));
        on.ri(0xa5b, "oill", (c, r1, i) -> orPart(c, r1, i, 0xffff, 0));
        on.ril(0xc0c, "oihf", (c, r1, i) -> orPart(c, r1, i, 0xffff_ffffL, 32));
        on.ril(0xc0d, "oilf", (c, r1, i) -> orPart(c, r1, i, 0xffff_ffffL, 0));
        on.si(0x96, "oi", (c, m, a, i) -> storage8(c, m, a, m.load8(a) | i));
        on.siy(0xeb56, "oiy", (c, m, a, i) -> storage8(c, m, a, m.load8(a) | i));
    }

    private static void exclusiveOr(Definitions on) {
        on.rr(0x17, "xr", (c, r1, r2) -> result32(c, r1, c.gr32(r1) ^ c.gr32(r2)));
        on.rx(0x57, "x", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) ^ m.load32(a)));
        on.rxy(0xe357, "xy", (c, m, r1, a) -> result32(c, r1, c.gr32(r1) ^ m.load32(a)));
        on.rrf(0xb9f7, "xrk", (c, r1, r2, r3) -> result32(c, r1, c.gr32(r2) ^ c.gr32(r3)));
        on.rre(0xb982, "xgr", (c, r1, r2) -> result64(c, r1, c.gr(r1) ^ c.gr(r2)));
        on.rxy(0xe382, "xg", (c, m, r1, a) -> result64(c, r1, c.gr(r1) ^ m.load64(a)));
        on.rrf(0xb9e7, "xgrk", (c, r1, r2, r3) -> result64(c, r1, c.gr(r2) ^ c.gr(r3)));
        on.ril(0xc06, "xihf", (c, r1, i) -> {
            c.gr(r1, c.gr(r1) ^ (i << 32));
            c.ccNotZero(c.gr(r1) & HIGH);
        });
        on.ril(0xc07, "xilf", (c, r1, i) -> result32(c, r1, c.gr32(r1) ^ (int) i));
        on.si(0x97, "xi", (c, m, a, i) -> storage8(c, m, a, m.load8(a) ^ i));
        on.siy(0xeb57, "xiy", (c, m, a, i) -> storage8(c, m, a, m.load8(a) ^ i));
    }

    private static void testUnderMask(Definitions on) {
        on.si(0x91, "tm", (c, m, a, i) -> testByte(c, m.load8(a) & i, i));
        on.siy(0xeb51, "tmy", (c, m, a, i) -> testByte(c, m.load8(a) & i, i));
        on.ri(0xa72, "tmhh", (c, r1, i) -> test(c, c.gr(r1), i, 48));
        on.ri(0xa73, "tmhl", (c, r1, i) -> test(c, c.gr(r1), i, 32));
        on.ri(0xa70, "tmlh", (c, r1, i) -> test(c, c.gr(r1), i, 16));
        on.ri(0xa71, "tmll", (c, r1, i) -> test(c, c.gr(r1), i, 0));
    }

    private static void result32(Cpu c, int r1, int result) {
        c.gr32(r1, result);
        c.ccNotZero(result);
    }

    private static void result64(Cpu c, int r1, long result) {
        c.gr(r1, result);
        c.ccNotZero(result);
    }

    private static void storage8(Cpu c, Storage m, long a, int result) {
        m.store8(a, result);
        c.ccNotZero(result);
    }

    /** The condition code is that of the part alone. */
    private static void andPart(Cpu c, int r1, long immediate, long width, int shift) {
        c.gr(r1, c.gr(r1) & (((immediate & width) << shift) | ~(width << shift)));
        c.ccNotZero(c.gr(r1) & (width << shift));
    }

    private static void orPart(Cpu c, int r1, long immediate, long width, int shift) {
        c.gr(r1, c.gr(r1) | ((immediate & width) << shift));
        c.ccNotZero(c.gr(r1) & (width << shift));
    }

    /** Condition code 0 all selected bits zero, or none selected; 1 mixed; 3 all one. */
    private static void testByte(Cpu c, int selected, int mask) {
        c.cc(selected == 0 ? 0 : selected == mask ? 3 : 1);
    }

    /** The same, but mixed is 2 where the leftmost selected bit is one. */
    private static void test(Cpu c, long value, long immediate, int shift) {
        long mask = immediate & 0xffff;
        long selected = (value >>> shift) & mask;
        c.cc(selected == 0 ? 0 : selected == mask ? 3 : (selected & Long.highestOneBit(mask)) == 0 ? 1 : 2);
    }
}
