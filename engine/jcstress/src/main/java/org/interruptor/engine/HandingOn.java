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
}
