package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Attention seen against attention announced, on a vCPU that runs: what the delivery does not find must leave attention set.
 * And stop-on-stop, which is set before the stop can be delivered.
 */
public final class FlagClearedAgainstSet {
    private FlagClearedAgainstSet() {}

    /** Something comes while a delivery runs. */
    public abstract static class Base {
        final Rig rig = Rig.take();
        int delivered;

        void deliver() {
            delivered = rig.vcpu.deliverPending();
        }

        void judge(L_Result r) {
            r.r1 = delivered > 0 ? "delivered" : rig.vcpu.isAttention() ? "attention" : "runs on";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class Floating extends Base {
        public Floating() {
            rig.other.stop(); // so that the rotation chooses the one
        }

        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void look() {
            deliver();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class Record extends Base {
        @Actor
        public void inject() {
            rig.vcpu.injectRestart();
        }

        @Actor
        public void look() {
            deliver();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class Emergency extends Base {
        @Actor
        public void inject() {
            rig.vcpu.injectEmergency();
        }

        @Actor
        public void look() {
            deliver();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Nothing is delivered here: attention must stay. */
    @JCStressTest
    @Outcome(id = "attention", expect = ACCEPTABLE, desc = "Guest code is left for good.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on on a closed machine.")
    @State
    public static class Close extends Base {
        @Actor
        public void close() {
            rig.machine.close();
        }

        @Actor
        public void look() {
            deliver();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"set", "not delivered"},
            expect = ACCEPTABLE,
            desc = "Set before the stop is delivered.")
    @Outcome(expect = FORBIDDEN, desc = "A stop without its action.")
    @State
    public static class StopOnStop {
        private final Rig rig = Rig.take();
        private int delivered;
        private boolean set;

        @Actor
        public void inject() {
            rig.vcpu.injectStop();
        }

        @Actor
        public void deliver() {
            delivered = rig.vcpu.deliverPending();
            set = rig.vcpu.isStopOnStop();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = delivered == 0 ? "not delivered" : set ? "set" : "not set";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class WithoutSeeingBeforeLooking extends Base {
        @Actor
        public void inject() {
            rig.machine.floating().offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            rig.vcpu.arrivals().announceFloating(Long.MIN_VALUE + 1);
        }

        @Actor
        public void look() {
            delivered = rig.machine.floating().head() == FloatingQueue.NONE ? 0 : 1;
            rig.vcpu.arrivals().see();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class WithoutPublishingBeforeAnnouncing extends Base {
        @Actor
        public void inject() {
            LocalQueue queue = rig.vcpu.queue();
            queue.reserve();
            int index = queue.claim(InterruptionType.RESTART);
            rig.vcpu.arrivals().announceRecord();
            Inside.localRing(queue).commit(index);
        }

        @Actor
        public void look() {
            deliver();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "attention", expect = ACCEPTABLE, desc = "Guest code is left for good.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on on a closed machine.")
    @State
    public static class WithoutAskingForCloseAfterSeeing extends Base {
        @Actor
        public void close() {
            rig.machine.close();
        }

        @Actor
        public void look() {
            if (!rig.machine.isClosed()) {
                rig.vcpu.arrivals().see();
            }
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
