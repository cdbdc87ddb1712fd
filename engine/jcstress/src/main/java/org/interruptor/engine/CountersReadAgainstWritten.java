package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.Counter;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Counters, and what is derived from them, read or written by two. */
public final class CountersReadAgainstWritten {
    private CountersReadAgainstWritten() {}

    /** How it can end. */
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "Each is counted, and a number can be.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or fewer than none are queued.")
    public static class Counted {}

    /** One vCPU; with the engine's order of accesses, or another. */
    abstract static class Sides {
        private static final int UNKNOWN_TYPE = 1;

        private final Rig rig = Rig.take();
        private final boolean isWhole;
        private final long before;
        private long queued;

        Sides(boolean isWhole) {
            this.isWhole = isWhole;
            before = refused();
        }

        void refuse() {
            if (isWhole) {
                rig.handle.inject(UNKNOWN_TYPE, 0);
            } else { // by a load and a store
                rig.machine.counters().increment(0, Counter.REFUSED);
            }
        }

        private long refused() {
            return isWhole
                    ? rig.handle.counter(Counter.REFUSED)
                    : rig.machine.counters().ofVcpu(0).getOpaque(Counter.REFUSED.ordinal());
        }

        /** Three times one emergency signal comes and is taken. */
        void comeAndGo() {
            for (int i = 0; i < 3; i++) {
                rig.handle.injectEmergency();
                rig.vcpu.deliverPending();
            }
        }

        void ask() {
            if (isWhole) {
                queued = rig.handle.queued();
            } else { // what has come, then what is gone
                long arrived = rig.handle.arrivals().emergencies();
                queued = arrived - Inside.emergenciesGone(rig.handle.queue());
            }
        }

        void judgeRefused(L_Result r) {
            long refused = refused() - before;
            r.r1 = refused == 2 ? "good" : refused;
            rig.giveBack();
        }

        /** Those that come while it is being asked may be counted, too. */
        void judgeQueued(L_Result r) {
            r.r1 = queued >= 0 && queued <= 3 ? "good" : queued;
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Counted.class) @State
    public static class RefusedTwice extends Sides {
        public RefusedTwice() { super(true); }
        @Actor public void first() { refuse(); }
        @Actor public void second() { refuse(); }
        @Arbiter public void end(L_Result r) { judgeRefused(r); }
    }

    @JCStressTest @JCStressMeta(Counted.class) @State
    public static class WithoutReadModifyWrite extends Sides {
        public WithoutReadModifyWrite() { super(false); }
        @Actor public void first() { refuse(); }
        @Actor public void second() { refuse(); }
        @Arbiter public void end(L_Result r) { judgeRefused(r); }
    }

    @JCStressTest @JCStressMeta(Counted.class) @State
    public static class QueuedWhileDelivered extends Sides {
        public QueuedWhileDelivered() { super(true); }
        @Actor public void vcpu() { comeAndGo(); }
        @Actor public void reader() { ask(); }
        @Arbiter public void end(L_Result r) { judgeQueued(r); }
    }

    @JCStressTest @JCStressMeta(Counted.class) @State
    public static class WithoutReadingWhatIsGoneFirst extends Sides {
        public WithoutReadingWhatIsGoneFirst() { super(false); }
        @Actor public void vcpu() { comeAndGo(); }
        @Actor public void reader() { ask(); }
        @Arbiter public void end(L_Result r) { judgeQueued(r); }
    }
    // spotless:on
}
