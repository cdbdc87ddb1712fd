package org.interruptor.engine.queue;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.InjectResult;
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
    private final Sequence claimed = new Sequence();

    /** A ring with so many places, a power of two: more than there are subchannels. */
    public IoRing(int subclass, int capacity) {
        this.subclass = subclass;
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
     * @return ACCEPTED, COALESCED, or FULL with no effect.
     */
    public InjectResult inject(Subchannel source, long payload) {
        while (true) {
            long state = source.state();
            switch (Subchannel.kindIn(state)) {
                case Subchannel.IDLE -> {
                    if (source.change(state, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.INJECTING))) {
                        return enqueue(source, state, payload);
                    }
                }
                case Subchannel.INJECTING -> {
                    return InjectResult.COALESCED; // the other one's comes, with its payload
                }
                case Subchannel.QUEUED -> {
                    source.payload(payload);
                    if (source.change(state, Subchannel.nextVersion(state))) {
                        return InjectResult.COALESCED;
                    } // else taken or withdrawn meanwhile: anew
                }
                default -> {
                    if (revive(source, state, payload)) {
                        return InjectResult.ACCEPTED;
                    }
                }
            }
        }
    }

    /** A withdrawn one whose entry is still there is valid again; where its subclass has changed, that entry is given up. */
    private boolean revive(Subchannel source, long state, long payload) {
        long entry = Subchannel.entryIn(state);
        if ((entry & SUBCLASS_MASK) != subclass) {
            source.change(state, Subchannel.with(state, entry, Subchannel.IDLE));
            return false;
        }
        source.payload(payload);
        return source.change(state, Subchannel.nextVersion(Subchannel.with(state, entry, Subchannel.QUEUED)));
    }

    /** The subchannel is INJECTING, and so the caller's alone. */
    private InjectResult enqueue(Subchannel source, long idle, long payload) {
        StackProbe.probe();
        long sequence = next();
        if (sequence == FloatingRing.NONE) {
            source.change(source.state(), idle);
            return InjectResult.FULL;
        }
        int slot = slot(sequence);
        source.payload(payload);
        source.subclass(subclass);
        subchannels[slot] = source;
        source.queued(entry(sequence));
        SLOT.setRelease(published, slot, sequence + 1);
        return InjectResult.ACCEPTED;
    }

    private long next() {
        for (int i = 0; i < 2; i++) {
            try {
                return sequencer.tryNext(1);
            } catch (InsufficientCapacityException full) { // one shared instance without a stack trace
                passDeadHeads();
            }
        }
        return FloatingRing.NONE;
    }

    private void passDeadHeads() {
        head();
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
            if (source.change(state, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.IDLE))) {
                taken.parameter = source.subsystemId();
                taken.parameter64 = payload;
                claimed.compareAndSet(head - 1, head);
                return true;
            }
        }
    }

    /** Entries, dead ones included. A guess while others inject and take. */
    public long queued() {
        return sequencer.getCursor() - claimed.get();
    }
}
