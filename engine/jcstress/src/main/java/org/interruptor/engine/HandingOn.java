package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Notifier;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.engine.wake.Waiting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Handing on, and what stands in for it: whoever leaves its wait looks for itself, since the rotation leaves out those that
 * wait. For handing on while a timer fires see {@link WaitClaimedByTwo}.
 */
public final class HandingOn {
    private HandingOn() {}

    /** The only vCPU that operates; it waits with the floating gate closed, and its timer is due. */
    public abstract static class Leaving {
        final Rig rig = Rig.take();

        Leaving() {
            rig.other.stop();
            Rig.open(rig.vcpu, Rig.COMPARATOR);
            rig.vcpu.registers().clockComparator(rig.clock.tod());
            rig.beginWait();
            rig.clock.advance(1);
        }

        void judge(L_Result r) {
            r.r1 = rig.vcpu.isAttention();
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Told, or looked for itself.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on and knows of nothing.")
    @State
    public static class LeavingAgainstRotation extends Leaving {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void leave() {
            rig.vcpu.endWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Told, or looked for itself.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on and knows of nothing.")
    @State
    public static class WithoutLookWhenLeaving extends Leaving {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void leave() {
            rig.vcpu.waitWord().leave();
            rig.machine.idle().remove(0);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A vCPU is stopped when the rotation may have chosen it: the other that runs must hear of it. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Chosen, or handed on to.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that operates knows.")
    @State
    public static class StoppingAgainstRotation {
        private final Rig rig = Rig.take();

        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void stop() {
            rig.vcpu.stop();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = rig.other.isAttention();
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Chosen, or handed on to.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that operates knows.")
    @State
    public static class WithoutHandingOnWhenStopped {
        private final Rig rig = Rig.take();

        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void stop() {
            rig.machine.operating().remove(0);
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = rig.other.isAttention();
            rig.giveBack();
        }
    }

    /** One vCPU has been told of a head that it has seen. Another hands the same head on to it late, while a new one comes. */
    public abstract static class Late {
        final Rig rig = Rig.take();

        Late() {
            rig.other.stop();
            handOn(2);
            rig.vcpu.deliverPending();
        }

        /** A vCPU with another number hands on the head 0. */
        void handOn(int from) {
            new HandOn(from, rig.machine.floating(), rig.machine.notifier()).handOn(0);
        }

        void judge(L_Result r) {
            r.r1 = rig.vcpu.isAttention();
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The new one is announced.")
    @Outcome(expect = FORBIDDEN, desc = "The late notice hides it.")
    @State
    public static class LateAgainstNew extends Late {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void handOnLate() {
            handOn(3);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The same with stamps that are the same for the same head. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The new one is announced.")
    @Outcome(expect = FORBIDDEN, desc = "The late notice hides it.")
    @State
    public static class WithoutStampsOfTheirOwn extends Late {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void handOnLate() {
            handOn(2);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Both vCPUs operate. The one that the rotation chooses has its floating gate closed, the other runs with an open one. */
    public abstract static class GateClosed {
        final Rig rig = Rig.take();

        GateClosed() {
            Rig.open(rig.vcpu, Rig.EMERGENCY);
            rig.machine.notifier().rotation(rig.other.id()); // so that it chooses the one
        }

        /** Hands on to nobody. */
        HandOn nobody() {
            VcpuSet none = new VcpuSet(2);
            return new HandOn(rig.vcpu.id(), rig.machine.floating(), new Notifier(new Vcpu[2], none, none));
        }

        void judge(L_Result r) {
            r.r1 = rig.other.isAttention() ? "told" : rig.vcpu.isAttention() ? "told later" : "nobody knows";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"told", "told later"},
            expect = ACCEPTABLE,
            desc = "Handed on, or still told of it.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that may take it knows.")
    @State
    public static class DeliveringAgainstRotation extends GateClosed {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void deliver() {
            rig.vcpu.deliverPending();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The whole pass, but for its end. */
    @JCStressTest
    @Outcome(
            id = {"told", "told later"},
            expect = ACCEPTABLE,
            desc = "Handed on, or still told of it.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that may take it knows.")
    @State
    public static class WithoutHandingOnWhenDelivered extends GateClosed {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void deliver() {
            Vcpu vcpu = rig.vcpu;
            new Delivery(vcpu, vcpu.backlog(), vcpu.comparator(), nobody(), Integer.MAX_VALUE).run();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "told", expect = ACCEPTABLE, desc = "Handed on before or after opening.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that may take it knows.")
    @State
    public static class EnteringAgainstRotation extends GateClosed {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void goToWait() {
            rig.beginWait();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "told", expect = ACCEPTABLE, desc = "Handed on before or after opening.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that may take it knows.")
    @State
    public static class WithoutHandingOnWhenEntering extends GateClosed {
        private final Waiting waiting =
                new Waiting(rig.vcpu, rig.vcpu.backlog(), rig.vcpu.comparator(), nobody(), WaitStrategy.park());

        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void goToWait() {
            waiting.begin(() -> {});
        }

        @Arbiter
        public void end(L_Result r) {
            boolean told = rig.other.isAttention();
            rig.vcpu.kick();
            waiting.end();
            r.r1 = told ? "told" : "nobody knows";
            rig.giveBack();
        }
    }

    /** Stopping and the rotation with nothing around them. */
    public abstract static class BareStop {
        final FloatingQueue queue = new FloatingQueue(2);
        final VcpuSet operating = new VcpuSet(1);
        private boolean chosen;
        private boolean seen;

        BareStop() {
            operating.add(0);
        }

        void injectAndChoose() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            chosen = operating.contains(0);
        }

        void look() {
            seen = queue.head() != FloatingQueue.NONE;
        }

        void judge(L_Result r) {
            r.r1 = seen ? "handed on" : chosen ? "lost" : "passed over";
        }
    }

    @JCStressTest
    @Outcome(
            id = {"handed on", "passed over"},
            expect = ACCEPTABLE,
            desc = "Sees it, or another is chosen.")
    @Outcome(expect = FORBIDDEN, desc = "Chosen when it had gone.")
    @State
    public static class BareStopComplete extends BareStop {
        @Actor
        public void inject() {
            injectAndChoose();
        }

        @Actor
        public void stop() {
            operating.remove(0);
            look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"handed on", "passed over"},
            expect = ACCEPTABLE,
            desc = "Sees it, or another is chosen.")
    @Outcome(expect = FORBIDDEN, desc = "Chosen when it had gone.")
    @State
    public static class WithoutReadModifyWriteOfTheStop extends BareStop {
        @Actor
        public void inject() {
            injectAndChoose();
        }

        @Actor
        public void stop() {
            Inside.words(operating).setRelease(0, 0);
            look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Leaving the wait and the rotation with nothing around them; the wait has its gate closed. */
    public abstract static class BareLeave {
        final FloatingQueue queue = new FloatingQueue(2);
        final VcpuSet idle = new VcpuSet(1);
        final WaitWord word = new WaitWord();
        private boolean chosen;
        private boolean seen;

        BareLeave() {
            idle.add(0);
            word.open(0);
        }

        void injectAndChoose() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            chosen = !idle.contains(0);
        }

        void look() {
            seen = queue.head() != FloatingQueue.NONE;
        }

        void judge(L_Result r) {
            r.r1 = seen ? "seen" : chosen ? "chosen" : "lost";
        }
    }

    @JCStressTest
    @Outcome(
            id = {"seen", "chosen"},
            expect = ACCEPTABLE,
            desc = "Looks for itself, or is chosen.")
    @Outcome(expect = FORBIDDEN, desc = "Left out, and knows of nothing.")
    @State
    public static class BareLeaveComplete extends BareLeave {
        @Actor
        public void inject() {
            injectAndChoose();
        }

        @Actor
        public void leave() {
            word.leave();
            idle.remove(0);
            look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"seen", "chosen"},
            expect = ACCEPTABLE,
            desc = "Looks for itself, or is chosen.")
    @Outcome(expect = FORBIDDEN, desc = "Left out, and knows of nothing.")
    @State
    public static class WithoutReadModifyWriteOfTheLeaver extends BareLeave {
        @Actor
        public void inject() {
            injectAndChoose();
        }

        @Actor
        public void leave() {
            word.leave();
            Inside.words(idle).setRelease(0, 0);
            look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
