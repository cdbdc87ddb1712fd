package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A pause against a vCPU that enters its run loop: the vCPU sees the pause, or the pauser sees it inside. Without the fence of {@link
 * PauseGate#enter} 134 of 202,541 samples ran on.
 */
public final class PauseAgainstEnter {
    private static final VarHandle INSIDE;

    static {
        try {
            INSIDE = MethodHandles.privateLookupIn(PauseGate.class, MethodHandles.lookup())
                    .findVarHandle(PauseGate.class, "inside", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private PauseAgainstEnter() {}

    /** How it can end. */
    @Outcome(
            id = {"sees the pause", "is seen", "both"},
            expect = ACCEPTABLE,
            desc = "The vCPU leaves, or the pauser waits for it.")
    @Outcome(expect = FORBIDDEN, desc = "The vCPU runs in a machine that is said to be paused.")
    public static class Paused {}

    /** A gate and the pauses of its machine, without the machine. */
    abstract static class Sides {
        private static final VcpuHandle[] NOBODY_TO_CALL_OUT = {};

        private final Pauses pauses = new Pauses();
        private final PauseGate gate = new PauseGate(null, pauses);
        private final boolean isFenced;
        private boolean seesPause;
        private boolean isSeen;

        /** With the fence of {@link PauseGate#enter}, or without. */
        Sides(boolean isFenced) {
            this.isFenced = isFenced;
        }

        void enter() {
            if (isFenced) {
                gate.enter();
            } else {
                INSIDE.setRelease(gate, true);
            }
            seesPause = gate.isPaused();
        }

        void pause() {
            try {
                pauses.begin(NOBODY_TO_CALL_OUT, 0);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            isSeen = !gate.isAtRest();
        }

        void judge(L_Result r) {
            r.r1 = seesPause ? isSeen ? "both" : "sees the pause" : isSeen ? "is seen" : "runs on";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Paused.class) @State
    public static class Enter extends Sides {
        public Enter() { super(true); }
        @Actor public void vcpu() { enter(); }
        @Actor public void pauser() { pause(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Paused.class) @State
    public static class WithoutFenceBehindEntering extends Sides {
        public WithoutFenceBehindEntering() { super(false); }
        @Actor public void vcpu() { enter(); }
        @Actor public void pauser() { pause(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
