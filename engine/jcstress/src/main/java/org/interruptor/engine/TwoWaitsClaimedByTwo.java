package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.wake.WaitWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two floating interruptions and two vCPUs that wait: who finds the wait of the first claimed claims that of the second. */
public final class TwoWaitsClaimedByTwo {
    private TwoWaitsClaimedByTwo() {}

    /** Both vCPUs wait with their gates open. */
    public abstract static class Base {
        final Rig rig = Rig.take();

        Base() {
            rig.beginWait();
            rig.otherBeginsWait();
        }

        void judge(L_Result r) {
            r.r1 = rig.woken + ", " + rig.otherWoken;
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each is woken once.")
    @Outcome(expect = FORBIDDEN, desc = "One sleeps on.")
    @State
    public static class BothWoken extends Base {
        @Actor
        public void first() {
            rig.machine.injectService(1);
        }

        @Actor
        public void second() {
            rig.machine.injectService(2);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The slots are claimed in one order and published in the other: each notifies when it has published. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each is woken once.")
    @Outcome(expect = FORBIDDEN, desc = "One sleeps on.")
    @State
    public static class BothWokenWithASlotNotPublished extends Base {
        private final long front = rig.machine.floating().claim();

        @Actor
        public void goOn() {
            rig.machine.floating().publish(front, InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            rig.machine.notifier().injected(front);
        }

        @Actor
        public void second() {
            rig.machine.injectService(2);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each is woken once.")
    @Outcome(expect = FORBIDDEN, desc = "One sleeps on.")
    @State
    public static class WithoutCompareAndSet extends Base {
        private void inject(int parameter) {
            rig.machine.floating().offer(InterruptionType.SERVICE_SIGNAL, parameter, 0);
            VarHandle.fullFence();
            if (!claim(rig.vcpu)) {
                claim(rig.other);
            }
        }

        private static boolean claim(Vcpu vcpu) {
            if (vcpu.waitWord().state() != WaitWord.PARKED) {
                return false;
            }
            Inside.WORD.setVolatile(vcpu.waitWord(), (long) WaitWord.NOTIFIED);
            vcpu.waiting().wake(WaitWord.PARKED);
            return true;
        }

        @Actor
        public void first() {
            inject(1);
        }

        @Actor
        public void second() {
            inject(2);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Who finds the wait of the first claimed has done with it: somebody has been woken. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each is woken once.")
    @Outcome(expect = FORBIDDEN, desc = "One sleeps on.")
    @State
    public static class WithoutClaimingTheNext extends Base {
        private void inject(int parameter) {
            rig.machine.floating().offer(InterruptionType.SERVICE_SIGNAL, parameter, 0);
            VarHandle.fullFence();
            Vcpu lowest = rig.vcpu.isWaiting() ? rig.vcpu : rig.other;
            int claimed = lowest.waitWord().claim(Rig.FLOATING);
            if (claimed != WaitWord.RUNNING) {
                lowest.waiting().wake(claimed);
            }
        }

        @Actor
        public void first() {
            inject(1);
        }

        @Actor
        public void second() {
            inject(2);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
