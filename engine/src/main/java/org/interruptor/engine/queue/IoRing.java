package org.interruptor.engine.queue;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The I/O interruptions of one subclass: a multi-producer Disruptor ring whose entries name subchannels.
 *
 * <pre>
 *  slot:  | sequence + 1 once it is published |   and beside it the {@link Subchannel}
 * </pre>
 *
 * <p>The state of the subchannel decides who takes an entry, not {@code claimed}: an entry can be withdrawn from the middle. A
 * head whose subchannel is not QUEUED with this entry is dead, and who sees it advances {@code claimed} over it.
 *
 * <p><b>FULL comes before any change.</b> A second injector that meets INJECTING answers COALESCED and relies on the first, so the
 * first must not end FULL. Therefore an injector looks for room before it makes the subchannel INJECTING: as many places as there are
 * subchannels must be free. From the moment when fewer are free each subchannel can still add one entry at most: the compare-and-set
 * to INJECTING fails if the subchannel was queued since its state was read, and an injector that reads it later finds no room. So a place is
 * there for each injector that has passed the look.
 *
 * <p>Threads: any. Ordering: as {@link FloatingRing}; states of subchannels are volatile.
 */
public final class IoRing extends Padded {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int SUBCLASS_BITS = 3;
    private static final long SUBCLASS_MASK = (1L << SUBCLASS_BITS) - 1;

    private final MultiProducerSequencer sequencer;
    private final long[] published;
    private final Subchannel[] subchannels;
    private final int subclass;
    private final int mask;
    private final int spare;
    private final Sequence claimed = new Sequence();

    /** The places of a ring for so many subchannels: twice as many, so that dead entries hold up nobody, rounded up to a power of two. */
    static int capacityFor(int subchannels) {
        return Math.max(2, Integer.highestOneBit(2 * subchannels - 1) << 1);
    }

    /**
     * A ring.
     *
     * @param sources how many subchannels there are at most: so many places an injector leaves free.
     */
    public IoRing(int subclass, int sources) {
        this.subclass = subclass;
        int capacity = capacityFor(sources);
        spare = sources;
        sequencer = new MultiProducerSequencer(capacity, FloatingRing.NO_SIGNAL);
        published = new long[PaddedWords.PAD + capacity + PaddedWords.PAD];
        subchannels = new Subchannel[PaddedWords.PAD + capacity + PaddedWords.PAD];
        mask = capacity - 1;
        sequencer.addGatingSequences(claimed);
    }

    private int slot(long sequence) {
        return PaddedWords.PAD + ((int) sequence & mask);
    }

    /**
     * Injects. The caller announces it where the answer is ACCEPTED or COALESCED.
     *
     * @return ACCEPTED, COALESCED; or with no effect FULL, or INVALID where it is pending in another subclass.
     */
    public InjectResult inject(Subchannel source, long payload) {
        return inject(source, payload, Since.NONE);
    }

