package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.TakenInterruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A slot of the floating queue that is claimed and not yet published, in front of one that is. */
public final class SlotNotPublished {
    private SlotNotPublished() {}

    /** The slot in front is claimed; a vCPU waits or goes to wait. */
    public abstract static class Base {
        final Rig rig = Rig.take();
        final long front = rig.machine.floating().claim();
        WaitOutcome outcome = WaitOutcome.WAITING;

        void publishFront() {
            rig.machine.floating().publish(front, InterruptionType.SERVICE_SIGNAL, 0, 0);
            VarHandle.fullFence();
        }

        void judge(L_Result r) {
            r.r1 = outcome == WaitOutcome.READY ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            if (rig.vcpu.waiting().isInWait() && rig.vcpu.endWait() == WaitOutcome.WAITING) {
                r.r1 = "sleeps on";
            }
            rig.giveBack();
        }
    }

    /** One injector publishes the slot in front, another the one behind it; a vCPU waits. */
    @JCStressTest
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed by one of them, and finds it.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class PublishedWhileAnotherInjects extends Base {
        public PublishedWhileAnotherInjects() {
            rig.beginWait();
        }

        @Actor
        public void goOn() {
            publishFront();
            rig.machine.notifier().injected(front);
        }

        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** What is behind the slot is published already; the slot is published while a vCPU goes to wait. */
    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class PublishedAgainstWait extends Base {
        public PublishedAgainstWait() {
            rig.machine.injectService(1);
        }

        @Actor
        public void goOn() {
            publishFront();
            rig.machine.notifier().injected(front);
        }

        @Actor
        public void goToWait() {
            outcome = rig.beginWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A vCPU takes while the slot in front is published: in ring order, and none that is not filled yet: its parameter is 0. */
    public abstract static class Order {
        final FloatingQueue queue = new FloatingQueue(2);
        final StringBuilder order = new StringBuilder();
        private final long front = queue.claim();

        Order() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 2, 0);
        }

        void publishFront() {
            queue.publish(front, InterruptionType.SERVICE_SIGNAL, 1, 0);
        }

        void judge(L_Result r) {
            r.r1 = order.isEmpty() ? "nothing" : order.toString();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"nothing", "12"},
            expect = ACCEPTABLE,
            desc = "In order.")
    @Outcome(expect = FORBIDDEN, desc = "Overtaken, or not filled.")
    @State
    public static class TakenInOrder extends Order {
        @Actor
        public void goOn() {
            publishFront();
        }

        @Actor
        public void take() {
            TakenInterruption taken = new TakenInterruption();
            for (long head = queue.head(); head != FloatingQueue.NONE; head = queue.head()) {
                queue.take(head, taken);
                order.append(taken.parameter);
            }
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Whatever is published may be taken. */
    @JCStressTest
    @Outcome(
            id = {"nothing", "12"},
            expect = ACCEPTABLE,
            desc = "In order.")
    @Outcome(expect = FORBIDDEN, desc = "Overtaken, or not filled.")
    @State
    public static class WithoutStoppingAtTheSlot extends Order {
        @Actor
        public void goOn() {
            publishFront();
        }

        @Actor
        public void take() {
            for (long sequence = 0; sequence < 2; sequence++) {
                if (Inside.ring(queue).isAvailable(sequence)) {
                    order.append(Inside.parameter(queue, sequence));
                }
            }
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The injector of the slot in front relies on the notice for the one behind it. */
    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Found by the look, or claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutNotifyingForTheSlotInFront extends Base {
        public WithoutNotifyingForTheSlotInFront() {
            rig.machine.injectService(1);
        }

        @Actor
        public void goOn() {
            publishFront();
        }

        @Actor
        public void goToWait() {
            outcome = rig.beginWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
