package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.wake.WaitWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A vCPU that was woken for nothing opens its wait again, against a claim that comes late. */
public final class WaitOpenedAgain {
    private WaitOpenedAgain() {}

    /** The wait is claimed; another vCPU has taken what it was claimed for. */
    public abstract static class Base {
        final Rig rig = Rig.take();
        WaitOutcome outcome;

        Base() {
            rig.beginWait();
            rig.machine.injectService(1);
            rig.other.deliverPending();
            rig.woken.set(0);
        }

        void judge(L_Result r) {
            r.r1 = outcome == WaitOutcome.READY ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Floating extends Base {
        @Actor
        public void inject() {
            rig.machine.injectService(2);
        }

        @Actor
        public void openAgain() {
            outcome = rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Record extends Base {
        @Actor
        public void inject() {
            rig.vcpu.injectRestart();
        }

        @Actor
        public void openAgain() {
            outcome = rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The claim of before is stopped before it wakes, and wakes another wait: harmless, and what came is still seen. */
    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class LateWakeUp extends Base {
        @Actor
        public void lateWakeUp() {
            rig.vcpu.waiting().wake(WaitWord.PARKED);
            rig.woken.set(0);
            rig.machine.injectService(2);
        }

        @Actor
        public void openAgain() {
            outcome = rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutLookAfterOpening extends Base {
        @Actor
        public void inject() {
            rig.machine.injectService(2);
        }

        @Actor
        public void openAgain() {
            WaitWord word = rig.vcpu.waitWord();
            outcome = rig.machine.floating().head() == FloatingQueue.NONE ? WaitOutcome.WAITING : WaitOutcome.READY;
            word.open(Rig.FLOATING);
            word.park(Rig.FLOATING);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The claimer clears the bit instead of the owner, late. */
    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed anew.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutOwnerClearingItsBit extends Base {
        @Actor
        public void inject() {
            rig.machine.idle().remove(0);
            rig.machine.injectService(2);
        }

        @Actor
        public void openAgain() {
            outcome = rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
