package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.LocalQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A vCPU is reset while something is injected: all of it is gone, or all of it is there and attention says so. */
public final class ResetAgainstInjection {
    private ResetAgainstInjection() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The stop-on-stop action is one bit, which the reset clears behind the queue. */
        NUMBER_OF_THE_RECORD,
        /** The reset clears, then sees. */
        SEEING_FIRST
    }

    /** How it can end. */
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "Discarded.")
    @Outcome(id = "all", expect = ACCEPTABLE, desc = "It came after the reset.")
    @Outcome(expect = FORBIDDEN, desc = "Half of it.")
    public static class AllOrNothing {}

    /** The vCPU, and an action of its own for a cut. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final PaddedWords action = new PaddedWords(1);
        private final Cut cut;

        Sides(Cut cut) {
            this.cut = cut;
        }

        void stop() {
            if (cut == Cut.NUMBER_OF_THE_RECORD) {
                LocalQueue queue = rig.handle.queue();
                int index = queue.claim(InterruptionType.STOP, 0);
                action.setVolatile(0, 1);
                queue.commit(index);
            } else {
                rig.handle.injectStop();
            }
        }

        void emergency() {
            rig.handle.injectEmergency();
        }

        void reset() {
            if (cut == Cut.SEEING_FIRST) {
                rig.vcpu.backlog().clear();
                rig.handle.arrivals().look();
                rig.handle.arrivals().seen(false);
            } else {
                rig.vcpu.reset();
            }
            if (cut == Cut.NUMBER_OF_THE_RECORD) {
                action.setVolatile(0, 0);
            }
        }

        void judgeStop(L_Result r) {
            boolean isAction = cut == Cut.NUMBER_OF_THE_RECORD ? action.getVolatile(0) != 0 : rig.handle.isStopOnStop();
            judge(r, isAction, "stop without its action", "action without its stop");
        }

        /** Attention may be set for nothing. */
        void judgeAttention(L_Result r) {
            boolean isAttention = rig.vcpu.isAttention();
            judge(r, isAttention && rig.handle.queued() > 0, "signal without attention", "");
        }

        private void judge(L_Result r, boolean isSecond, String firstOnly, String secondOnly) {
            boolean isFirst = rig.vcpu.deliverPending() == 1;
            r.r1 = isFirst ? (isSecond ? "all" : firstOnly) : isSecond ? secondOnly : "nothing";
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(AllOrNothing.class) @State
    public static class Stop extends Sides {
        public Stop() { super(Cut.NOTHING); }
        @Actor public void injector() { stop(); }
        @Actor public void vcpu() { reset(); }
        @Arbiter public void end(L_Result r) { judgeStop(r); }
    }

    @JCStressTest @JCStressMeta(AllOrNothing.class) @State
    public static class WithoutNumberOfTheRecord extends Sides {
        public WithoutNumberOfTheRecord() { super(Cut.NUMBER_OF_THE_RECORD); }
        @Actor public void injector() { stop(); }
        @Actor public void vcpu() { reset(); }
        @Arbiter public void end(L_Result r) { judgeStop(r); }
    }

    @JCStressTest @JCStressMeta(AllOrNothing.class) @State
    public static class Emergency extends Sides {
        public Emergency() { super(Cut.NOTHING); }
        @Actor public void injector() { emergency(); }
        @Actor public void vcpu() { reset(); }
        @Arbiter public void end(L_Result r) { judgeAttention(r); }
    }

    @JCStressTest @JCStressMeta(AllOrNothing.class) @State
    public static class WithoutSeeingFirst extends Sides {
        public WithoutSeeingFirst() { super(Cut.SEEING_FIRST); }
        @Actor public void injector() { emergency(); }
        @Actor public void vcpu() { reset(); }
        @Arbiter public void end(L_Result r) { judgeAttention(r); }
    }
    // spotless:on
}
