package org.interruptor.engine;

/**
 * A set of vCPU numbers that any thread may change and read: the idle bitset, and the set of operating vCPUs.
 *
 * <p>Ordering: changes and reads are volatile, so in one order with all other volatile accesses.
 */
final class VcpuSet extends Padded {
    private final int wordCount;
    private final PaddedWords words;

    VcpuSet(int vcpus) {
        wordCount = (vcpus + 63) >>> 6;
        words = new PaddedWords(Math.max(wordCount, 1));
    }

    void add(int vcpu) {
        words.getAndBitwiseOr(vcpu >>> 6, 1L << vcpu);
    }

    void remove(int vcpu) {
        words.getAndBitwiseAnd(vcpu >>> 6, ~(1L << vcpu));
    }

    boolean contains(int vcpu) {
        return (words.getVolatile(vcpu >>> 6) & (1L << vcpu)) != 0;
    }

    /** The number of 64-bit words that the set takes. */
    int wordCount() {
        return wordCount;
    }

    /** The members {@code index * 64} to {@code index * 64 + 63}, lowest bit first. */
    long word(int index) {
        return words.getVolatile(index);
    }

    int size() {
        int size = 0;
        for (int i = 0; i < wordCount; i++) {
            size += Long.bitCount(word(i));
        }
        return size;
    }
}
