package org.interruptor.engine.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.interruptor.engine.LincheckForm;
import org.interruptor.engine.gate.InterruptionType;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The floating queue against a plain list: claims, publications and takes of all threads are as if one came after the
 * other.
 *
 * <p>The two halves of an injection are operations of their own. Together they are none: what is claimed and not yet
 * published hides what is published behind it, which is a state of the queue here.
 *
 * <p>Model checking was seen to fail with a {@code FloatingRing.take} that moves {@code claimed} by look and store, and with
 * one that reads the slot after the compare-and-set.
 */
@Tag("lincheck")
class FloatingRingLincheckTest {
    private static final int CAPACITY = 2;
    private static final int MAX_THREADS = 8;
    private static final int NOTHING = -1;

    @Test
    void allInterleavingsFoundAreThoseOfAList() {
        LincheckForm.modelCheck(Ring.class, Plain.class);
    }

    @Test
    void allRunsOfRealThreadsAreThoseOfAList() {
        LincheckForm.stress(Ring.class, Plain.class);
    }

    /** What the threads do. Each has at most one slot between claiming and publishing. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "parameter", gen = IntGen.class, conf = "1:9")
    public static class Ring {
        private final FloatingRing queue = new FloatingRing(CAPACITY);
        private final long[] slots = new long[MAX_THREADS];

        public Ring() {
            Arrays.fill(slots, FloatingRing.NONE);
        }

        @Operation
        public boolean claim(@Param(name = "thread") int thread) {
            if (slots[thread] == FloatingRing.NONE) {
                slots[thread] = queue.claim();
                return slots[thread] != FloatingRing.NONE;
            }
            return false;
        }

        @Operation
        public void publish(@Param(name = "thread") int thread, @Param(name = "parameter") int parameter) {
            if (slots[thread] != FloatingRing.NONE) {
                queue.publish(slots[thread], InterruptionType.VIRTIO, parameter, -parameter);
                slots[thread] = FloatingRing.NONE;
            }
        }

        /** As a delivery does: again, where another was faster. */
        @Operation
        public int take() {
            TakenInterruption taken = new TakenInterruption();
            while (true) {
                long head = queue.head();
                if (head == FloatingRing.NONE) {
                    return NOTHING;
                }
                if (queue.take(head, taken)) {
                    return taken.parameter64 == -taken.parameter ? taken.parameter : Integer.MIN_VALUE;
                }
            }
        }

        @Operation
        public long accepted() {
            return queue.accepted();
        }
    }

    /** One after the other: a list of slots. */
    public static class Plain {
        /** A claimed slot; {@link #NOTHING} in it until it is published. */
        private static final class Slot {
            private int parameter = NOTHING;
        }

        private final List<Slot> queue = new ArrayList<>();
        private final Slot[] slots = new Slot[MAX_THREADS];
        private long accepted;

        public boolean claim(int thread) {
            if (slots[thread] != null || queue.size() == CAPACITY) {
                return false;
            }
            slots[thread] = new Slot();
            queue.add(slots[thread]);
            accepted++;
            return true;
        }

        public void publish(int thread, int parameter) {
            if (slots[thread] != null) {
                slots[thread].parameter = parameter;
                slots[thread] = null;
            }
        }

        public int take() {
            return queue.isEmpty() || queue.get(0).parameter == NOTHING ? NOTHING : queue.remove(0).parameter;
        }

        public long accepted() {
            return accepted;
        }
    }
}
