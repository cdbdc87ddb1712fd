package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A vCPU that was woken for nothing opens its wait again, by a store and a fence of its own, against what comes late. */
public final class WaitOpenedAgain {
    private WaitOpenedAgain() {}

    /** What comes, or what is left out. */
    enum What {
        FLOATING,
        /** A floating one; so many are marked that the idle bits say who waits. */
        AMONG_MANY,
        RECORD,
        /** The claimer of before calls back only now. */
        LATE_CALLBACK,
        /** The vCPU looks, then opens. */
        WITHOUT_LOOK_AFTER_OPENING,
        /** The claimer clears the idle bit, late. */
        WITHOUT_OWN_IDLE_BIT
    }

    /** How it can end. */
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "Found by the look.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    public static class Woken {}

    /** The wait is claimed; another vCPU has taken what it was claimed for. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final What what;
        private WaitOutcome outcome;

        Sides(What what) {
            this.what = what;
            if (what == What.AMONG_MANY || what == What.WITHOUT_OWN_IDLE_BIT) {
                rig.markAll();
            }
            rig.beginWait();
            rig.machine.injectService(1);
            rig.other.deliverPending();
            rig.woken.set(0);
        }

        void comes() {
            switch (what) {
                case RECORD -> rig.handle.injectRestart();
                case WITHOUT_OWN_IDLE_BIT -> {
                    rig.machine.waiters().idle().remove(0);
                    rig.machine.injectService(2);
                }
                case LATE_CALLBACK -> {
                    rig.woken.incrementAndGet();
                    rig.woken.set(0);
                    rig.machine.injectService(2);
                }
                default -> rig.machine.injectService(2);
            }
        }

        void openAgain() {
            if (what == What.WITHOUT_LOOK_AFTER_OPENING) {
                boolean isEmpty = rig.machine.floating().service().head() == FloatingRing.NONE;
                outcome = isEmpty ? WaitOutcome.WAITING : WaitOutcome.READY;
                long notified = rig.word.word();
                Inside.WORD.setVolatile(rig.word, notified ^ WaitWord.NOTIFIED ^ WaitWord.PARKED);
            } else {
                outcome = rig.vcpu.endWait();
            }
        }

        void judge(L_Result r) {
            r.r1 = outcome == WaitOutcome.READY ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Floating extends Sides {
        public Floating() { super(What.FLOATING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class FloatingAmongMany extends Sides {
        public FloatingAmongMany() { super(What.AMONG_MANY); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Record extends Sides {
        public Record() { super(What.RECORD); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class LateCallback extends Sides {
        public LateCallback() { super(What.LATE_CALLBACK); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutLookAfterOpening extends Sides {
        public WithoutLookAfterOpening() { super(What.WITHOUT_LOOK_AFTER_OPENING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutOwnIdleBit extends Sides {
        public WithoutOwnIdleBit() { super(What.WITHOUT_OWN_IDLE_BIT); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { openAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
