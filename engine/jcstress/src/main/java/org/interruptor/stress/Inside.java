package org.interruptor.stress;

import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.interruptor.engine.padding.Line;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;

/** What the tests with a part left out need of the engine's private parts. */
public final class Inside {
    /** The first word of a line: the stamp, a wait word, a mailbox, senders, parameter bits, a queue's count of signals that are gone. */
    public static final VarHandle WORD = of(Line.class, "word0", long.class);

    /** The counts of {@link Arrivals}. */
    public static final VarHandle EMERGENCIES = of(Line.class, "word1", long.class);

    public static final VarHandle RECORDS = of(Line.class, "word2", long.class);

    /** What a vCPU has seen of its stamp. */
    public static final VarHandle SEEN = of(Arrivals.class, "seen", long.class);

    /** Whom to wake, and the number of the present wait. */
    public static final VarHandle WAITER = of(WaitWord.class, "waiter", Object.class);

    public static final VarHandle NUMBER = of(WaitWord.class, "number", long.class);

    /** Whether a machine is closed. */
    public static final VarHandle CLOSED = of(MachineState.class, "closed", boolean.class);

    /** What a {@link LocalBacklog} knows of emergency signals, and of the records that it has read. */
    public static final VarHandle ARRIVED = of(LocalBacklog.class, "arrived", long.class);

    public static final VarHandle SAFE = of(LocalBacklog.class, "safe", long.class);
    public static final VarHandle COUNTED_RECORDS = of(LocalBacklog.class, "countedRecords", long.class);
    public static final VarHandle IS_WHOLE = of(LocalBacklog.class, "isWhole", boolean.class);

    private static final int WORDS_PER_SLOT = 4;

    private static final VarHandle CLAIMED = of(FloatingRing.class, "claimed", Sequence.class);
    private static final VarHandle SEQUENCER = of(FloatingRing.class, "sequencer", MultiProducerSequencer.class);
    private static final VarHandle SLOTS = of(FloatingRing.class, "slots", long[].class);
    private static final VarHandle WORD_OF_ARRAY = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle LOCAL_RING = of(LocalQueue.class, "ring", ManyToOneRingBuffer.class);
    private static final VarHandle SET = of(VcpuSet.class, "words", long[].class);

    private Inside() {}

    private static VarHandle of(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Sets the first word of a set of vCPUs. Release. */
    public static void members(VcpuSet set, long members) {
        WORD_OF_ARRAY.setRelease((long[]) SET.get(set), PaddedWords.PAD, members);
    }

    /** The cursor {@code claimed} of a floating ring. */
    public static Sequence claimed(FloatingRing ring) {
        return (Sequence) CLAIMED.get(ring);
    }

    public static Sequencer sequencer(FloatingRing ring) {
        return (Sequencer) SEQUENCER.get(ring);
    }

    /** The first word of the slot of a sequence number: that of the one which is published there, and one. Volatile. */
    public static long published(FloatingRing ring, long sequence) {
        return (long) WORD_OF_ARRAY.getVolatile((long[]) SLOTS.get(ring), slot(ring, sequence));
    }

    /** Sets the first word of a slot. Release. */
    public static void publish(FloatingRing ring, long sequence) {
        WORD_OF_ARRAY.setRelease((long[]) SLOTS.get(ring), slot(ring, sequence), sequence + 1);
    }

    /** Type and parameter of a slot, in its second word. Opaque. */
    public static void fill(FloatingRing ring, long sequence, long typeAndParameter) {
        WORD_OF_ARRAY.setOpaque((long[]) SLOTS.get(ring), slot(ring, sequence) + 1, typeAndParameter);
    }

    /** What the slot of a sequence number holds now. */
    public static int parameter(FloatingRing ring, long sequence) {
        return (int) ((long[]) SLOTS.get(ring))[slot(ring, sequence) + 1];
    }

    private static int slot(FloatingRing ring, long sequence) {
        return PaddedWords.PAD + ((int) sequence & (ring.capacity() - 1)) * WORDS_PER_SLOT;
    }

    /** Emergency signals that a local queue shows as delivered or discarded. */
    public static long emergenciesGone(LocalQueue queue) {
        return (long) WORD.getAcquire(queue);
    }

    public static ManyToOneRingBuffer localRing(LocalQueue queue) {
        return (ManyToOneRingBuffer) LOCAL_RING.get(queue);
    }
}
