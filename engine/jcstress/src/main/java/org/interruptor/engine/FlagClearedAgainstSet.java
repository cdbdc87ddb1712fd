package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.LocalQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Attention seen against attention announced, on a vCPU that runs: what the delivery does not find must leave attention set.
 * And stop-on-stop, which is set before the stop can be delivered, and a vCPU that is started.
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

    /** A kick while a delivery runs and kicks are taken behind it. */
    public abstract static class Kicked {
        final Rig rig = Rig.take();
        boolean taken;

        void judge(L_Result r) {
            r.r1 = taken ? "taken" : rig.vcpu.isAttention() ? "attention" : "runs on";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"taken", "attention"},
            expect = ACCEPTABLE,
            desc = "Taken, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "The kick is lost.")
    @State
    public static class Kick extends Kicked {
        @Actor
        public void kick() {
            rig.vcpu.kick();
        }

        @Actor
        public void look() {
            rig.vcpu.deliverPending();
            taken = rig.vcpu.takeKick();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"taken", "attention"},
            expect = ACCEPTABLE,
            desc = "Taken, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "The kick is lost.")
    @State
    public static class WithoutSeeingBeforeTakingTheKick extends Kicked {
        @Actor
        public void kick() {
            rig.vcpu.kick();
        }

        @Actor
        public void look() {
            taken = rig.vcpu.takeKick();
            rig.vcpu.deliverPending();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A stopped vCPU, and a floating interruption that came meanwhile: nobody was told. */
    public abstract static class Started extends Base {
        Started() {
            rig.other.stop();
            rig.vcpu.stop();
            rig.machine.injectService(1);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"delivered", "attention"},
            expect = ACCEPTABLE,
            desc = "Found, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    @State
    public static class Start extends Started {
        @Actor
        public void start() {
            rig.vcpu.start();
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
    public static class WithoutStampOfTheStart extends Started {
        @Actor
        public void start() {
            rig.machine.operating().add(rig.vcpu.id());
            rig.vcpu.waitWord().claim(0);
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

    /** A stop and its action. */
    public abstract static class Stop {
        private static final int LOOKS = 16;

        final Rig rig = Rig.take();
        private int delivered;
        private boolean set;

        /** Until it has come, or not for long. */
        void deliver() {
            for (int i = 0; i < LOOKS && delivered == 0; i++) {
                delivered = rig.vcpu.deliverPending();
            }
            set = rig.vcpu.isStopOnStop();
        }

        void judge(L_Result r) {
            r.r1 = delivered == 0 ? "not delivered" : set ? "set" : "not set";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"set", "not delivered"},
            expect = ACCEPTABLE,
            desc = "Set before the stop is delivered.")
    @Outcome(expect = FORBIDDEN, desc = "A stop without its action.")
    @State
    public static class StopOnStop extends Stop {
        @Actor
        public void inject() {
            rig.vcpu.injectStop();
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
    public static class WithoutSettingBeforePublishing extends Stop {
        @Actor
        public void inject() {
            LocalQueue queue = rig.vcpu.queue();
            queue.reserve();
            queue.commit(queue.claim(InterruptionType.STOP), 0);
            for (int i = 0; i < 10; i++) { // or it is seldom seen
                Thread.onSpinWait();
            }
            rig.vcpu.restoreStopOnStop(true);
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
