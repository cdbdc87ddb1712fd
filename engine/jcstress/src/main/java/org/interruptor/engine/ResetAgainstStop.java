package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.LocalQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A vCPU is reset while a stop is injected: both the stop and its action are gone, or neither. */
public final class ResetAgainstStop {
    private ResetAgainstStop() {}

    /** The engine's own. */
    @JCStressTest
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "Discarded.")
    @Outcome(id = "stop and action", expect = ACCEPTABLE, desc = "It came after the reset.")
    @Outcome(expect = FORBIDDEN, desc = "Half of it.")
    @State
    public static class Both {
        final Rig rig = Rig.take();

        @Actor
        public void inject() {
            rig.vcpu.injectStop();
        }

        @Actor
        public void reset() {
            rig.vcpu.reset();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = judge(rig, rig.vcpu.isStopOnStop());
        }
    }

    /** The action is one bit, which the reset clears behind the queue. */
    @JCStressTest
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "Discarded.")
    @Outcome(id = "stop and action", expect = ACCEPTABLE, desc = "It came after the reset.")
    @Outcome(expect = FORBIDDEN, desc = "Half of it.")
    @State
    public static class WithoutNumberOfTheRecord {
        private final Rig rig = Rig.take();
        private final PaddedWords action = new PaddedWords(1);

        @Actor
        public void inject() {
            LocalQueue queue = rig.vcpu.queue();
            queue.reserve();
            int index = queue.claim(InterruptionType.STOP);
            action.setVolatile(0, 1);
            queue.commit(index, 0);
        }

        @Actor
        public void reset() {
            rig.vcpu.reset();
            action.setVolatile(0, 0);
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = judge(rig, action.getVolatile(0) != 0);
        }
    }

    private static String judge(Rig rig, boolean isAction) {
        boolean isStop = rig.vcpu.deliverPending() == 1;
        rig.giveBack();
        return isStop ? (isAction ? "stop and action" : "stop") : (isAction ? "action" : "nothing");
    }
}
