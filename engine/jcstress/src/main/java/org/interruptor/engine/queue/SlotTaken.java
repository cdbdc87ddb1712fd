package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The slots of the floating ring, each of which publishes itself: taken once, in ring order, and what was read of a slot belongs
 * to the interruption that is taken.
 */
public final class SlotTaken {
    private SlotTaken() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The slot is published, then filled. */
        FILLING_FIRST,
        /** A slot says that it is published, not for which round. */
        SEQUENCE_IN_THE_SLOT,
        /** The head is the first that is published, behind one that is not. */
        STOPPING_AT_A_HOLE,
        /** "Not published" is not asked again. */
        READING_CLAIMED_AGAIN,
        /** The contents are read behind the claim. */
        READING_BEFORE_THE_CLAIM,
        /** Taking is a look and a store. */
        COMPARE_AND_SET
    }

    /** How it can end. */
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "In order, each once, with its own contents; or none yet.")
    @Outcome(expect = FORBIDDEN, desc = "Overtaken, doubled, torn, or nothing where something was.")
    public static class Good {}

    /** A ring of two. */
    abstract static class Sides {
        final FloatingRing ring = new FloatingRing(2);
        final Cut cut;

        Sides(Cut cut) {
            this.cut = cut;
        }

        /** The parameter of each is its sequence number and one. */
        boolean offer() {
            long sequence = ring.claim();
            if (sequence == FloatingRing.NONE) {
                return false;
            }
            publish(sequence);
            return true;
        }

        void publish(long sequence) {
            if (cut == Cut.FILLING_FIRST) {
                Inside.publish(ring, sequence);
                fill(sequence);
            } else {
                ring.publish(sequence, InterruptionType.SERVICE_SIGNAL, (int) sequence + 1, 0);
            }
        }

        private void fill(long sequence) {
            long type = (long) InterruptionType.SERVICE_SIGNAL.ordinal() << Integer.SIZE;
            Inside.fill(ring, sequence, type | (sequence + 1));
        }

        long head() {
            long next = Inside.claimed(ring).get() + 1;
            return switch (cut) {
                case SEQUENCE_IN_THE_SLOT -> Inside.published(ring, next) == 0 ? FloatingRing.NONE : next;
                case READING_CLAIMED_AGAIN -> isPublished(next) ? next : FloatingRing.NONE;
                case STOPPING_AT_A_HOLE ->
                    isPublished(next) ? next : isPublished(next + 1) ? next + 1 : FloatingRing.NONE;
                default -> ring.head();
            };
        }

        private boolean isPublished(long sequence) {
            return Inside.published(ring, sequence) == sequence + 1;
        }

        boolean take(long head, TakenInterruption taken) {
            switch (cut) {
                case READING_BEFORE_THE_CLAIM -> {
                    boolean isTaken = Inside.claimed(ring).compareAndSet(head - 1, head);
                    taken.parameter = Inside.parameter(ring, head);
                    return isTaken;
                }
                case COMPARE_AND_SET, STOPPING_AT_A_HOLE -> {
                    taken.parameter = Inside.parameter(ring, head);
                    Inside.claimed(ring).set(head);
                    return true;
                }
                default -> {
                    return ring.take(head, taken);
                }
            }
        }
    }

    /** The slot in front is claimed and not yet published, the one behind it is. */
    abstract static class Hole extends Sides {
        private final long front = ring.claim();
        private final StringBuilder order = new StringBuilder();

        Hole(Cut cut) {
            super(cut);
            offer();
        }

        void publishFront() {
            publish(front);
        }

        void takeAll() {
            TakenInterruption taken = new TakenInterruption();
            for (long head = head(); head != FloatingRing.NONE && order.length() < 3; head = head()) {
                take(head, taken);
                order.append(taken.parameter);
            }
        }

        void judge(L_Result r) {
            String seen = order.toString();
            r.r1 = seen.isEmpty() || seen.equals("12") ? "good" : seen;
        }
    }

    /** One is queued for two. */
    abstract static class One extends Sides {
        private boolean first;
        private boolean second;

        One(Cut cut) {
            super(cut);
            offer();
        }

        void first() {
            first = take();
        }

        void second() {
            second = take();
        }

        private boolean take() {
            long head = head();
            return head != FloatingRing.NONE && take(head, new TakenInterruption());
        }

        void judge(L_Result r) {
            r.r1 = first != second ? "good" : first ? "both" : "neither";
        }
    }

    /**
     * A full ring, which is never empty: the other vCPU takes one and fills its slot before it takes the next. A slot is read by
     * the one while it is taken and filled anew.
     */
    abstract static class Reuse extends Sides {
        private static final int LOOKS = 64;
        private static final int ROUNDS = 32;

        private final TakenInterruption taken = new TakenInterruption();
        private final TakenInterruption others = new TakenInterruption();
        private long head;
        private boolean isEmpty;
        private boolean isTaken;

        Reuse(Cut cut) {
            super(cut);
            offer();
            offer();
        }

        void look() {
            int looks = cut == Cut.READING_BEFORE_THE_CLAIM ? 1 : LOOKS;
            for (int i = 0; i < looks && !isEmpty; i++) {
                head = head();
                isEmpty = head == FloatingRing.NONE;
            }
            isTaken = !isEmpty && take(head, taken);
        }

        void takeAndFillAnew() {
            for (int i = 0; i < ROUNDS; i++) {
                long next = ring.head();
                if (next != FloatingRing.NONE) {
                    ring.take(next, others);
                }
                offer();
            }
        }

        void judge(L_Result r) {
            r.r1 = isEmpty ? "empty" : !isTaken || taken.parameter == head + 1 ? "good" : "torn";
        }
    }

    /** One is offered after the other, and taken. */
    abstract static class Rounds extends Sides {
        private static final int ROUNDS = 16;

        private final TakenInterruption taken = new TakenInterruption();
        private String seen = "good";

        Rounds(Cut cut) {
            super(cut);
        }

        void offerAll() {
            for (int i = 0; i < ROUNDS; i++) {
                offer();
            }
        }

        void takeAll() {
            for (int i = 0; i < ROUNDS * 8; i++) {
                long head = head();
                if (head != FloatingRing.NONE && take(head, taken) && taken.parameter != head + 1) {
                    seen = "torn";
                }
            }
        }

        void judge(L_Result r) {
            r.r1 = seen;
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Good.class) @State
    public static class InOrder extends Hole {
        public InOrder() { super(Cut.NOTHING); }
        @Actor public void injector() { publishFront(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutStoppingAtAHole extends Hole {
        public WithoutStoppingAtAHole() { super(Cut.STOPPING_AT_A_HOLE); }
        @Actor public void injector() { publishFront(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class ByOneOfTwo extends One {
        public ByOneOfTwo() { super(Cut.NOTHING); }
        @Actor public void one() { first(); }
        @Actor public void other() { second(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutCompareAndSet extends One {
        public WithoutCompareAndSet() { super(Cut.COMPARE_AND_SET); }
        @Actor public void one() { first(); }
        @Actor public void other() { second(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WhileFilledAnew extends Reuse {
        public WhileFilledAnew() { super(Cut.NOTHING); }
        @Actor public void one() { look(); }
        @Actor public void other() { takeAndFillAnew(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutReadingClaimedAgain extends Reuse {
        public WithoutReadingClaimedAgain() { super(Cut.READING_CLAIMED_AGAIN); }
        @Actor public void one() { look(); }
        @Actor public void other() { takeAndFillAnew(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutReadingBeforeTheClaim extends Reuse {
        public WithoutReadingBeforeTheClaim() { super(Cut.READING_BEFORE_THE_CLAIM); }
        @Actor public void one() { look(); }
        @Actor public void other() { takeAndFillAnew(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WhileOffered extends Rounds {
        public WhileOffered() { super(Cut.NOTHING); }
        @Actor public void injector() { offerAll(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutFillingBeforePublishing extends Rounds {
        public WithoutFillingBeforePublishing() { super(Cut.FILLING_FIRST); }
        @Actor public void injector() { offerAll(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** What is there of the round before passes for published. */
    @JCStressTest @JCStressMeta(Good.class) @State
    public static class WithoutSequenceInTheSlot extends Rounds {
        public WithoutSequenceInTheSlot() { super(Cut.SEQUENCE_IN_THE_SLOT); }
        @Actor public void injector() { offerAll(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
