package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.TakenInterruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two vCPUs take from the floating queue: each interruption once, and what was read of a slot belongs to it. */
public final class HeadClaimedByTwo {
    private HeadClaimedByTwo() {}

    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "One has it.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither.")
    @State
    public static class One {
        private final Rig rig = Rig.take();

        public One() {
            rig.machine.injectService(1);
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = rig.vcpu.deliverPending();
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = rig.other.deliverPending();
        }

        @Arbiter
        public void end() {
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"3, 0", "2, 1", "1, 2", "0, 3"},
            expect = ACCEPTABLE,
            desc = "Each is taken once.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or doubled.")
    @State
    public static class Several {
        private final Rig rig = Rig.take();

        public Several() {
            for (int i = 0; i < 3; i++) {
                rig.machine.injectService(i);
            }
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = rig.vcpu.deliverPending();
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = rig.other.deliverPending();
        }

        @Arbiter
        public void end() {
            rig.giveBack();
        }
    }

    /** A slot is read by one vCPU while another takes it and an injector fills it anew. */
    @JCStressTest
    @Outcome(
            id = {"taken", "not taken"},
            expect = ACCEPTABLE,
            desc = "Its own parameter, or none.")
    @Outcome(id = "empty", expect = FORBIDDEN, desc = "Nothing found in a ring that is never empty.")
    @Outcome(expect = FORBIDDEN, desc = "The parameter of another.")
    @State
    public static class SlotUsedAgain extends Reuse {
        @Actor
        public void read() {
            for (int i = 0; i < LOOKS; i++) {
                head(queue.head());
            }
            take();
        }

        @Actor
        public void takeAndFill() {
            takeAndFillAnew();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The head by a single look: a flag of a later round passes for nothing published. */
    @JCStressTest
    @Outcome(
            id = {"taken", "not taken"},
            expect = ACCEPTABLE,
            desc = "Its own parameter, or none.")
    @Outcome(id = "empty", expect = FORBIDDEN, desc = "Nothing found in a ring that is never empty.")
    @Outcome(expect = FORBIDDEN, desc = "The parameter of another.")
    @State
    public static class WithoutReadingClaimedAgain extends Reuse {
        @Actor
        public void read() {
            for (int i = 0; i < LOOKS; i++) {
                long next = Inside.claimed(queue).get() + 1;
                head(Inside.ring(queue).isAvailable(next) ? next : FloatingQueue.NONE);
            }
            take();
        }

        @Actor
        public void takeAndFill() {
            takeAndFillAnew();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"taken", "not taken"},
            expect = ACCEPTABLE,
            desc = "Its own parameter, or none.")
    @Outcome(expect = FORBIDDEN, desc = "The parameter of another.")
    @State
    public static class WithoutReadingBeforeTheClaim extends Reuse {
        @Actor
        public void read() {
            head(queue.head());
            if (Inside.claimed(queue).compareAndSet(head - 1, head)) {
                taken.parameter = Inside.parameter(queue, head);
                isTaken = true;
            }
        }

        @Actor
        public void takeAndFill() {
            takeAndFillAnew();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One has it.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither.")
    @State
    public static class WithoutCompareAndSet {
        private final FloatingQueue queue = new FloatingQueue(2);

        public WithoutCompareAndSet() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
        }

        private boolean take() {
            long head = queue.head();
            if (head == FloatingQueue.NONE) {
                return false;
            }
            Inside.claimed(queue).set(head);
            return true;
        }

        @Actor
        public void first(ZZ_Result r) {
            r.r1 = take();
        }

        @Actor
        public void second(ZZ_Result r) {
            r.r2 = take();
        }
    }

    /**
     * A full ring of two; the parameter of each is its sequence number. The other vCPU takes one and fills its slot before it
     * takes the next: until the one takes, one at least is published.
     */
    public abstract static class Reuse {
        static final int LOOKS = 64;

        private static final int ROUNDS = 32;

        final FloatingQueue queue = new FloatingQueue(2);
        final TakenInterruption taken = new TakenInterruption();
        boolean isTaken;
        long head;
        private boolean isEmpty;
        private final TakenInterruption others = new TakenInterruption();

        Reuse() {
            for (int sequence = 0; sequence < 2; sequence++) {
                queue.offer(InterruptionType.SERVICE_SIGNAL, sequence, 0);
            }
        }

        /** What was found at the head. */
        void head(long found) {
            head = found;
            isEmpty |= found == FloatingQueue.NONE;
        }

        void take() {
            isTaken = !isEmpty && queue.take(head, taken);
        }

        void takeAndFillAnew() {
            for (int i = 0; i < ROUNDS; i++) {
                long head = queue.head();
                if (head != FloatingQueue.NONE) {
                    queue.take(head, others);
                }
                long next = queue.claim();
                if (next != FloatingQueue.NONE) {
                    queue.publish(next, InterruptionType.SERVICE_SIGNAL, (int) next, 0);
                }
            }
        }

        void judge(L_Result r) {
            r.r1 = isEmpty ? "empty" : !isTaken ? "not taken" : taken.parameter == head ? "taken" : "torn";
        }
    }
}
