package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two vCPUs deliver from the floating ring: each interruption once. For the ring alone see {@code queue.SlotTaken}. */
public final class HeadTakenByTwo {
    private HeadTakenByTwo() {}

    /** How it can end. */
    @Outcome(id = "each once", expect = ACCEPTABLE, desc = "One of the two has each.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or doubled.")
    public static class Once {}

    /** So many are queued. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final int count;
        private int first;
        private int second;

        Sides(int count) {
            this.count = count;
            for (int i = 0; i < count; i++) {
                rig.machine.injectService(i);
            }
        }

        void deliver() {
            first = rig.vcpu.deliverPending();
        }

        void otherDelivers() {
            second = rig.other.deliverPending();
        }

        void judge(L_Result r) {
            r.r1 = first + second == count ? "each once" : first + ", " + second;
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Once.class) @State
    public static class One extends Sides {
        public One() { super(1); }
        @Actor public void first() { deliver(); }
        @Actor public void second() { otherDelivers(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class Several extends Sides {
        public Several() { super(3); }
        @Actor public void first() { deliver(); }
        @Actor public void second() { otherDelivers(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
