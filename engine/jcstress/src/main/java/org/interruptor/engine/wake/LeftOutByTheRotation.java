package org.interruptor.engine.wake;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The rotation, which leaves out vCPUs that wait or are stopped, against one that leaves its wait or is stopped: it is chosen
 * rightly, or looks for itself. With nothing around the two sides.
 */
public final class LeftOutByTheRotation {
    private LeftOutByTheRotation() {}

    /** How it can end. */
    @Outcome(
            id = {"seen", "chosen", "passed over"},
            expect = ACCEPTABLE,
            desc = "It looks for itself, is chosen, or need not know.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody knows.")
    public static class Known {}

    /** A ring, and a set whose bit says whether the rotation may choose the vCPU. */
    abstract static class Sides {
        private final FloatingRing ring = new FloatingRing(2);
        private final WaitWord word = Alone.waitWord();
        private final VcpuSet set = new VcpuSet(1);
        private final boolean isAtomic;
        private boolean isMember;
        private boolean isSeen;

        /** With the vCPU's change of its bit as an atomic operation, or as a release store. */
        Sides(boolean isAtomic) {
            this.isAtomic = isAtomic;
            set.add(0);
            word.begin(this);
            word.open(0);
        }

        void injectAndChoose() {
            ring.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            isMember = set.contains(0);
        }

        /** Leaves its wait; the set is that of idle vCPUs. */
        void leave() {
            word.leave();
            stop();
        }

        /** Is stopped; the set is that of operating vCPUs. */
        void stop() {
            if (isAtomic) {
                set.remove(0);
            } else {
                Inside.members(set, 0);
            }
            isSeen = ring.head() != FloatingRing.NONE;
        }

        void judgeLeaving(L_Result r) {
            r.r1 = isSeen ? "seen" : isMember ? "left out" : "chosen";
        }

        void judgeStopping(L_Result r) {
            r.r1 = isSeen ? "seen" : isMember ? "chosen when it had gone" : "passed over";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Known.class) @State
    public static class Leaving extends Sides {
        public Leaving() { super(true); }
        @Actor public void injector() { injectAndChoose(); }
        @Actor public void vcpu() { leave(); }
        @Arbiter public void end(L_Result r) { judgeLeaving(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutReadModifyWriteOfTheLeaver extends Sides {
        public WithoutReadModifyWriteOfTheLeaver() { super(false); }
        @Actor public void injector() { injectAndChoose(); }
        @Actor public void vcpu() { leave(); }
        @Arbiter public void end(L_Result r) { judgeLeaving(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class Stopping extends Sides {
        public Stopping() { super(true); }
        @Actor public void injector() { injectAndChoose(); }
        @Actor public void vcpu() { stop(); }
        @Arbiter public void end(L_Result r) { judgeStopping(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutReadModifyWriteOfTheStop extends Sides {
        public WithoutReadModifyWriteOfTheStop() { super(false); }
        @Actor public void injector() { injectAndChoose(); }
        @Actor public void vcpu() { stop(); }
        @Arbiter public void end(L_Result r) { judgeStopping(r); }
    }
    // spotless:on
}