    /**
     * As {@link #inject(Subchannel, long)}, with the time.
     *
     * @param since {@link Since#now}; {@link Since#NONE} where nobody asks.
     */
    public InjectResult inject(Subchannel source, long payload, long since) {
        while (true) {
            long state = source.state();
            switch (Subchannel.kindIn(state)) {
                case Subchannel.IDLE -> {
                    if (!hasRoom()) {
                        return InjectResult.FULL;
                    }
                    if (source.change(state, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.INJECTING))) {
                        enqueue(source, payload, since);
                        return InjectResult.ACCEPTED;
                    }
                }
                case Subchannel.INJECTING -> {
                    return InjectResult.COALESCED; // the other one's comes, with its payload
                }
                case Subchannel.QUEUED -> {
                    if ((Subchannel.entryIn(state) & SUBCLASS_MASK) != subclass) {
                        return InjectResult.INVALID; // a subclass changes while nothing is pending only
                    }
                    source.payload(payload);
                    if (source.change(state, Subchannel.nextVersion(state))) {
                        return InjectResult.COALESCED;
                    } // else taken or withdrawn meanwhile: anew
                }
                default -> {
                    if (revive(source, state, payload, since)) {
                        return InjectResult.ACCEPTED;
                    }
                }
            }
        }
    }

    /** A withdrawn one whose entry is still there is valid again; where its subclass has changed, that entry is given up. */
    private boolean revive(Subchannel source, long state, long payload, long since) {
        long entry = Subchannel.entryIn(state);
        if ((entry & SUBCLASS_MASK) != subclass) {
            source.change(state, Subchannel.with(state, entry, Subchannel.IDLE));
            return false;
        }
        source.payload(payload);
        source.since(since);
        return source.change(state, Subchannel.nextVersion(Subchannel.with(state, entry, Subchannel.QUEUED)));
    }

    /** Whether as many places are free as there are subchannels; dead heads are passed to make room. Volatile. */
    private boolean hasRoom() {
        StackProbe.probe(); // no StackOverflowError between INJECTING and QUEUED
        if (sequencer.remainingCapacity() >= spare) {
            return true;
        }
        head();
        return sequencer.remainingCapacity() >= spare;
    }

    /** The subchannel is INJECTING, and so the caller's alone. */
    private void enqueue(Subchannel source, long payload, long since) {
        long sequence;
        try {
            sequence = sequencer.tryNext(1);
        } catch (InsufficientCapacityException full) { // cannot be: see above
            throw new IllegalStateException("no place in the ring of subclass " + subclass, full);
        }
        int slot = slot(sequence);
        source.payload(payload);
        source.since(since);
        source.subclass(subclass);
        subchannels[slot] = source;
        source.queued(entry(sequence));
        SLOT.setRelease(published, slot, sequence + 1);
    }

    /**
     * The sequence number of the first entry that can be taken; dead ones in front of it are passed.
     *
     * @return it, or {@link FloatingRing#NONE}.
     */
    public long head() {
        while (true) {
            long head = claimed.get() + 1;
            long word = (long) SLOT.getVolatile(published, slot(head));
            if (word <= head) {
                return FloatingRing.NONE;
            }
            if (word == head + 1) {
                Subchannel source = subchannels[slot(head)];
                long state = source.state();
                if (isEntry(state, head, Subchannel.QUEUED)) {
                    return head;
                }
                if (!isEntry(state, head, Subchannel.WITHDRAWN)
                        || source.change(state, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.IDLE))) {
                    claimed.compareAndSet(head - 1, head);
                }
            } // else of a later round: another vCPU has moved on meanwhile
        }
    }

    /** What the state of a subchannel says of its entry: rings number theirs independently, so it is not the sequence number alone. */
    private long entry(long sequence) {
        return sequence << SUBCLASS_BITS | subclass;
    }

    private boolean isEntry(long state, long sequence, int kind) {
        return Subchannel.kindIn(state) == kind && Subchannel.entryIn(state) == entry(sequence);
    }

    /**
     * Takes the head.
     *
     * @return whether the caller has it; then, and only then, {@code taken} is valid: parameter is the subsystem-identification
     *     word, parameter64 the payload.
     */
    public boolean take(long head, TakenInterruption taken) {
        Subchannel source = subchannels[slot(head)];
        if (source == null) {
            return false;
        }
        while (true) {
            long state = source.state();
            if (!isEntry(state, head, Subchannel.QUEUED)) {
                return false;
            }
            long payload = source.payload();
            long since = source.since();
            if (source.change(state, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.IDLE))) {
                taken.parameter = source.subsystemId();
                taken.parameter64 = payload;
                taken.since = since;
                claimed.compareAndSet(head - 1, head);
                return true;
            }
        }
    }

    /**
     * The entries that are pending or withdrawn now, in order: the subsystem-identification word, the payload, and as the count 1 for one
     * that is pending and 0 for one that is withdrawn. A guess while others inject and take.
     */
    public List<QueuedInterruption> snapshot() {
        List<QueuedInterruption> list = new ArrayList<>();
        long last = sequencer.getCursor();
        for (long sequence = claimed.get() + 1; sequence <= last; sequence++) {
            Subchannel source = subchannels[slot(sequence)];
            long state = source == null ? 0 : source.state();
            boolean isPending = isEntry(state, sequence, Subchannel.QUEUED);
            if (isPending || isEntry(state, sequence, Subchannel.WITHDRAWN)) {
                list.add(new QueuedInterruption(
                        InterruptionType.IO, source.subsystemId(), source.payload(), isPending ? 1 : 0));
            }
        }
        return list;
    }

    /** Entries, dead ones included. A guess while others inject and take. */
    public long queued() {
        return sequencer.getCursor() - claimed.get();
    }
}
