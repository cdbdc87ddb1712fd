package org.interruptor.engine.wake;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.stress.Inside;
import org.interruptor.stress.Pool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** As {@link PublishAgainstOpen}, for what comes to one vCPU alone: its announcement is the injector's full fence. */
public final class AnnounceAgainstOpen {
    private AnnounceAgainstOpen() {}

    /** An emergency signal. */
    abstract static class Emergency extends PublishAgainstOpen.Sides {
        final Arrivals arrivals = new Arrivals();

        Emergency(PublishAgainstOpen.Cut cut) {
            super(Gate.EMERGENCY_SIGNAL, cut);
        }

        @Override
        void publish() {
            if (isFenced()) {
                Inside.EMERGENCIES.getAndAdd(arrivals, 1L);
            } else {
                Inside.EMERGENCIES.setRelease(arrivals, 1L);
            }
        }

        @Override
        boolean look() {
            return arrivals.emergencies() != 0;
        }
    }

    /** A record, claimed before. */
    abstract static class Record extends PublishAgainstOpen.Sides {
        private static final Pool<Queue> POOL = new Pool<>(Queue::new);

        private final Queue pooled = POOL.take();
        private final int index;

        /** What is used again. */
        private static final class Queue {
            final Arrivals arrivals = new Arrivals();
            final LocalQueue queue = new LocalQueue(2, arrivals);
            final LocalBacklog backlog = new LocalBacklog(queue, arrivals, discarded -> {});
        }

        Record(PublishAgainstOpen.Cut cut) {
            super(Gate.ORDER, cut);
            index = pooled.queue.claim(InterruptionType.RESTART, 0);
        }

        @Override
        void publish() {
            if (isFenced()) {
                pooled.queue.commit(index);
            } else { // as commit does, but that the announcement is a release store
                Inside.localRing(pooled.queue).commit(index);
                Inside.RECORDS.setRelease(pooled.arrivals, pooled.arrivals.records() + 1);
            }
        }

        @Override
        boolean look() {
            return pooled.backlog.isTakeable(Gate.ALWAYS_OPEN);
        }

        @Override
        void judge(L_Result r) {
            super.judge(r);
            pooled.backlog.clear();
            POOL.give(pooled);
        }
    }

    /** A kick or a start. */
    abstract static class Posted extends PublishAgainstOpen.Sides {
        private final Arrivals arrivals = new Arrivals();
        private final int bit;

        Posted(int bit, PublishAgainstOpen.Cut cut) {
            super(Gate.ORDER, cut);
            this.bit = bit;
        }

        @Override
        void publish() {
            if (isFenced()) {
                arrivals.post(bit);
            } else {
                Inside.WORD.setRelease(arrivals.mailbox(), (1L << 16) | bit);
            }
        }

        @Override
        boolean look() {
            return arrivals.mailbox().has(bit);
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class OfAnEmergency extends Emergency {
        public OfAnEmergency() { super(PublishAgainstOpen.Cut.NOTHING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class WithoutReadModifyWriteOfTheEmergency extends Emergency {
        public WithoutReadModifyWriteOfTheEmergency() { super(PublishAgainstOpen.Cut.INJECTORS_FENCE); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class OfARecord extends Record {
        public OfARecord() { super(PublishAgainstOpen.Cut.NOTHING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class WithoutReadModifyWriteOfTheRecord extends Record {
        public WithoutReadModifyWriteOfTheRecord() { super(PublishAgainstOpen.Cut.INJECTORS_FENCE); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class OfAKick extends Posted {
        public OfAKick() { super(Mailbox.KICK, PublishAgainstOpen.Cut.NOTHING); }
        @Actor public void kicker() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class WithoutReadModifyWriteOfTheKick extends Posted {
        public WithoutReadModifyWriteOfTheKick() { super(Mailbox.KICK, PublishAgainstOpen.Cut.INJECTORS_FENCE); }
        @Actor public void kicker() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class WithoutKickingBeforeTheClaim extends Posted {
        public WithoutKickingBeforeTheClaim() { super(Mailbox.KICK, PublishAgainstOpen.Cut.PUBLISHING_FIRST); }
        @Actor public void kicker() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class OfAStart extends Posted {
        public OfAStart() { super(Mailbox.START, PublishAgainstOpen.Cut.NOTHING); }
        @Actor public void starter() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(PublishAgainstOpen.Woken.class) @State
    public static class WithoutLookForAStartAfterOpening extends Posted {
        public WithoutLookForAStartAfterOpening() { super(Mailbox.START, PublishAgainstOpen.Cut.LOOK_AFTER_OPENING); }
        @Actor public void starter() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
