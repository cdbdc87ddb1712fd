package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/** Loads into registers. Source: Principles of Operation, chapter General Instructions. */
final class Loads {
    private static final int BITS_31 = 0x7fff_ffff;

    private Loads() {}

    static void define(Definitions on) {
        registers(on);
        storage(on);
        relative(on);
        immediate(on);
        onCondition(on);
        bytes(on);
    }

    private static void registers(Definitions on) {
        on.rr(0x18, "lr", (c, r1, r2) -> c.gr32(r1, c.gr32(r2)));
        on.rre(0xb904, "lgr", (c, r1, r2) -> c.gr(r1, c.gr(r2)));
        on.rre(0xb914, "lgfr", (c, r1, r2) -> c.gr(r1, c.gr32(r2)));
        on.rre(0xb916, "llgfr", (c, r1, r2) -> c.gr(r1, c.gr32(r2) & 0xffff_ffffL));
        on.rre(0xb917, "llgtr", (c, r1, r2) -> c.gr(r1, c.gr32(r2) & BITS_31));
        on.rre(0xb926, "lbr", (c, r1, r2) -> c.gr32(r1, (byte) c.gr32(r2)));
        on.rre(0xb906, "lgbr", (c, r1, r2) -> c.gr(r1, (byte) c.gr32(r2)));
        on.rre(0xb994, "llcr", (c, r1, r2) -> c.gr32(r1, c.gr32(r2) & 0xff));
        on.rre(0xb984, "llgcr", (c, r1, r2) -> c.gr(r1, c.gr32(r2) & 0xff));
        on.rre(0xb927, "lhr", (c, r1, r2) -> c.gr32(r1, (short) c.gr32(r2)));
        on.rre(0xb907, "lghr", (c, r1, r2) -> c.gr(r1, (short) c.gr32(r2)));
        on.rre(0xb995, "llhr", (c, r1, r2) -> c.gr32(r1, c.gr32(r2) & 0xffff));
        on.rre(0xb985, "llghr", (c, r1, r2) -> c.gr(r1, c.gr32(r2) & 0xffff));
        on.rr(0x12, "ltr", (c, r1, r2) -> test32(c, r1, c.gr32(r2)));
        on.rre(0xb902, "ltgr", (c, r1, r2) -> test64(c, r1, c.gr(r2)));
        on.rre(0xb912, "ltgfr", (c, r1, r2) -> test64(c, r1, c.gr32(r2)));
        on.rre(0xb91f, "lrvr", (c, r1, r2) -> c.gr32(r1, Integer.reverseBytes(c.gr32(r2))));
        on.rre(0xb90f, "lrvgr", (c, r1, r2) -> c.gr(r1, Long.reverseBytes(c.gr(r2))));
    }

    private static void storage(Definitions on) {
        on.rx(0x58, "l", (c, m, r1, a) -> c.gr32(r1, m.load32(a)));
        on.rxy(0xe358, "ly", (c, m, r1, a) -> c.gr32(r1, m.load32(a)));
        on.rxy(0xe304, "lg", (c, m, r1, a) -> c.gr(r1, m.load64(a)));
        on.rxy(0xe314, "lgf", (c, m, r1, a) -> c.gr(r1, m.load32(a)));
        on.rxy(0xe316, "llgf", (c, m, r1, a) -> c.gr(r1, m.load32(a) & 0xffff_ffffL));
        on.rxy(0xe317, "llgt", (c, m, r1, a) -> c.gr(r1, m.load32(a) & BITS_31));
        on.rx(0x48, "lh", (c, m, r1, a) -> c.gr32(r1, m.load16(a)));
        on.rxy(0xe378, "lhy", (c, m, r1, a) -> c.gr32(r1, m.load16(a)));
        on.rxy(0xe315, "lgh", (c, m, r1, a) -> c.gr(r1, m.load16(a)));
        on.rxy(0xe395, "llh", (c, m, r1, a) -> c.gr32(r1, m.load16(a) & 0xffff));
        on.rxy(0xe391, "llgh", (c, m, r1, a) -> c.gr(r1, m.load16(a) & 0xffff));
        on.rxy(0xe376, "lb", (c, m, r1, a) -> c.gr32(r1, (byte) m.load8(a)));
        on.rxy(0xe377, "lgb", (c, m, r1, a) -> c.gr(r1, (byte) m.load8(a)));
        on.rxy(0xe394, "llc", (c, m, r1, a) -> c.gr32(r1, m.load8(a)));
        on.rxy(0xe390, "llgc", (c, m, r1, a) -> c.gr(r1, m.load8(a)));
        on.rxy(0xe312, "lt", (c, m, r1, a) -> test32(c, r1, m.load32(a)));
        on.rxy(0xe302, "ltg", (c, m, r1, a) -> test64(c, r1, m.load64(a)));
        on.rxy(0xe332, "ltgf", (c, m, r1, a) -> test64(c, r1, m.load32(a)));
        on.rxy(0xe31e, "lrv", (c, m, r1, a) -> c.gr32(r1, Integer.reverseBytes(m.load32(a))));
        on.rxy(0xe30f, "lrvg", (c, m, r1, a) -> c.gr(r1, Long.reverseBytes(m.load64(a))));
        on.rxy(0xe31f, "lrvh", (c, m, r1, a) -> lowHalf(c, r1, Short.reverseBytes(m.load16(a))));
        on.rx(0x41, "la", (c, m, r1, a) -> c.grAddress(r1, a));
        on.rxy(0xe371, "lay", (c, m, r1, a) -> c.grAddress(r1, a));
        on.rs(0x98, "lm", Loads::multiple32);
        on.rsy(0xeb98, "lmy", Loads::multiple32);
        on.rsy(0xeb04, "lmg", Loads::multiple64);
        on.rsy(0xeb96, "lmh", Loads::multipleHigh);
    }

