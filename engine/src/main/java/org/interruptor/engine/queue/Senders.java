package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.padding.Line;
import org.interruptor.engine.padding.PaddedWords;

/**
 * Interruptions of which one can be pending for each sender: a bit for each CPU.
 *
 * <p>Those of the first 64 CPUs are one word of this object, so a look at them is one load. Most machines have no others.
 *
 * <p>Threads: {@link #put} any; {@link #lowest} and {@link #take} the vCPU's own. Ordering: putting is an atomic OR, done also when
 * the bit is set: it orders the sender's earlier stores before the handler, and is the sender's full fence.
 */
public final class Senders extends Line {
    /** No sender. */
    public static final int NONE = -1;

    private static final VarHandle FIRST = WORD_0;

    /** Those from number 64 on; null if there can be none. */
    private final PaddedWords others;

    /** Words of the others. */
    private final int count;

    /** For the senders of a machine with so many CPUs. */
    public Senders(int vcpus) {
        count = Math.max(0, (vcpus - 1) >>> 6);
        others = count == 0 ? null : new PaddedWords(count);
    }

    /** Adds a sender; whether it was not there before. */
    public boolean put(int sender) {
        long bit = 1L << sender;
        long before = sender < Long.SIZE
                ? (long) FIRST.getAndBitwiseOr(this, bit)
                : others.getAndBitwiseOr(other(sender), bit);
        return (before & bit) == 0;
    }

    private static int other(int sender) {
        return (sender >>> 6) - 1;
    }

    /** The lowest sender, or {@link #NONE}. Volatile: a wait decides by it. */
    public int lowest() {
        long first = word(0);
        if (first != 0) {
            return Long.numberOfTrailingZeros(first);
        }
        return others == null ? NONE : lowestOfOthers();
    }

    private int lowestOfOthers() {
        for (int i = 1; i <= count; i++) {
            long word = word(i);
            if (word != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return NONE;
    }

    /** The senders from number 64 × index on. Volatile. */
    private long word(int index) {
        return index == 0 ? (long) FIRST.getVolatile(this) : others.getVolatile(index - 1);
    }

    /** Whether a sender is there. Volatile. */
    public boolean has(int sender) {
        return (word(sender >>> 6) & 1L << sender) != 0;
    }

    /** Takes a sender out that was found. */
    public void take(int sender) {
        if (sender < Long.SIZE) {
            FIRST.getAndBitwiseAnd(this, ~(1L << sender));
        } else {
            others.getAndBitwiseAnd(other(sender), ~(1L << sender));
        }
    }

    /** Takes all out; how many there were. */
    public int clear() {
        int cleared = Long.bitCount((long) FIRST.getAndSet(this, 0L));
        for (int i = 0; i < count; i++) {
            cleared += Long.bitCount(others.getAndSet(i, 0));
        }
        return cleared;
    }

    /** Those who are there, ascending. */
    public List<Integer> list() {
        List<Integer> senders = new ArrayList<>();
        for (int i = 0; i <= count; i++) {
            for (long left = word(i); left != 0; left &= left - 1) {
                senders.add((i << 6) + Long.numberOfTrailingZeros(left));
            }
        }
        return senders;
    }

    /** How many are there. */
    public int size() {
        int size = 0;
        for (int i = 0; i <= count; i++) {
            size += Long.bitCount(word(i));
        }
        return size;
    }
}
