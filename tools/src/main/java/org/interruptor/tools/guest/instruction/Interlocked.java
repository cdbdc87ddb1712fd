package org.interruptor.tools.guest.instruction;

import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.cpu.WideLocks;

/**
 * Updates of storage that no other CPU gets in between of: compare and swap, load and add and their like, additions of
 * immediates to storage. Source: Principles of Operation, chapter General Instructions.
 */
final class Interlocked {
    private Interlocked() {}

    static void define(Definitions on) {
        compareAndSwap(on);
        loadAnd(on);
        addImmediate(on);
    }

    private static void compareAndSwap(Definitions on) {
        on.rs(0xba, "cs", Interlocked::swap32);
        on.rsy(0xeb14, "csy", Interlocked::swap32);
        on.rsy(0xeb30, "csg", (c, m, r1, r3, a) -> {
            long expected = c.gr(r1);
            long witness = swap64(c, m, a, expected, c.gr(r3));
            c.gr(r1, witness);
            c.cc(witness == expected ? 0 : 1);
        });
        on.rs(0xbb, "cds", Interlocked::swapPair);
        on.rsy(0xeb31, "cdsy", Interlocked::swapPair);
        on.si(0x93, "ts", (c, m, a, i) -> testAndSet(c, m, a));
    }

    private static void loadAnd(Definitions on) {
        on.rsy(0xebf8, "laa", (c, m, r1, r3, a) -> {
            int added = c.gr32(r3);
            int old = update32(c, m, a, added, Integer::sum);
            c.gr32(r1, old);
            Arithmetic.end32(c, (long) old + added);
        });
        on.rsy(0xebe8, "laag", (c, m, r1, r3, a) -> {
            long added = c.gr(r3);
            long old = update64(c, m, a, added, Long::sum);
            c.gr(r1, old);
            Arithmetic.endSum64(c, old, added);
        });
        on.rsy(0xebfa, "laal", (c, m, r1, r3, a) -> {
            int added = c.gr32(r3);
            int old = update32(c, m, a, added, Integer::sum);
            c.gr32(r1, old);
            LogicalArithmetic.addAndTest32(c, old, added, 0);
        });
        on.rsy(0xebea, "laalg", (c, m, r1, r3, a) -> {
            long added = c.gr(r3);
            long old = update64(c, m, a, added, Long::sum);
            c.gr(r1, old);
            LogicalArithmetic.addAndTest64(c, old, added, 0);
        });
        on.rsy(0xebf4, "lan", (c, m, r1, r3, a) -> logic32(c, m, r1, r3, a, (x, y) -> x & y));
        on.rsy(0xebf6, "lao", (c, m, r1, r3, a) -> logic32(c, m, r1, r3, a, (x, y) -> x | y));
        on.rsy(0xebf7, "lax", (c, m, r1, r3, a) -> logic32(c, m, r1, r3, a, (x, y) -> x ^ y));
        on.rsy(0xebe4, "lang", (c, m, r1, r3, a) -> logic64(c, m, r1, r3, a, (x, y) -> x & y));
        on.rsy(0xebe6, "laog", (c, m, r1, r3, a) -> logic64(c, m, r1, r3, a, (x, y) -> x | y));
        on.rsy(0xebe7, "laxg", (c, m, r1, r3, a) -> logic64(c, m, r1, r3, a, (x, y) -> x ^ y));
    }

    /** Interlocked where the operand is aligned; elsewhere the architecture does not ask for it. */
    private static void addImmediate(Definitions on) {
        on.siy(0xeb6a, "asi", (c, m, a, i) -> {
            Arithmetic.end32(c, (long) add32(c, m, a, (byte) i) + (byte) i);
        });
        on.siy(0xeb7a, "agsi", (c, m, a, i) -> Arithmetic.endSum64(c, add64(c, m, a, (byte) i), (byte) i));
        on.siy(
                0xeb6e,
                "alsi",
                (c, m, a, i) -> LogicalArithmetic.addAndTest32(c, add32(c, m, a, (byte) i), (byte) i, 0));
        on.siy(
                0xeb7e,
                "algsi",
                (c, m, a, i) -> LogicalArithmetic.addAndTest64(c, add64(c, m, a, (byte) i), (byte) i, 0));
    }

