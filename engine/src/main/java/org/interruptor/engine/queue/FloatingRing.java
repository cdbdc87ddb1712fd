package org.interruptor.engine.queue;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The floating interruptions behind one gate: the slots of a multi-producer Disruptor ring, from which any vCPU may take the
 * head.
 *
 * <pre>
 *                claimed                 first not yet published           cursor
 *  taken ... | taken     | published | claimed, not published | published | free ...
 *            ^ the ring's only gating sequence: producers never write beyond it
 *
 *  slot, 32 bytes:  | sequence + 1 once it is published | type, parameter | 64-bit parameter | when it was injected, or 0 |
 * </pre>
 *
 * <p>The Disruptor's sequencer decides which slot an injector has; the slot publishes itself, so its contents and the word that
 * says that they are there are one cache line. The word is the slot's sequence number, so that of an earlier round is no match.
 *
 * <p>All of a ring have the same gate, so the head may be taken by a vCPU exactly if any of them may: nothing is searched. To
 * take the head is one compare-and-set of {@code claimed}. What was read of the slot before is valid only if it succeeds, since
 * producers reuse the slot as soon as {@code claimed} has passed it.
 *
 * <p>A slot that a producer has claimed and not yet published is <em>nothing there</em>, and hides what was published behind it
 * until its producer goes on. No injector waits for another.
 *
 * <p>Threads: {@link #offer}, its two halves and the counts any; {@link #head} and {@link #take} any vCPU's own thread.
 * Ordering: offer publishes with release; head reads volatile. Who decides to sleep or not to wake by these needs a full
 * fence in between: {@code Machine} after offer, {@code Waiting} before head (an atomic operation there, so the load is volatile).
 */
public final class FloatingRing extends Padded {
    /** No interruption is published at the head. */
    public static final long NONE = -1;

    /** {@link #count} looks at no more than so many: who asks now and then does not fetch all of a large ring. */
    public static final int COUNTED_AT_MOST = 4096;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int WORDS_PER_SLOT = 4;
    private static final int TYPE_AND_PARAMETER = 1;
    private static final int PARAMETER_64 = 2;
    private static final int SINCE = 3;

    /** Nobody waits at the ring itself, so publishing has nobody to signal; the ring's default would take a monitor. */
    static final WaitStrategy NO_SIGNAL = new WaitStrategy() {
        @Override
        public long waitFor(
                long sequence,
                Sequence cursor,
                Sequence dependentSequence,
                com.lmax.disruptor.SequenceBarrier barrier) {
            throw new UnsupportedOperationException("vCPUs claim from the ring, nobody waits at it");
        }

        @Override
        public void signalAllWhenBlocking() {}
    };

    /** Which slots are claimed. */
    private final MultiProducerSequencer sequencer;

    private final long[] slots;
    private final int mask;
    private final Sequence claimed = new Sequence();

    /** What was accepted before the ring began to count: not 0 after a state was restored. */
    private volatile long acceptedBefore;

    /** A ring with so many places, a power of two. */
    public FloatingRing(int capacity) {
        sequencer = new MultiProducerSequencer(capacity, NO_SIGNAL);
        slots = new long[PaddedWords.PAD + WORDS_PER_SLOT * capacity + PaddedWords.PAD];
        mask = capacity - 1;
        sequencer.addGatingSequences(claimed);
    }

    /**
     * Appends an interruption, or has no effect if the ring is full.
     *
     * @return its sequence number, or {@link #NONE} if the ring is full.
     */
    public long offer(InterruptionType type, int parameter, long parameter64) {
        return offer(type, parameter, parameter64, Since.NONE);
    }

    /**
     * As {@link #offer(InterruptionType, int, long)}, with the time.
     *
     * @param since {@link Since#now}; {@link Since#NONE} where none of the ring has a time.
     */
    public long offer(InterruptionType type, int parameter, long parameter64, long since) {
        long sequence = claim();
        if (sequence != NONE) {
            if (since != Since.NONE) {
                slots[slot(sequence) + SINCE] = since;
            }
            publish(sequence, type, parameter, parameter64);
        }
        return sequence;
    }

    /**
     * Claims the next slot. Until {@link #publish} it hides what is published behind it.
     *
     * @return its sequence number, or {@link #NONE}, with no effect, if the ring is full.
     */
    public long claim() {
        StackProbe.probe(); // no StackOverflowError between claiming and publishing
        try {
            // tryNext, never next: next takes the slot first and then waits for a vCPU that may be masked for good.
            return sequencer.tryNext(1);
        } catch (InsufficientCapacityException full) { // one shared instance without a stack trace
            return NONE;
        }
    }

    /** Fills and publishes a slot. */
    public void publish(long sequence, InterruptionType type, int parameter, long parameter64) {
        int slot = slot(sequence);
        slots[slot + TYPE_AND_PARAMETER] = ((long) type.ordinal() << Integer.SIZE) | Integer.toUnsignedLong(parameter);
        slots[slot + PARAMETER_64] = parameter64;
        SLOT.setRelease(slots, slot, sequence + 1);
    }

    /**
     * The sequence number of the head.
     *
     * @return it, or {@link #NONE} where nothing is published at the head.
     */
    public long head() {
        Sequence last = claimed; // in locals: a field would be loaded again behind each load with acquire
        long[] words = slots;
        int places = mask;
        while (true) {
            long head = last.get() + 1;
            long published = published(words, slot(head, places));
            if (published == head + 1) {
                return head;
            }
            if (published <= head) {
                return NONE; // that of an earlier round: nobody can have moved on past this slot
            }
            // That of a later round: another vCPU has moved on meanwhile.
        }
    }

    private boolean isPublished(long sequence) {
        return published(sequence) == sequence + 1;
    }

    private long published(long sequence) {
        return published(slots, slot(sequence));
    }

    private static long published(long[] slots, int slot) {
        // Volatile: a wait decides by it, behind its atomic operation, which alone orders no later acquire load.
        return (long) SLOT.getVolatile(slots, slot);
    }

    /** The type at a head that {@link #head} gave; a guess, since another vCPU may have taken it. */
    public InterruptionType typeAt(long head) {
        return typeIn(slots[slot(head) + TYPE_AND_PARAMETER]);
    }

    /**
     * Takes the head.
     *
     * @return whether the caller has it; then, and only then, what was written to {@code taken} is valid.
     */
    public boolean take(long head, TakenInterruption taken) {
        int slot = slot(head);
        long typeAndParameter = slots[slot + TYPE_AND_PARAMETER];
        long parameter64 = slots[slot + PARAMETER_64];
        long since = slots[slot + SINCE];
        if (!claimed.compareAndSet(head - 1, head)) {
            return false;
        }
        taken.took((int) (typeAndParameter >>> Integer.SIZE));
        taken.parameter = (int) typeAndParameter;
        taken.parameter64 = parameter64;
        taken.since = since;
        return true;
    }

    private QueuedInterruption queuedAt(long sequence) {
        int slot = slot(sequence);
        long typeAndParameter = slots[slot + TYPE_AND_PARAMETER];
        return new QueuedInterruption(typeIn(typeAndParameter), (int) typeAndParameter, slots[slot + PARAMETER_64], 1);
    }

    private int slot(long sequence) {
        return slot(sequence, mask);
    }

    private static int slot(long sequence, int mask) {
        return PaddedWords.PAD + ((int) sequence & mask) * WORDS_PER_SLOT;
    }

    private static InterruptionType typeIn(long typeAndParameter) {
        return InterruptionType.ofOrdinal((int) (typeAndParameter >>> Integer.SIZE));
    }

    /** Whether there is a place. Volatile: a source decides by it whether it has to wait for a call. */
    public boolean hasSpace() {
        return sequencer.hasAvailableCapacity(1);
    }

    /** Places. */
    public int capacity() {
        return sequencer.getBufferSize();
    }

    /** How many were ever accepted. */
    public long accepted() {
        return acceptedBefore + sequencer.getCursor() + 1;
    }

    /** Replaces all that is queued. Threads: one, while no other uses the machine. */
    public void restore(List<QueuedInterruption> queue, long accepted) {
        claimed.set(sequencer.getCursor());
        for (QueuedInterruption queued : queue) {
            offer(queued.type(), queued.parameter(), queued.parameter64());
        }
        acceptedBefore = accepted - (sequencer.getCursor() + 1);
    }

    /** How many are queued; with those whose injector is still at it. */
    public long queued() {
        long last = claimed.get();
        return sequencer.getCursor() - last;
    }

    /** How many of a type are queued, among the first {@value #COUNTED_AT_MOST}; a guess while others inject and take. */
    public int count(InterruptionType type) {
        long first = claimed.get() + 1;
        long last = Math.min(sequencer.getCursor(), first + COUNTED_AT_MOST - 1);
        int count = 0;
        for (long sequence = first; sequence <= last; sequence++) {
            if (isPublished(sequence) && typeAt(sequence) == type) {
                count++;
            }
        }
        return count;
    }

    /** What is queued now, in order; a snapshot that leaves out what is taken or published meanwhile. */
    public List<QueuedInterruption> snapshot() {
        List<QueuedInterruption> list = new ArrayList<>();
        long first = claimed.get() + 1;
        long last = Math.min(sequencer.getCursor(), first + capacity() - 1);
        for (long sequence = first; sequence <= last; sequence++) {
            list.add(isPublished(sequence) ? queuedAt(sequence) : null);
        }
        // What has been taken since the first read may have been overwritten under the reader's eyes. The slots were
        // read before claimed is read again.
        VarHandle.acquireFence();
        int gone = (int) Math.min(claimed.get() + 1 - first, list.size());
        return list.subList(gone, list.size()).stream().filter(Objects::nonNull).toList();
    }
}