    private static void relative(Definitions on) {
        on.rilRelative(0xc00, "larl", (c, r1, a) -> c.grAddress(r1, a));
        on.rilStorage(0xc4d, "lrl", (c, m, r1, a) -> c.gr32(r1, aligned32(m, a)));
        on.rilStorage(0xc48, "lgrl", (c, m, r1, a) -> c.gr(r1, aligned64(m, a)));
        on.rilStorage(0xc4c, "lgfrl", (c, m, r1, a) -> c.gr(r1, aligned32(m, a)));
        on.rilStorage(0xc4e, "llgfrl", (c, m, r1, a) -> c.gr(r1, aligned32(m, a) & 0xffff_ffffL));
        on.rilStorage(0xc45, "lhrl", (c, m, r1, a) -> c.gr32(r1, m.load16(a)));
        on.rilStorage(0xc44, "lghrl", (c, m, r1, a) -> c.gr(r1, m.load16(a)));
        on.rilStorage(0xc42, "llhrl", (c, m, r1, a) -> c.gr32(r1, m.load16(a) & 0xffff));
        on.rilStorage(0xc46, "llghrl", (c, m, r1, a) -> c.gr(r1, m.load16(a) & 0xffff));
    }

    private static void immediate(Definitions on) {
        on.ri(0xa78, "lhi", (c, r1, i) -> c.gr32(r1, (int) i));
        on.ri(0xa79, "lghi", (c, r1, i) -> c.gr(r1, i));
        on.ril(0xc01, "lgfi", (c, r1, i) -> c.gr(r1, i));
        on.ri(0xa5c, "llihh", (c, r1, i) -> c.gr(r1, i << 48));
        on.ri(0xa5d, "llihl", (c, r1, i) -> c.gr(r1, (i & 0xffff) << 32));
        on.ri(0xa5e, "llilh", (c, r1, i) -> c.gr(r1, (i & 0xffff) << 16));
        on.ri(0xa5f, "llill", (c, r1, i) -> c.gr(r1, i & 0xffff));
        on.ril(0xc0e, "llihf", (c, r1, i) -> c.gr(r1, i << 32));
        on.ril(0xc0f, "llilf", (c, r1, i) -> c.gr(r1, i & 0xffff_ffffL));
        on.ri(0xa50, "iihh", (c, r1, i) -> insert(c, r1, i, 0xffffL, 48));
        on.ri(0xa51, "iihl", (c, r1, i) -> insert(c, r1, i, 0xffffL, 32));
        on.ri(0xa52, "iilh", (c, r1, i) -> insert(c, r1, i, 0xffffL, 16));
        on.ri(0xa53, "iill", (c, r1, i) -> insert(c, r1, i, 0xffffL, 0));
        on.ril(0xc08, "iihf", (c, r1, i) -> c.high32(r1, (int) i));
        on.ril(0xc09, "iilf", (c, r1, i) -> c.gr32(r1, (int) i));
    }

