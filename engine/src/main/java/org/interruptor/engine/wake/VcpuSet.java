package org.interruptor.engine.wake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * A set of vCPU numbers that any thread may change and read: the idle bitset, and the set of operating vCPUs.
 *
 * <p>Ordering: changes and reads are volatile, so in one order with all other volatile accesses.
 */
public final class VcpuSet extends Padded {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Padded like {@link PaddedWords}; without the object in between, since an injection finds it behind its fence. */
    private final long[] words;

    public VcpuSet(int vcpus) {
        words = new long[PaddedWords.PAD + Math.max((vcpus + 63) >>> 6, 1) + PaddedWords.PAD];
    }

    /** Adds a vCPU; whether it was not a member before. */
    public boolean add(int vcpu) {
        return ((long) WORD.getAndBitwiseOr(words, index(vcpu), 1L << vcpu) & 1L << vcpu) == 0;
    }

    public void remove(int vcpu) {
        WORD.getAndBitwiseAnd(words, index(vcpu), ~(1L << vcpu));
    }

    public boolean contains(int vcpu) {
        return (word(vcpu >>> 6) & (1L << vcpu)) != 0;
    }

    /** Where the members are kept. Who has it in a local finds them at once behind a fence, by the methods that take it. */
    long[] words() {
        return words;
    }

    /** The number of 64-bit words that a set takes, at least 1. */
    static int count(long[] words) {
        return words.length - 2 * PaddedWords.PAD;
    }

    /** As {@link #word(int)}. */
    static long word(long[] words, int index) {
        return (long) WORD.getVolatile(words, PaddedWords.PAD + index);
    }

    /** The members {@code index * 64} to {@code index * 64 + 63}, lowest bit first. */
    public long word(int index) {
        return word(words, index);
    }

    /** Whether there is a member. */
    static boolean isAny(long[] words) {
        return word(words, 0) != 0 || isAnyBehindFirst(words);
    }

    private static boolean isAnyBehindFirst(long[] words) {
        for (int i = 1; i < count(words); i++) {
            if (word(words, i) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int index(int vcpu) {
        return PaddedWords.PAD + (vcpu >>> 6);
    }

    public int size() {
        int size = 0;
        for (int i = 0; i < count(words); i++) {
            size += Long.bitCount(word(i));
        }
        return size;
    }
}
