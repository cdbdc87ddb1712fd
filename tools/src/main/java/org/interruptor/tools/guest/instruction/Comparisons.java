package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.instruction.Operations.Comparison.LOGICAL_32;
import static org.interruptor.tools.guest.instruction.Operations.Comparison.LOGICAL_64;
import static org.interruptor.tools.guest.instruction.Operations.Comparison.SIGNED_32;
import static org.interruptor.tools.guest.instruction.Operations.Comparison.SIGNED_64;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Comparisons: condition code 0 equal, 1 first operand low, 2 first operand high; and those that branch or trap instead.
 * Source: Principles of Operation, chapter General Instructions.
 */
final class Comparisons {
    private Comparisons() {}

    static void define(Definitions on) {
        signed(on);
        logical(on);
        logicalBytes(on);
        branching(on);
        trapping(on);
    }

    private static void signed(Definitions on) {
        on.rr(0x19, "cr", (c, r1, r2) -> compare(c, c.gr32(r1), c.gr32(r2)));
        on.rx(0x59, "c", (c, m, r1, a) -> compare(c, c.gr32(r1), m.load32(a)));
        on.rxy(0xe359, "cy", (c, m, r1, a) -> compare(c, c.gr32(r1), m.load32(a)));
        on.rx(0x49, "ch", (c, m, r1, a) -> compare(c, c.gr32(r1), m.load16(a)));
        on.rxy(0xe379, "chy", (c, m, r1, a) -> compare(c, c.gr32(r1), m.load16(a)));
        on.ri(0xa7e, "chi", (c, r1, i) -> compare(c, c.gr32(r1), i));
        on.ril(0xc2d, "cfi", (c, r1, i) -> compare(c, c.gr32(r1), i));
        on.rilStorage(0xc6d, "crl", (c, m, r1, a) -> compare(c, c.gr32(r1), Loads.aligned32(m, a)));
        on.rilStorage(0xc65, "chrl", (c, m, r1, a) -> compare(c, c.gr32(r1), m.load16(a)));
        on.rre(0xb920, "cgr", (c, r1, r2) -> compare(c, c.gr(r1), c.gr(r2)));
        on.rre(0xb930, "cgfr", (c, r1, r2) -> compare(c, c.gr(r1), c.gr32(r2)));
        on.rxy(0xe320, "cg", (c, m, r1, a) -> compare(c, c.gr(r1), m.load64(a)));
        on.rxy(0xe330, "cgf", (c, m, r1, a) -> compare(c, c.gr(r1), m.load32(a)));
        on.rxy(0xe334, "cgh", (c, m, r1, a) -> compare(c, c.gr(r1), m.load16(a)));
        on.ri(0xa7f, "cghi", (c, r1, i) -> compare(c, c.gr(r1), i));
        on.ril(0xc2c, "cgfi", (c, r1, i) -> compare(c, c.gr(r1), i));
        on.rilStorage(0xc68, "cgrl", (c, m, r1, a) -> compare(c, c.gr(r1), Loads.aligned64(m, a)));
        on.rilStorage(0xc6c, "cgfrl", (c, m, r1, a) -> compare(c, c.gr(r1), Loads.aligned32(m, a)));
        on.rilStorage(0xc64, "cghrl", (c, m, r1, a) -> compare(c, c.gr(r1), m.load16(a)));
        on.sil(0xe554, "chhsi", (c, m, a, i) -> compare(c, m.load16(a), i));
        on.sil(0xe55c, "chsi", (c, m, a, i) -> compare(c, m.load32(a), i));
        on.sil(0xe558, "cghsi", (c, m, a, i) -> compare(c, m.load64(a), i));
    }

