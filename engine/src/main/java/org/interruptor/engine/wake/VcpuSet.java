package org.interruptor.engine.wake;

import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * A set of vCPU numbers that any thread may change and read: the idle bitset, and the set of operating vCPUs.
 *
 * <p>Ordering: changes and reads are volatile, so in one order with all other volatile accesses.
 */
public final class VcpuSet extends Padded {
    private final int wordCount;
    private final PaddedWords words;

    public VcpuSet(int vcpus) {
        wordCount = (vcpus + 63) >>> 6;
        words = new PaddedWords(Math.max(wordCount, 1));
    }

    /** Adds a vCPU; whether it was not a member before. */
    public boolean add(int vcpu) {
        return (words.getAndBitwiseOr(vcpu >>> 6, 1L << vcpu) & 1L << vcpu) == 0;
    }

    public void remove(int vcpu) {
        words.getAndBitwiseAnd(vcpu >>> 6, ~(1L << vcpu));
    }

    public boolean contains(int vcpu) {
        return (words.getVolatile(vcpu >>> 6) & (1L << vcpu)) != 0;
    }

    /** The number of 64-bit words that the set takes. */
    public int wordCount() {
        return wordCount;
    }

    /** The members {@code index * 64} to {@code index * 64 + 63}, lowest bit first. */
    public long word(int index) {
        return words.getVolatile(index);
    }

    public int size() {
        int size = 0;
        for (int i = 0; i < wordCount; i++) {
            size += Long.bitCount(word(i));
        }
        return size;
    }
}
