package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** One wait that two want to end: two injectors, an injector and a kick, an injector and the timer; and two waits. */
public final class WaitClaimedByTwo {
    private WaitClaimedByTwo() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** A claim is a look and a store. */
        COMPARE_AND_SET,
        /** The claimer that is late has done with it: somebody has been woken. */
        CLAIMING_THE_NEXT,
        /** A vCPU that leaves its wait hands nothing on. */
        HANDING_ON
    }

    /** How one wait can end. */
    @Outcome(id = "1 claims, READY, delivered", expect = ACCEPTABLE, desc = "One ends it, for both.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or claimed twice.")
    public static class Once {}

    /** How it can end for a kick. */
    @Outcome(id = "1 claims, KICKED, delivered", expect = ACCEPTABLE, desc = "Kicked, with attention set.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or claimed twice.")
    public static class Kicked {}

    /** How it can end for a timer. */
    @Outcome(id = "READY", expect = ACCEPTABLE, desc = "Claimed before the timer.")
    @Outcome(id = "TIMER, the other woken", expect = ACCEPTABLE, desc = "Handed on, or chosen at once.")
    @Outcome(expect = FORBIDDEN, desc = "It lies.")
    public static class Told {}

    /** How two waits can end. */
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each is woken once.")
    @Outcome(expect = FORBIDDEN, desc = "One sleeps on.")
    public static class Both {}

    /** A vCPU that waits for all that can come. */
    abstract static class OneWait {
        final Rig rig = Rig.take();
        final Cut cut;

        OneWait(Cut cut) {
            this.cut = cut;
            Rig.open(rig.vcpu, Rig.EMERGENCY | Rig.COMPARATOR | Rig.FLOATING);
            rig.vcpu.registers().clockComparator(rig.clock.tod());
            rig.beginWait();
        }

        void emergency() {
            if (cut == Cut.COMPARE_AND_SET) {
                rig.handle.queue().offerEmergency();
                claimByStore(rig.word, rig.woken::incrementAndGet);
            } else {
                rig.handle.injectEmergency();
            }
        }

        void floating(int parameter) {
            if (cut == Cut.COMPARE_AND_SET) {
                rig.machine.floating().service().offer(InterruptionType.SERVICE_SIGNAL, parameter, 0);
                VarHandle.fullFence();
                if (!claimByStore(rig.word, rig.woken::incrementAndGet)) {
                    claimByStore(rig.otherHandle.waitWord(), rig.otherWoken::incrementAndGet);
                }
            } else if (cut == Cut.CLAIMING_THE_NEXT) {
                rig.machine.floating().service().offer(InterruptionType.SERVICE_SIGNAL, parameter, 0);
                VarHandle.fullFence();
                VcpuHandle lowest = rig.handle.isWaiting() ? rig.handle : rig.otherHandle;
                lowest.waitWord().claimAndWake(Gate.SERVICE);
            } else {
                rig.machine.injectService(parameter);
            }
        }

        private static boolean claimByStore(WaitWord word, Runnable callback) {
            if (word.state() != WaitWord.PARKED) {
                return false;
            }
            Inside.WORD.setVolatile(word, word.word() | WaitWord.NOTIFIED);
            callback.run();
            return true;
        }

        void kick() {
            rig.handle.kick();
        }

        /** The wait ends for both, and is claimed once. */
        void judge(L_Result r) {
            WaitOutcome outcome = rig.vcpu.endWait();
            boolean goesOn = rig.vcpu.isAttention() && rig.vcpu.deliverPending() > 0;
            r.r1 = rig.woken + " claims, " + outcome + (goesOn ? ", delivered" : ", nothing to deliver");
            rig.giveBack();
        }
    }

    /** Two vCPUs wait. */
    abstract static class TwoWaits extends OneWait {
        private WaitOutcome outcome;

        TwoWaits(Cut cut) {
            super(cut);
            rig.otherBeginsWait();
        }

        /** The slot in front is claimed; its injector goes on. */
        void publish(long front) {
            rig.machine.floating().service().publish(front, InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            rig.machine.notifier().injected(Gate.SERVICE, Arrivals.floatingStamp(Gate.SERVICE.ordinal(), front));
        }

        /** The first is claimed while its timer fires: then the other must hear of it. */
        void timer() {
            if (cut == Cut.HANDING_ON) {
                outcome = rig.word.state() == WaitWord.PARKED ? WaitOutcome.TIMER : WaitOutcome.READY;
                Inside.WORD.setRelease(rig.word, 0L);
                rig.machine.waiters().idle().remove(0);
            } else {
                outcome = rig.vcpu.endWait();
            }
        }

        void judgeTimer(L_Result r) {
            r.r1 = outcome + (rig.isOtherWoken() ? ", the other woken" : "");
            rig.giveBack();
        }

        void judgeBoth(L_Result r) {
            r.r1 = rig.woken + ", " + rig.otherWoken;
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Once.class) @State
    public static class TwoInjectors extends OneWait {
        public TwoInjectors() { super(Cut.NOTHING); }
        @Actor public void first() { emergency(); }
        @Actor public void second() { floating(1); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithoutCompareAndSet extends OneWait {
        public WithoutCompareAndSet() { super(Cut.COMPARE_AND_SET); }
        @Actor public void first() { emergency(); }
        @Actor public void second() { floating(1); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Kicked.class) @State
    public static class InjectorAndKick extends OneWait {
        public InjectorAndKick() { super(Cut.NOTHING); }
        @Actor public void first() { kick(); }
        @Actor public void second() { floating(1); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Told.class) @State
    public static class InjectorAndTimer extends TwoWaits {
        public InjectorAndTimer() { super(Cut.NOTHING); rig.clock.advance(1); }
        @Actor public void injector() { floating(1); }
        @Actor public void vcpu() { timer(); }
        @Arbiter public void end(L_Result r) { judgeTimer(r); }
    }

    @JCStressTest @JCStressMeta(Told.class) @State
    public static class WithoutHandingOnWhenLeaving extends TwoWaits {
        public WithoutHandingOnWhenLeaving() { super(Cut.HANDING_ON); rig.clock.advance(1); }
        @Actor public void injector() { floating(1); }
        @Actor public void vcpu() { timer(); }
        @Arbiter public void end(L_Result r) { judgeTimer(r); }
    }

    @JCStressTest @JCStressMeta(Both.class) @State
    public static class TwoWaitsTwoInjectors extends TwoWaits {
        public TwoWaitsTwoInjectors() { super(Cut.NOTHING); }
        @Actor public void first() { floating(1); }
        @Actor public void second() { floating(2); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }

    /** The slots are claimed in one order and published in the other: each notifies when it has published. */
    @JCStressTest @JCStressMeta(Both.class) @State
    public static class TwoWaitsWithASlotNotPublished extends TwoWaits {
        private final long front = rig.machine.floating().service().claim();
        public TwoWaitsWithASlotNotPublished() { super(Cut.NOTHING); }
        @Actor public void first() { publish(front); }
        @Actor public void second() { floating(2); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }

    @JCStressTest @JCStressMeta(Both.class) @State
    public static class WithoutCompareAndSetOfTwo extends TwoWaits {
        public WithoutCompareAndSetOfTwo() { super(Cut.COMPARE_AND_SET); }
        @Actor public void first() { floating(1); }
        @Actor public void second() { floating(2); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }

    @JCStressTest @JCStressMeta(Both.class) @State
    public static class WithoutClaimingTheNext extends TwoWaits {
        public WithoutClaimingTheNext() { super(Cut.CLAIMING_THE_NEXT); }
        @Actor public void first() { floating(1); }
        @Actor public void second() { floating(2); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }
    // spotless:on
}
