package org.interruptor.engine.padding;

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
public final class PaddedWords {
    /** Padding on each side, in longs. */
    public static final int PAD = 16;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    public PaddedWords(int count) {
        words = new long[PAD + count + PAD];
    }

    public long getPlain(int index) {
        return words[PAD + index];
    }

    public void setPlain(int index, long value) {
        words[PAD + index] = value;
    }

    public long getOpaque(int index) {
        return (long) WORD.getOpaque(words, PAD + index);
    }

    public void setOpaque(int index, long value) {
        WORD.setOpaque(words, PAD + index, value);
    }

    public long getAcquire(int index) {
        return (long) WORD.getAcquire(words, PAD + index);
    }

    public void setRelease(int index, long value) {
        WORD.setRelease(words, PAD + index, value);
    }

    public long getVolatile(int index) {
        return (long) WORD.getVolatile(words, PAD + index);
    }

    public void setVolatile(int index, long value) {
        WORD.setVolatile(words, PAD + index, value);
    }

    public boolean compareAndSet(int index, long expected, long value) {
        return WORD.compareAndSet(words, PAD + index, expected, value);
    }

    public long getAndSet(int index, long value) {
        return (long) WORD.getAndSet(words, PAD + index, value);
    }

    public long getAndAdd(int index, long delta) {
        return (long) WORD.getAndAdd(words, PAD + index, delta);
    }

    public long getAndBitwiseOr(int index, long mask) {
        return (long) WORD.getAndBitwiseOr(words, PAD + index, mask);
    }

    public long getAndBitwiseAnd(int index, long mask) {
        return (long) WORD.getAndBitwiseAnd(words, PAD + index, mask);
    }
}