    private static void logical(Definitions on) {
        on.rr(0x15, "clr", (c, r1, r2) -> logical32(c, c.gr32(r1), c.gr32(r2)));
        on.rx(0x55, "cl", (c, m, r1, a) -> logical32(c, c.gr32(r1), m.load32(a)));
        on.rxy(0xe355, "cly", (c, m, r1, a) -> logical32(c, c.gr32(r1), m.load32(a)));
        on.ril(0xc2f, "clfi", (c, r1, i) -> logical32(c, c.gr32(r1), (int) i));
        on.rilStorage(0xc6f, "clrl", (c, m, r1, a) -> logical32(c, c.gr32(r1), Loads.aligned32(m, a)));
        on.rilStorage(0xc67, "clhrl", (c, m, r1, a) -> logical32(c, c.gr32(r1), m.load16(a) & 0xffff));
        on.rre(0xb921, "clgr", (c, r1, r2) -> logical64(c, c.gr(r1), c.gr(r2)));
        on.rre(0xb931, "clgfr", (c, r1, r2) -> logical64(c, c.gr(r1), c.gr32(r2) & 0xffff_ffffL));
        on.rxy(0xe321, "clg", (c, m, r1, a) -> logical64(c, c.gr(r1), m.load64(a)));
        on.rxy(0xe331, "clgf", (c, m, r1, a) -> logical64(c, c.gr(r1), m.load32(a) & 0xffff_ffffL));
        on.ril(0xc2e, "clgfi", (c, r1, i) -> logical64(c, c.gr(r1), i & 0xffff_ffffL));
        on.rilStorage(0xc6a, "clgrl", (c, m, r1, a) -> logical64(c, c.gr(r1), Loads.aligned64(m, a)));
        on.rilStorage(0xc6e, "clgfrl", (c, m, r1, a) -> logical64(c, c.gr(r1), Loads.aligned32(m, a) & 0xffff_ffffL));
        on.rilStorage(0xc66, "clghrl", (c, m, r1, a) -> logical64(c, c.gr(r1), m.load16(a) & 0xffff));
        on.sil(0xe555, "clhhsi", (c, m, a, i) -> logical32(c, m.load16(a) & 0xffff, i & 0xffff));
        on.sil(0xe55d, "clfhsi", (c, m, a, i) -> logical32(c, m.load32(a), i & 0xffff));
        on.sil(0xe559, "clghsi", (c, m, a, i) -> logical64(c, m.load64(a), i & 0xffff));
    }

    private static void logicalBytes(Definitions on) {
        on.si(0x95, "cli", (c, m, a, i) -> logical32(c, m.load8(a), i));
        on.siy(0xeb55, "cliy", (c, m, a, i) -> logical32(c, m.load8(a), i));
        on.rs(0xbd, "clm", (c, m, r1, mask, a) -> underMask(c, m, mask, a, c.gr32(r1)));
        on.rsy(0xeb21, "clmy", (c, m, r1, mask, a) -> underMask(c, m, mask, a, c.gr32(r1)));
        on.rsy(0xeb20, "clmh", (c, m, r1, mask, a) -> underMask(c, m, mask, a, c.high32(r1)));
    }

    private static void branching(Definitions on) {
        on.rieB(0xec76, "crj", SIGNED_32);
        on.rieB(0xec77, "clrj", LOGICAL_32);
        on.rieB(0xec64, "cgrj", SIGNED_64);
        on.rieB(0xec65, "clgrj", LOGICAL_64);
        on.rieC(0xec7e, "cij", SIGNED_32);
        on.rieC(0xec7f, "clij", LOGICAL_32);
        on.rieC(0xec7c, "cgij", SIGNED_64);
        on.rieC(0xec7d, "clgij", LOGICAL_64);
        on.rrs(0xecf6, "crb", SIGNED_32);
        on.rrs(0xecf7, "clrb", LOGICAL_32);
        on.rrs(0xece4, "cgrb", SIGNED_64);
        on.rrs(0xece5, "clgrb", LOGICAL_64);
        on.ris(0xecfe, "cib", SIGNED_32);
        on.ris(0xecff, "clib", LOGICAL_32);
        on.ris(0xecfc, "cgib", SIGNED_64);
        on.ris(0xecfd, "clgib", LOGICAL_64);
    }

    private static void trapping(Definitions on) {
        on.rrfTrap(0xb972, "crt", SIGNED_32);
        on.rrfTrap(0xb973, "clrt", LOGICAL_32);
        on.rrfTrap(0xb960, "cgrt", SIGNED_64);
        on.rrfTrap(0xb961, "clgrt", LOGICAL_64);
        on.rieA(0xec72, "cit", SIGNED_32);
        on.rieA(0xec73, "clfit", LOGICAL_32);
        on.rieA(0xec70, "cgit", SIGNED_64);
        on.rieA(0xec71, "clgit", LOGICAL_64);
    }

    private static void compare(Cpu c, long a, long b) {
        c.ccCompare(Long.compare(a, b));
    }

    private static void logical32(Cpu c, int a, int b) {
        c.ccCompare(Integer.compareUnsigned(a, b));
    }

    private static void logical64(Cpu c, long a, long b) {
        c.ccCompare(Long.compareUnsigned(a, b));
    }

    /** The bytes that the mask selects against those in storage, one behind the other. */
    private static void underMask(Cpu c, Storage m, int mask, long a, int word) {
        m.check(a, Math.max(1, Integer.bitCount(mask)));
        long address = a;
        int order = 0;
        for (int i = 0; i < 4 && order == 0; i++) {
            if ((mask & (8 >> i)) != 0) {
                order = Integer.compare((word >>> (24 - 8 * i)) & 0xff, m.load8(address++));
            }
        }
        c.ccCompare(order);
    }
}
