package org.interruptor.engine.queue;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.padding.PaddedWords;

/**
 * Interruptions of which one can be pending for each sender: a bit for each CPU.
 *
 * <p>Threads: {@link #put} any; {@link #lowest} and {@link #take} the vCPU's own. Ordering: putting is an atomic OR, done also when
 * the bit is set: it orders the sender's earlier stores before the handler, and is the sender's full fence.
 */
public final class Senders {
    /** No sender. */
    public static final int NONE = -1;

    private final PaddedWords words;
    private final int count;

    /** For the senders of a machine with so many CPUs. */
    public Senders(int vcpus) {
        count = Math.max(1, (vcpus + 63) >>> 6);
        words = new PaddedWords(count);
    }

    /** Adds a sender; whether it was not there before. */
    public boolean put(int sender) {
        return (words.getAndBitwiseOr(sender >>> 6, 1L << sender) & 1L << sender) == 0;
    }

    /** The lowest sender, or {@link #NONE}. Volatile: a wait decides by it. */
    public int lowest() {
        for (int i = 0; i < count; i++) {
            long word = words.getVolatile(i);
            if (word != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return NONE;
    }

    /** Whether a sender is there. Volatile. */
    public boolean has(int sender) {
        return (words.getVolatile(sender >>> 6) & 1L << sender) != 0;
    }

    /** Takes a sender out that was found. */
    public void take(int sender) {
        words.getAndBitwiseAnd(sender >>> 6, ~(1L << sender));
    }

    /** Takes all out; how many there were. */
    public int clear() {
        int cleared = 0;
        for (int i = 0; i < count; i++) {
            cleared += Long.bitCount(words.getAndSet(i, 0));
        }
        return cleared;
    }

    /** Those who are there, ascending. */
    public List<Integer> list() {
        List<Integer> senders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (long left = words.getVolatile(i); left != 0; left &= left - 1) {
                senders.add((i << 6) + Long.numberOfTrailingZeros(left));
            }
        }
        return senders;
    }

    /** How many are there. */
    public int size() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            size += Long.bitCount(words.getVolatile(i));
        }
        return size;
    }
}
