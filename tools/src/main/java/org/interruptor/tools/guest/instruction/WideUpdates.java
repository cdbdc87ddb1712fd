package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.cpu.WideLocks;

/**
 * Operands of 16 bytes that no other CPU gets in between of, under the machine's {@link WideLocks}. Source: Principles of
 * Operation, chapter General Instructions.
 */
final class WideUpdates {
    private static final int QUADWORD = 16;

    private WideUpdates() {}

    static void define(Definitions on) {
        on.rsy(0xeb3e, "cdsg", (c, m, r1, r3, a) -> {
            Cpu.even(r1);
            Cpu.even(r3);
            c.cc(isSwapped(c, m, r1, a, c.gr(r3), c.gr(r3 + 1)) ? 0 : 1);
        });
        on.rxy(0xe38f, "lpq", WideUpdates::loadPair);
        on.rxy(0xe38e, "stpq", WideUpdates::storePair);
        on.ssf(0xc82, "csst", WideUpdates::swapAndStore);
    }

    private static void loadPair(Cpu c, Storage m, int r1, long a) {
        Cpu.even(r1);
        Storage.aligned(a, QUADWORD);
        m.check(a, QUADWORD);
        WideLocks locks = c.wideLocks();
        int lock = locks.lock(a);
        try {
            long high = m.load64(a);
            long low = m.load64(a + 8);
            c.gr(r1, high);
            c.gr(r1 + 1, low);
        } finally {
            locks.unlock(lock);
        }
    }

    private static void storePair(Cpu c, Storage m, int r1, long a) {
        Cpu.even(r1);
        Storage.aligned(a, QUADWORD);
        m.checkStore(a, QUADWORD);
        WideLocks locks = c.wideLocks();
        locks.use();
        int lock = locks.lock(a);
        try {
            m.store64(a, c.gr(r1));
            m.store64(a + 8, c.gr(r1 + 1));
        } finally {
            locks.unlock(lock);
        }
    }

    /** Compares a pair of registers with storage. Where they differ, the registers get what is there. */
    static boolean isSwapped(Cpu c, Storage m, int r1, long a, long high, long low) {
        Storage.aligned(a, QUADWORD);
        m.checkStore(a, QUADWORD);
        WideLocks locks = c.wideLocks();
        locks.use();
        int lock = locks.lock(a);
        try {
            return isSwappedUnderLock(c, m, r1, a, high, low);
        } finally {
            locks.unlock(lock);
        }
    }

    private static boolean isSwappedUnderLock(Cpu c, Storage m, int r1, long a, long high, long low) {
        long expectedHigh = c.gr(r1);
        long expectedLow = c.gr(r1 + 1);
        while (true) {
            long foundHigh = m.load64(a);
            long foundLow = m.load64(a + 8);
            if (foundHigh != expectedHigh || foundLow != expectedLow) {
                m.serialize();
                c.gr(r1, foundHigh);
                c.gr(r1 + 1, foundLow);
                return false;
            }
            // A plain store, which takes no lock, may come in between: then the halves are compared again.
            if (m.compareAndSwap64(a, expectedHigh, high) == expectedHigh) {
                if (m.compareAndSwap64(a + 8, expectedLow, low) == expectedLow) {
                    return true;
                }
                m.compareAndSwap64(a, high, expectedHigh);
            }
        }
    }

    // COMPARE AND SWAP AND STORE.

    /** Register 0: the size of what is swapped, in bits 56 to 63; of what is stored, in bits 48 to 55, as a power of two. */
    private static final int SWAP_QUADWORD = 2;

    private static final int STORE_QUADWORD = 4;
    private static final int STORE_CODE_SHIFT = 8;

    /** The parameter list at the address in register 1: what is swapped in, then what is stored, each on the left. */
    private static final int PARAMETER_STORED = 16;

    private static void swapAndStore(Cpu c, Storage m, int r3, long a1, long a2) {
        int swap = c.gr32(0) & 0xff;
        int store = (c.gr32(0) >>> STORE_CODE_SHIFT) & 0xff;
        if ((c.gr32(0) & 0xffff_0000) != 0 || swap > SWAP_QUADWORD || store > STORE_QUADWORD) {
            throw ProgramException.SPECIFICATION;
        }
        if (swap == SWAP_QUADWORD) {
            Cpu.even(r3);
        }
        long parameters = c.grAddress(1);
        Storage.aligned(parameters, QUADWORD);
        Storage.aligned(a1, 4 << swap);
        Storage.aligned(a2, 1 << store);
        m.check(parameters, 2 * QUADWORD);
        m.checkStore(a1, 4 << swap);
        m.checkStore(a2, 1 << store);
        long stored = m.load64(parameters + PARAMETER_STORED);
        long storedLow = m.load64(parameters + PARAMETER_STORED + 8);
        if (!isSwapped(c, m, swap, r3, a1, parameters)) {
            c.cc(1);
            return;
        }
        switch (store) {
            case 0 -> m.store8(a2, (int) (stored >>> 56));
            case 1 -> m.store16(a2, (int) (stored >>> 48));
            case 2 -> m.store32(a2, (int) (stored >>> 32));
            case 3 -> m.store64(a2, stored);
            default -> {
                WideLocks locks = c.wideLocks();
                locks.use();
                int lock = locks.lock(a2);
                try {
                    m.store64(a2, stored);
                    m.store64(a2 + 8, storedLow);
                } finally {
                    locks.unlock(lock);
                }
            }
        }
        m.serialize();
        c.cc(0);
    }

    private static boolean isSwapped(Cpu c, Storage m, int swap, int r3, long a1, long parameters) {
        switch (swap) {
            case 0 -> {
                int expected = c.gr32(r3);
                int witness = Interlocked.swap32(c, m, a1, expected, m.load32(parameters));
                c.gr32(r3, witness);
                return witness == expected;
            }
            case 1 -> {
                long expected = c.gr(r3);
                long witness = Interlocked.swap64(c, m, a1, expected, m.load64(parameters));
                c.gr(r3, witness);
                return witness == expected;
            }
            default -> {
                return isSwapped(c, m, r3, a1, m.load64(parameters), m.load64(parameters + 8));
            }
        }
    }
}
