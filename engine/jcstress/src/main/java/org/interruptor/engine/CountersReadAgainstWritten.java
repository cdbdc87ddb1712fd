package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Counters, and what is derived from them, read while they change. */
public final class CountersReadAgainstWritten {
    private CountersReadAgainstWritten() {}

    private static final int UNKNOWN_TYPE = 1;

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost.")
    @State
    public static class RefusedTwice {
        private final Rig rig = Rig.take();
        private final long before = rig.vcpu.counter(Counter.REFUSED);

        @Actor
        public void first() {
            rig.vcpu.inject(UNKNOWN_TYPE, 0);
        }

        @Actor
        public void second() {
            rig.vcpu.inject(UNKNOWN_TYPE, 0);
        }

        @Arbiter
        public void end(J_Result r) {
            r.r1 = rig.vcpu.counter(Counter.REFUSED) - before;
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost.")
    @State
    public static class WithoutReadModifyWrite {
        private final Rig rig = Rig.take();
        private final long before = rig.vcpu.counter(Counter.REFUSED);

        @Actor
        public void first() {
            rig.machine.counters().increment(0, Counter.REFUSED);
        }

        @Actor
        public void second() {
            rig.machine.counters().increment(0, Counter.REFUSED);
        }

        @Arbiter
        public void end(J_Result r) {
            r.r1 = rig.vcpu.counter(Counter.REFUSED) - before;
            rig.giveBack();
        }
    }

    /** Three times one emergency signal comes and is taken, while somebody asks how many are queued. */
    public abstract static class Queued {
        final Rig rig = Rig.take();
        long queued;

        void comeAndGo() {
            for (int i = 0; i < 3; i++) {
                rig.vcpu.injectEmergency();
                rig.vcpu.deliverPending();
            }
        }

        /** Those that come while it is being asked may be counted, too. */
        void judge(L_Result r) {
            r.r1 = queued >= 0 && queued <= 3 ? "0 to 3" : queued;
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "0 to 3", expect = ACCEPTABLE, desc = "A number that can be.")
    @Outcome(expect = FORBIDDEN, desc = "Fewer than none.")
    @State
    public static class QueuedWhileDelivered extends Queued {
        @Actor
        public void deliver() {
            comeAndGo();
        }

        @Actor
        public void ask() {
            queued = rig.vcpu.queued();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "0 to 3", expect = ACCEPTABLE, desc = "A number that can be.")
    @Outcome(expect = FORBIDDEN, desc = "Fewer than none.")
    @State
    public static class WithoutReadingWhatIsGoneFirst extends Queued {
        @Actor
        public void deliver() {
            comeAndGo();
        }

        @Actor
        public void ask() {
            LocalQueue queue = rig.vcpu.queue();
            long arrived = rig.vcpu.arrivals().emergencies();
            queued = arrived - queue.emergenciesGone();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A list of what is queued, while the slot in front is published and taken: the one behind it stays in the list. */
    @JCStressTest
    @Outcome(
            id = {"[1]", "[0, 1]"},
            expect = ACCEPTABLE,
            desc = "What was queued all the time is in it.")
    @Outcome(expect = FORBIDDEN, desc = "Something is missing.")
    @State
    public static class ListedWhileTaken {
        private final FloatingQueue queue = new FloatingQueue(2);
        private final long front = queue.claim();
        private String listed;

        public ListedWhileTaken() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
        }

        @Actor
        public void publishAndTake() {
            queue.publish(front, InterruptionType.SERVICE_SIGNAL, 0, 0);
            queue.take(queue.head(), new TakenInterruption());
        }

        @Actor
        public void list() {
            listed = queue.snapshot().stream()
                    .map(QueuedInterruption::parameter)
                    .toList()
                    .toString();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = listed;
        }
    }
}