    private static void onCondition(Definitions on) {
        on.rrf(0xb9f2, "locr", (c, r1, r2, mask) -> c.gr32(r1, c.isSelected(mask) ? c.gr32(r2) : c.gr32(r1)));
        on.rrf(0xb9e2, "locgr", (c, r1, r2, mask) -> c.gr(r1, c.isSelected(mask) ? c.gr(r2) : c.gr(r1)));
        on.rsy(0xebf2, "loc", (c, m, r1, mask, a) -> c.gr32(r1, c.isSelected(mask) ? m.load32(a) : c.gr32(r1)));
        on.rsy(0xebe2, "locg", (c, m, r1, mask, a) -> c.gr(r1, c.isSelected(mask) ? m.load64(a) : c.gr(r1)));
        on.rieD(0xec42, "lochi", (c, r1, mask, i) -> c.gr32(r1, c.isSelected(mask) ? (int) i : c.gr32(r1)));
        on.rieD(0xec46, "locghi", (c, r1, mask, i) -> c.gr(r1, c.isSelected(mask) ? i : c.gr(r1)));
    }

    private static void bytes(Definitions on) {
        on.rx(0x43, "ic", (c, m, r1, a) -> insert(c, r1, m.load8(a), 0xff, 0));
        on.rxy(0xe373, "icy", (c, m, r1, a) -> insert(c, r1, m.load8(a), 0xff, 0));
        on.rs(0xbf, "icm", (c, m, r1, mask, a) -> c.gr32(r1, underMask(c, m, mask, a, c.gr32(r1))));
        on.rsy(0xeb81, "icmy", (c, m, r1, mask, a) -> c.gr32(r1, underMask(c, m, mask, a, c.gr32(r1))));
        on.rsy(0xeb80, "icmh", (c, m, r1, mask, a) -> c.high32(r1, underMask(c, m, mask, a, c.high32(r1))));
    }

    private static void test32(Cpu c, int r1, int value) {
        c.gr32(r1, value);
        c.ccSign(value);
    }

    private static void test64(Cpu c, int r1, long value) {
        c.gr(r1, value);
        c.ccSign(value);
    }

    private static void lowHalf(Cpu c, int r1, short value) {
        insert(c, r1, value, 0xffffL, 0);
    }

    private static void insert(Cpu c, int r1, long value, long width, int shift) {
        c.gr(r1, (c.gr(r1) & ~(width << shift)) | ((value & width) << shift));
    }

    static int aligned32(Storage m, long a) {
        Storage.aligned(a, 4);
        return m.load32(a);
    }

    static long aligned64(Storage m, long a) {
        Storage.aligned(a, 8);
        return m.load64(a);
    }

    /** How many registers, wrapping around from 15 to 0. */
    static int count(int r1, int r3) {
        return ((r3 - r1) & 15) + 1;
    }

    private static void multiple32(Cpu c, Storage m, int r1, int r3, long a) {
        int count = count(r1, r3);
        m.check(a, 4 * count);
        for (int i = 0; i < count; i++) {
            c.gr32((r1 + i) & 15, m.load32(a + 4L * i));
        }
    }

    private static void multiple64(Cpu c, Storage m, int r1, int r3, long a) {
        int count = count(r1, r3);
        m.check(a, 8 * count);
        for (int i = 0; i < count; i++) {
            c.gr((r1 + i) & 15, m.load64(a + 8L * i));
        }
    }

    private static void multipleHigh(Cpu c, Storage m, int r1, int r3, long a) {
        int count = count(r1, r3);
        m.check(a, 4 * count);
        for (int i = 0; i < count; i++) {
            c.high32((r1 + i) & 15, m.load32(a + 4L * i));
        }
    }

    /** Bytes from storage, one behind the other, into those that the mask selects; the condition code is theirs. */
    private static int underMask(Cpu c, Storage m, int mask, long a, int word) {
        int count = Integer.bitCount(mask);
        m.check(a, Math.max(1, count));
        int result = word;
        int any = 0;
        int first = 0;
        int next = 0;
        for (int i = 0; i < 4; i++) {
            if ((mask & (8 >> i)) != 0) {
                int value = m.load8(a + next);
                first = next == 0 ? value : first;
                any |= value;
                next++;
                int shift = 24 - 8 * i;
                result = (result & ~(0xff << shift)) | (value << shift);
            }
        }
        c.cc(any == 0 ? 0 : (first & 0x80) != 0 ? 1 : 2);
        return result;
    }
}