    private static void swap32(Cpu c, Storage m, int r1, int r3, long a) {
        int expected = c.gr32(r1);
        int witness = swap32(c, m, a, expected, c.gr32(r3));
        c.gr32(r1, witness);
        c.cc(witness == expected ? 0 : 1);
    }

    private static void swapPair(Cpu c, Storage m, int r1, int r3, long a) {
        long expected = c.pair32(r1);
        long witness = swap64(c, m, a, expected, c.pair32(r3));
        c.pair32(r1, witness);
        c.cc(witness == expected ? 0 : 1);
    }

    /** Sets a byte to all ones; the condition code is the leftmost bit that was there. */
    private static void testAndSet(Cpu c, Storage m, long a) {
        long word = a & ~3L;
        int shift = 24 - 8 * (int) (a & 3);
        int old = update32(c, m, word, 0xff << shift, (x, y) -> x | y);
        c.cc((old >>> (shift + 7)) & 1);
    }

    private static void logic32(Cpu c, Storage m, int r1, int r3, long a, IntBinaryOperator operator) {
        int operand = c.gr32(r3);
        int old = update32(c, m, a, operand, operator);
        c.gr32(r1, old);
        c.ccNotZero(operator.applyAsInt(old, operand));
    }

    private static void logic64(Cpu c, Storage m, int r1, int r3, long a, LongBinaryOperator operator) {
        long operand = c.gr(r3);
        long old = update64(c, m, a, operand, operator);
        c.gr(r1, old);
        c.ccNotZero(operator.applyAsLong(old, operand));
    }

    private static int add32(Cpu c, Storage m, long a, int added) {
        if ((a & 3) == 0) {
            return update32(c, m, a, added, Integer::sum);
        }
        int old = m.load32(a);
        m.store32(a, old + added);
        return old;
    }

    private static long add64(Cpu c, Storage m, long a, long added) {
        if ((a & 7) == 0) {
            return update64(c, m, a, added, Long::sum);
        }
        long old = m.load64(a);
        m.store64(a, old + added);
        return old;
    }

    // What was there before. Once there has been an update of 16 bytes, those of 4 and 8 bytes keep out of the middle
    // of one.

    static int swap32(Cpu c, Storage m, long a, int expected, int update) {
        WideLocks locks = c.wideLocks();
        if (!locks.isUsed()) {
            return m.compareAndSwap32(a, expected, update);
        }
        int lock = locks.lock(a);
        try {
            return m.compareAndSwap32(a, expected, update);
        } finally {
            locks.unlock(lock);
        }
    }

    static long swap64(Cpu c, Storage m, long a, long expected, long update) {
        WideLocks locks = c.wideLocks();
        if (!locks.isUsed()) {
            return m.compareAndSwap64(a, expected, update);
        }
        int lock = locks.lock(a);
        try {
            return m.compareAndSwap64(a, expected, update);
        } finally {
            locks.unlock(lock);
        }
    }

    private static int update32(Cpu c, Storage m, long a, int operand, IntBinaryOperator operator) {
        Storage.aligned(a, 4);
        int expected = m.load32(a);
        while (true) {
            int witness = swap32(c, m, a, expected, operator.applyAsInt(expected, operand));
            if (witness == expected) {
                return witness;
            }
            expected = witness;
        }
    }

    private static long update64(Cpu c, Storage m, long a, long operand, LongBinaryOperator operator) {
        Storage.aligned(a, 8);
        long expected = m.load64(a);
        while (true) {
            long witness = swap64(c, m, a, expected, operator.applyAsLong(expected, operand));
            if (witness == expected) {
                return witness;
            }
            expected = witness;
        }
    }
}
