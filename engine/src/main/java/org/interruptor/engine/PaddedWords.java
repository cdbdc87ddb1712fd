package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A few 64-bit words on cache lines of their own: the one helper by which the engine keeps apart what different threads
 * write.
 *
 * <pre>
 *  long[]   | 16 longs of padding | word 0, word 1, ... | 16 longs of padding |
 *             128 bytes             one kind of writer    128 bytes
 * </pre>
 *
 * <p>128 bytes, two lines, since adjacent lines are fetched in pairs. The words of one instance may share a line: they
 * have the same kind of writer, or the same threads touch them together. The name of each access says its memory order;
 * the caller names the partner.
 *
 * <p>Threads: as the owner of the words says. Bounds are checked.
 */
final class PaddedWords {
    /** Padding on each side, in longs. */
    static final int PAD = 16;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    PaddedWords(int count) {
        words = new long[PAD + count + PAD];
    }

    long getPlain(int index) {
        return words[PAD + index];
    }

    void setPlain(int index, long value) {
        words[PAD + index] = value;
    }

    long getOpaque(int index) {
        return (long) WORD.getOpaque(words, PAD + index);
    }

    void setOpaque(int index, long value) {
        WORD.setOpaque(words, PAD + index, value);
    }

    long getAcquire(int index) {
        return (long) WORD.getAcquire(words, PAD + index);
    }

    void setRelease(int index, long value) {
        WORD.setRelease(words, PAD + index, value);
    }

    long getVolatile(int index) {
        return (long) WORD.getVolatile(words, PAD + index);
    }

    void setVolatile(int index, long value) {
        WORD.setVolatile(words, PAD + index, value);
    }

    boolean compareAndSet(int index, long expected, long value) {
        return WORD.compareAndSet(words, PAD + index, expected, value);
    }

    long getAndSet(int index, long value) {
        return (long) WORD.getAndSet(words, PAD + index, value);
    }

    long getAndAdd(int index, long delta) {
        return (long) WORD.getAndAdd(words, PAD + index, delta);
    }

    long getAndBitwiseOr(int index, long mask) {
        return (long) WORD.getAndBitwiseOr(words, PAD + index, mask);
    }

    long getAndBitwiseAnd(int index, long mask) {
        return (long) WORD.getAndBitwiseAnd(words, PAD + index, mask);
    }
}
