package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Senders: one is added while another one is taken out. */
public final class SenderPutAgainstTake {
    private SenderPutAgainstTake() {}

    /** How it can end. */
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Each sender is taken or there, once.")
    @Outcome(expect = FORBIDDEN, desc = "A sender is lost or doubled.")
    public static class Once {}

    /** Sender 0 is there. */
    abstract static class Sides {
        private final Senders senders = new Senders(2);
        private final boolean isAtomic;
        private int taken;

        /** With the sender added by an atomic OR, or by a load and a store. */
        Sides(boolean isAtomic) {
            this.isAtomic = isAtomic;
            senders.put(0);
        }

        void put() {
            if (isAtomic) {
                senders.put(1);
            } else {
                Inside.WORD.setVolatile(senders, (long) Inside.WORD.getVolatile(senders) | 1L << 1);
            }
        }

        void take() {
            senders.take(senders.lowest());
            taken++;
        }

        void judge(L_Result r) {
            r.r1 = Integer.toString(taken + senders.size());
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Once.class) @State
    public static class Put extends Sides {
        public Put() { super(true); }
        @Actor public void sender() { put(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithoutAtomicOr extends Sides {
        public WithoutAtomicOr() { super(false); }
        @Actor public void sender() { put(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
