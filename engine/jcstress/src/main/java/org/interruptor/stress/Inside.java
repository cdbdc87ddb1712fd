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
    /** The word of a {@link WaitWord} or of a mailbox, or the stamp of {@link Arrivals}. */
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
    public static final VarHandle READ_RECORDS = of(LocalBacklog.class, "readRecords", long.class);
    public static final VarHandle IS_WHOLE = of(LocalBacklog.class, "isWhole", boolean.class);

    private static final VarHandle CLAIMED = of(FloatingRing.class, "claimed", Sequence.class);
    private static final VarHandle SEQUENCER = of(FloatingRing.class, "sequencer", MultiProducerSequencer.class);
    private static final VarHandle SLOTS = of(FloatingRing.class, "slots", PaddedWords.class);
    private static final VarHandle LOCAL_RING = of(LocalQueue.class, "ring", ManyToOneRingBuffer.class);
    private static final VarHandle SET = of(VcpuSet.class, "words", PaddedWords.class);

    private Inside() {}

    private static VarHandle of(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The words of a set of vCPUs. */
    public static PaddedWords words(VcpuSet set) {
        return (PaddedWords) SET.get(set);
    }

    /** The cursor {@code claimed} of a floating ring. */
    public static Sequence claimed(FloatingRing ring) {
        return (Sequence) CLAIMED.get(ring);
    }

    public static Sequencer sequencer(FloatingRing ring) {
        return (Sequencer) SEQUENCER.get(ring);
    }

    /** The slots of a ring, each of {@link #WORDS_PER_SLOT} words: sequence number + 1, type and parameter, parameter. */
    public static PaddedWords slots(FloatingRing ring) {
        return (PaddedWords) SLOTS.get(ring);
    }

    public static final int WORDS_PER_SLOT = 4;

    /** Where the slot of a sequence number begins. */
    public static int slot(FloatingRing ring, long sequence) {
        return ((int) sequence & (ring.capacity() - 1)) * WORDS_PER_SLOT;
    }

    /** What the slot of a sequence number holds now. */
    public static int parameter(FloatingRing ring, long sequence) {
        return (int) slots(ring).getPlain(slot(ring, sequence) + 1);
    }

    public static ManyToOneRingBuffer localRing(LocalQueue queue) {
        return (ManyToOneRingBuffer) LOCAL_RING.get(queue);
    }
}
