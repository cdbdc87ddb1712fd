package org.interruptor.engine;

import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;

/** What the tests with an ingredient left out need of the engine's private parts. */
final class Inside {
    /** The word of a {@link WaitWord}. */
    static final VarHandle WORD = of(WaitWord.class, "word", long.class);

    /** Whether a {@link Machine} is closed. */
    static final VarHandle MACHINE_CLOSED = of(Machine.class, "closed", boolean.class);

    /** What a {@link LocalBacklog} knows of emergency signals. */
    static final VarHandle ARRIVED = of(LocalBacklog.class, "arrived", long.class);

    static final VarHandle SAFE = of(LocalBacklog.class, "safe", long.class);

    private static final VarHandle CLAIMED = of(FloatingQueue.class, "claimed", Sequence.class);
    private static final VarHandle RING = of(FloatingQueue.class, "ring", MultiProducerSequencer.class);

    private static final VarHandle LOCAL_RING = of(LocalQueue.class, "ring", ManyToOneRingBuffer.class);

    private static final VarHandle SLOTS = of(FloatingQueue.class, "slots", PaddedWords.class);

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
    static PaddedWords words(VcpuSet set) {
        return (PaddedWords) SET.get(set);
    }

    /** The cursor {@code claimed} of a floating queue. */
    static Sequence claimed(FloatingQueue queue) {
        return (Sequence) CLAIMED.get(queue);
    }

    static ManyToOneRingBuffer localRing(LocalQueue queue) {
        return (ManyToOneRingBuffer) LOCAL_RING.get(queue);
    }

    static Sequencer ring(FloatingQueue queue) {
        return (Sequencer) RING.get(queue);
    }

    /** What the slot of a sequence number holds now. */
    static int parameter(FloatingQueue queue, long sequence) {
        return (int) ((PaddedWords) SLOTS.get(queue)).getPlain(queue.slot(sequence));
    }
}
