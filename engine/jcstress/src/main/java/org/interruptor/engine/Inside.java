package org.interruptor.engine;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

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
    private static final VarHandle RING = of(FloatingQueue.class, "ring", RingBuffer.class);

    private static final VarHandle LOCAL_RING = of(LocalQueue.class, "ring", ManyToOneRingBuffer.class);

    private static final VarHandle PARAMETER;

    static {
        Class<?> slot = FloatingQueue.class.getDeclaredClasses()[0]; // Slot, the only one with a name
        PARAMETER = of(slot, "parameter", int.class);
    }

    private Inside() {}

    private static VarHandle of(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The cursor {@code claimed} of a floating queue. */
    static Sequence claimed(FloatingQueue queue) {
        return (Sequence) CLAIMED.get(queue);
    }

    static ManyToOneRingBuffer localRing(LocalQueue queue) {
        return (ManyToOneRingBuffer) LOCAL_RING.get(queue);
    }

    static RingBuffer<?> ring(FloatingQueue queue) {
        return (RingBuffer<?>) RING.get(queue);
    }

    /** What the slot of a sequence number holds now. */
    static int parameter(FloatingQueue queue, long sequence) {
        return (int) PARAMETER.get((Object) ring(queue).get(sequence));
    }
}
