package org.interruptor.engine;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The floating interruptions of a machine that share one gate: a multi-producer Disruptor ring whose head all vCPUs
 * compete for.
 *
 * <pre>
 *            claimed        claimed + 1 = the head, if published           cursor
 *  taken ... | taken     | published | claimed, not published | published | free ...
 *            ^ the ring's only gating sequence: producers never write beyond it
 * </pre>
 *
 * <p>All of a ring have the same gate, so the head may be taken by a vCPU exactly if any of them may: nothing is
 * searched. To take the head is one compare-and-set of {@code claimed}; what was read of the slot before is valid only
 * if it succeeds, since producers reuse the slot as soon as {@code claimed} has passed it.
 *
 * <p>A slot that a producer has claimed and not yet published is <em>nothing there</em>, and hides what was published
 * behind it until its producer goes on. No injector waits for another.
 *
 * <p>Threads: {@link #offer}, its two halves and the counts any; {@link #head} and {@link #take} any vCPU's own thread. Ordering: offer
 * publishes with release; head reads with acquire. Whoever decides to sleep or not to wake by these needs a full fence of
 * its own in between: {@link Machine} after offer, {@link Waiting} before head.
 */
final class FloatingQueue extends Padded {
    /** No interruption is published at the head. */
    static final long NONE = -1;

    /** {@link #count} looks at no more than so many: whoever asks now and then does not fetch all of a large ring. */
    static final int COUNTED_AT_MOST = 4096;

    /** The type's ordinal above the 32-bit parameter; the 64-bit parameter. */
    private static final int WORDS_PER_SLOT = 2;

    /** Nobody waits at the ring itself, so publishing has nobody to signal; the ring's default would take a monitor. */
    private static final WaitStrategy NO_SIGNAL = new WaitStrategy() {
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

    /** Which slots are claimed and which are published. */
    private final MultiProducerSequencer ring;

    /** What is in them, 16 bytes a slot: a cache line goes from core to core once for four of them. */
    private final PaddedWords slots;

    private final int mask;
    private final Sequence claimed = new Sequence();

    /** What was accepted before the ring began to count: not 0 after a state was restored. */
    private volatile long acceptedBefore;

    FloatingQueue(int capacity) {
        ring = new MultiProducerSequencer(capacity, NO_SIGNAL);
        slots = new PaddedWords(WORDS_PER_SLOT * capacity);
        mask = capacity - 1;
        ring.addGatingSequences(claimed);
    }

    /**
     * Appends an interruption, or has no effect if the ring is full.
     *
     * @return its sequence number, or {@link #NONE} if the ring is full.
     */
    long offer(InterruptionType type, int parameter, long parameter64) {
        long sequence = claim();
        if (sequence != NONE) {
            publish(sequence, type, parameter, parameter64);
        }
        return sequence;
    }

    /**
     * Claims the next slot. Until {@link #publish} it hides what is published behind it.
     *
     * @return its sequence number, or {@link #NONE}, with no effect, if the ring is full.
     */
    long claim() {
        try {
            // tryNext, never next: next takes the slot first and then waits for a vCPU that may be masked for good.
            return ring.tryNext(1);
        } catch (InsufficientCapacityException full) { // one shared instance without a stack trace
            return NONE;
        }
    }

    /** Fills and publishes a slot. */
    void publish(long sequence, InterruptionType type, int parameter, long parameter64) {
        int slot = slot(sequence);
        slots.setPlain(slot, ((long) type.ordinal() << Integer.SIZE) | Integer.toUnsignedLong(parameter));
        slots.setPlain(slot + 1, parameter64);
        ring.publish(sequence);
    }

    /**
     * The sequence number of the head.
     *
     * @return it, or {@link #NONE} where nothing is published at the head.
     */
    long head() {
        while (true) {
            long last = claimed.get();
            if (ring.isAvailable(last + 1)) {
                return last + 1;
            }
            // The flag of slot last + 1 may be that of a later round: then another vCPU has moved on meanwhile.
            if (claimed.get() == last) {
                return NONE;
            }
        }
    }

    /** The type at a head that {@link #head} gave; a guess, since another vCPU may have taken it. */
    InterruptionType typeAt(long head) {
        return typeIn(slots.getPlain(slot(head)));
    }

    /**
     * Takes the head.
     *
     * @return whether the caller has it; then, and only then, what was written to {@code taken} is valid.
     */
    boolean take(long head, TakenInterruption taken) {
        int slot = slot(head);
        long typeAndParameter = slots.getPlain(slot);
        long parameter64 = slots.getPlain(slot + 1);
        if (!claimed.compareAndSet(head - 1, head)) {
            return false;
        }
        taken.type = typeIn(typeAndParameter);
        taken.parameter = (int) typeAndParameter;
        taken.parameter64 = parameter64;
        return true;
    }

    private QueuedInterruption queuedAt(long sequence) {
        int slot = slot(sequence);
        long typeAndParameter = slots.getPlain(slot);
        return new QueuedInterruption(typeIn(typeAndParameter), (int) typeAndParameter, slots.getPlain(slot + 1), 1);
    }

    /** The first word of a slot. */
    int slot(long sequence) {
        return ((int) sequence & mask) * WORDS_PER_SLOT;
    }

    private static InterruptionType typeIn(long typeAndParameter) {
        return InterruptionType.ofOrdinal((int) (typeAndParameter >>> Integer.SIZE));
    }

    int capacity() {
        return ring.getBufferSize();
    }

    /** How many were ever accepted. */
    long accepted() {
        return acceptedBefore + ring.getCursor() + 1;
    }

    /** Replaces all that is queued. Threads: one, while no other uses the machine. */
    void restore(List<QueuedInterruption> queue, long accepted) {
        claimed.set(ring.getCursor());
        for (QueuedInterruption queued : queue) {
            offer(queued.type(), queued.parameter(), queued.parameter64());
        }
        acceptedBefore = accepted - (ring.getCursor() + 1);
    }

    /** How many are queued; with those whose injector is still at it. */
    long queued() {
        long last = claimed.get();
        return ring.getCursor() - last;
    }

    /** How many of a type are queued, among the first {@value #COUNTED_AT_MOST}; a guess while others inject and take. */
    int count(InterruptionType type) {
        long first = claimed.get() + 1;
        long last = Math.min(ring.getCursor(), first + COUNTED_AT_MOST - 1);
        int count = 0;
        for (long sequence = first; sequence <= last; sequence++) {
            if (ring.isAvailable(sequence) && typeAt(sequence) == type) {
                count++;
            }
        }
        return count;
    }

    /** What is queued now, in order; a snapshot that leaves out what is taken or published meanwhile. */
    List<QueuedInterruption> snapshot() {
        List<QueuedInterruption> list = new ArrayList<>();
        long first = claimed.get() + 1;
        long last = Math.min(ring.getCursor(), first + capacity() - 1);
        for (long sequence = first; sequence <= last; sequence++) {
            list.add(ring.isAvailable(sequence) ? queuedAt(sequence) : null);
        }
        // What has been taken since the first read may have been overwritten under the reader's eyes. The slots were
        // read before claimed is read again.
        VarHandle.acquireFence();
        int gone = (int) Math.min(claimed.get() + 1 - first, list.size());
        return list.subList(gone, list.size()).stream().filter(Objects::nonNull).toList();
    }
}
