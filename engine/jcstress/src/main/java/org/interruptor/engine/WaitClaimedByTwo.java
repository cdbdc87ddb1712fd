package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.wake.WaitWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** One wait that two want to end: two injectors, an injector and a kick, an injector and the timer. */
public final class WaitClaimedByTwo {
    private WaitClaimedByTwo() {}

    /** A vCPU that waits, and the other that runs. */
    public abstract static class Base {
        final Rig rig = Rig.take();

        Base() {
            Rig.open(rig.vcpu, Rig.EMERGENCY | Rig.COMPARATOR | Rig.FLOATING);
            rig.vcpu.registers().clockComparator(rig.clock.tod());
            rig.beginWait();
        }

        /** The wait ends for both, and is claimed once. */
        void judge(L_Result r) {
            WaitOutcome outcome = rig.vcpu.endWait();
            boolean goesOn = rig.vcpu.isAttention() && rig.vcpu.deliverPending() > 0;
            r.r1 = rig.woken + " claims, " + outcome + (goesOn ? ", delivered" : ", nothing to deliver");
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "1 claims, READY, delivered", expect = ACCEPTABLE, desc = "One ends it, for both.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or claimed twice.")
    @State
    public static class TwoInjectors extends Base {
        @Actor
        public void emergency() {
            rig.vcpu.injectEmergency();
        }

        @Actor
        public void floating() {
            rig.machine.injectService(1);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1 claims, KICKED, delivered", expect = ACCEPTABLE, desc = "Kicked, with attention set.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or claimed twice.")
    @State
    public static class InjectorAndKick extends Base {
        @Actor
        public void kick() {
            rig.vcpu.kick();
        }

        @Actor
        public void floating() {
            rig.machine.injectService(1);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Two vCPUs wait. The first is claimed while its timer fires: then the other must hear of it. */
    public abstract static class Timer extends Base {
        WaitOutcome outcome;

        Timer() {
            rig.otherBeginsWait();
            rig.clock.advance(1);
        }

        void judgeTimer(L_Result r) {
            r.r1 = outcome + (rig.isOtherWoken() ? ", the other woken" : "");
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "READY", expect = ACCEPTABLE, desc = "Claimed before the timer.")
    @Outcome(id = "TIMER, the other woken", expect = ACCEPTABLE, desc = "Handed on, or chosen at once.")
    @Outcome(expect = FORBIDDEN, desc = "Lies.")
    @State
    public static class InjectorAndTimer extends Timer {
        @Actor
        public void floating() {
            rig.machine.injectService(1);
        }

        @Actor
        public void timer() {
            outcome = rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judgeTimer(r);
        }
    }

    @JCStressTest
    @Outcome(id = "READY", expect = ACCEPTABLE, desc = "Claimed before the timer.")
    @Outcome(id = "TIMER, the other woken", expect = ACCEPTABLE, desc = "Handed on, or chosen at once.")
    @Outcome(expect = FORBIDDEN, desc = "Lies.")
    @State
    public static class WithoutHandingOnWhenLeaving extends Timer {
        @Actor
        public void floating() {
            rig.machine.injectService(1);
        }

        @Actor
        public void timer() {
            WaitWord word = rig.vcpu.waitWord();
            outcome = word.state() == WaitWord.PARKED ? WaitOutcome.TIMER : WaitOutcome.READY;
            word.leave();
            rig.machine.idle().remove(0);
        }

        @Arbiter
        public void end(L_Result r) {
            judgeTimer(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1 claims, READY, delivered", expect = ACCEPTABLE, desc = "One ends it, for both.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or claimed twice.")
    @State
    public static class WithoutCompareAndSet extends Base {
        private void claim() {
            WaitWord word = rig.vcpu.waitWord();
            if (word.state() == WaitWord.PARKED) {
                Inside.WORD.setVolatile(word, (long) WaitWord.NOTIFIED);
                rig.vcpu.waiting().wake(WaitWord.PARKED);
            }
        }

        @Actor
        public void emergency() {
            rig.vcpu.queue().offerEmergency();
            claim();
        }

        @Actor
        public void floating() {
            rig.machine.floating().offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            claim();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
