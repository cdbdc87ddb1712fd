package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A slot of the floating ring that is claimed and not yet published, in front of one that is; and a vCPU in the wait. */
public final class SlotNotPublished {
    private SlotNotPublished() {}

    /** How it can end. */
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "Found by the look.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed by one of the two, and finds it.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    public static class Woken {}

    /** The slot in front is claimed. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final long front = rig.machine.floating().service().claim();
        private final boolean isNotifying;
        private WaitOutcome outcome = WaitOutcome.WAITING;

        /** With an injector that notifies of its slot, or one that relies on the notice for the one behind it. */
        Sides(boolean isNotifying) {
            this.isNotifying = isNotifying;
        }

        void publishFront() {
            rig.machine.floating().service().publish(front, InterruptionType.SERVICE_SIGNAL, 0, 0);
            VarHandle.fullFence();
            if (isNotifying) {
                rig.machine.notifier().injected(Gate.SERVICE, Arrivals.floatingStamp(Gate.SERVICE.ordinal(), front));
            }
        }

        void inject() {
            rig.machine.injectService(1);
        }

        void goToWait() {
            outcome = rig.beginWait();
        }

        void judge(L_Result r) {
            r.r1 = outcome == WaitOutcome.READY ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            if (rig.vcpu.waiting().isInWait() && rig.vcpu.endWait() == WaitOutcome.WAITING) {
                r.r1 = "sleeps on";
            }
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class PublishedWhileAnotherInjects extends Sides {
        public PublishedWhileAnotherInjects() { super(true); goToWait(); }
        @Actor public void first() { publishFront(); }
        @Actor public void second() { inject(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class PublishedAgainstWait extends Sides {
        public PublishedAgainstWait() { super(true); inject(); }
        @Actor public void injector() { publishFront(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutNotifyingForTheSlotInFront extends Sides {
        public WithoutNotifyingForTheSlotInFront() { super(false); inject(); }
        @Actor public void injector() { publishFront(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
