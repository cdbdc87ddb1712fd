package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A list of what is queued in the floating ring, while it is published, taken and filled anew. */
public final class ListedWhileTaken {
    private ListedWhileTaken() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** Those that are not published are left out before those that are gone are cut off. */
        PLACES_OF_THE_UNPUBLISHED,
        /** What was taken under the eyes of the reader stays in the list. */
        READING_CLAIMED_AGAIN
    }

    /** How it can end. */
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "What was queued all the time, in order, with its own contents.")
    @Outcome(expect = FORBIDDEN, desc = "Something is missing, not filled yet, or of another.")
    public static class Listed {}

    /** A ring, and lists of it until one is not as it must be. */
    abstract static class Sides {
        private static final int LISTS = 32;

        final FloatingRing ring = new FloatingRing(8);
        volatile boolean begun;
        private final Cut cut;
        private List<Integer> list;

        Sides(Cut cut) {
            this.cut = cut;
        }

        void listAll() {
            for (int i = 0; i < LISTS && (list == null || isGood(list)); i++) {
                list = list();
                begun = true;
            }
        }

        private List<Integer> list() {
            return cut == Cut.NOTHING
                    ? ring.snapshot().stream()
                            .map(QueuedInterruption::parameter)
                            .toList()
                    : parameters(cut != Cut.PLACES_OF_THE_UNPUBLISHED, cut != Cut.READING_CLAIMED_AGAIN);
        }

        /** As {@link FloatingRing#snapshot}, but for what is left out. */
        private List<Integer> parameters(boolean keepsPlaces, boolean cutsOff) {
            List<Integer> parameters = new ArrayList<>();
            long first = Inside.claimed(ring).get() + 1;
            long last = Math.min(Inside.sequencer(ring).getCursor(), first + ring.capacity() - 1);
            for (long sequence = first; sequence <= last; sequence++) {
                if (Inside.published(ring, sequence) == sequence + 1) {
                    parameters.add(Inside.parameter(ring, sequence));
                } else if (keepsPlaces) {
                    parameters.add(null);
                }
            }
            VarHandle.acquireFence();
            int gone = cutsOff ? (int) Math.min(Inside.claimed(ring).get() + 1 - first, parameters.size()) : 0;
            return parameters.subList(gone, parameters.size()).stream()
                    .filter(Objects::nonNull)
                    .toList();
        }

        abstract boolean isGood(List<Integer> parameters);

        void judge(L_Result r) {
            r.r1 = isGood(list) ? "good" : "bad";
        }
    }

    /** The slot in front is published and taken: the one behind it stays in the list. */
    abstract static class Behind extends Sides {
        private final long front = ring.claim();

        Behind(Cut cut) {
            super(cut);
            ring.offer(InterruptionType.SERVICE_SIGNAL, 2, 0);
        }

        void publishAndTake() {
            for (int i = 0; i < 100 && !begun; i++) {
                Thread.onSpinWait(); // or it is over before the other lists
            }
            ring.publish(front, InterruptionType.SERVICE_SIGNAL, 1, 0);
            ring.take(ring.head(), new TakenInterruption());
        }

        @Override
        boolean isGood(List<Integer> parameters) {
            return parameters.equals(List.of(2)) || parameters.equals(List.of(1, 2));
        }
    }

    /** A full ring, of which each slot is taken and filled anew; the parameter of each is its sequence number. */
    abstract static class FilledAnew extends Sides {
        private static final int ROUNDS = 32;

        private final TakenInterruption taken = new TakenInterruption();

        FilledAnew(Cut cut) {
            super(cut);
            for (int sequence = 0; sequence < ring.capacity(); sequence++) {
                ring.offer(InterruptionType.SERVICE_SIGNAL, sequence, 0);
            }
        }

        void takeAndFillAnew() {
            for (int i = 0; i < ROUNDS; i++) {
                ring.take(ring.head(), taken);
                ring.offer(InterruptionType.SERVICE_SIGNAL, i + ring.capacity(), 0);
            }
        }

        @Override
        boolean isGood(List<Integer> parameters) {
            for (int i = 1; i < parameters.size(); i++) {
                if (parameters.get(i) != parameters.get(i - 1) + 1) {
                    return false;
                }
            }
            return true;
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Listed.class) @State
    public static class PublishedAndTaken extends Behind {
        public PublishedAndTaken() { super(Cut.NOTHING); }
        @Actor public void vcpu() { publishAndTake(); }
        @Actor public void reader() { listAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Listed.class) @State
    public static class WithoutPlacesOfTheUnpublished extends Behind {
        public WithoutPlacesOfTheUnpublished() { super(Cut.PLACES_OF_THE_UNPUBLISHED); }
        @Actor public void vcpu() { publishAndTake(); }
        @Actor public void reader() { listAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Listed.class) @State
    public static class TakenAndFilledAnew extends FilledAnew {
        public TakenAndFilledAnew() { super(Cut.NOTHING); }
        @Actor public void vcpu() { takeAndFillAnew(); }
        @Actor public void reader() { listAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Listed.class) @State
    public static class WithoutReadingClaimedAgain extends FilledAnew {
        public WithoutReadingClaimedAgain() { super(Cut.READING_CLAIMED_AGAIN); }
        @Actor public void vcpu() { takeAndFillAnew(); }
        @Actor public void reader() { listAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
