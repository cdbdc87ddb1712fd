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

/** The state of a CPU: an order is taken or a start accepted while a reset is accepted, which must not be lost. */
public final class OrderAgainstReset {
    private OrderAgainstReset() {}

    /** How it can end. */
    @Outcome(id = "reset", expect = ACCEPTABLE, desc = "The reset is in progress, the order taken or cancelled.")
    @Outcome(expect = FORBIDDEN, desc = "The reset is lost, or the order in progress beside it.")
    public static class Accepted {}

    /** A CPU that operates, with a stop in progress. */
    abstract static class Sides {
        private final CpuState state = new CpuState(true);
        private final boolean isAtomic;

        /** With the order taken by compare-and-set, or by a store. */
        Sides(boolean isAtomic) {
            this.isAtomic = isAtomic;
            state.accept(state.word(), CpuState.STOP, 0);
        }

        void reset() {
            state.acceptReset(CpuState.CPU_RESET);
        }

        void takeOrder() {
            long word = state.word();
            if (isAtomic) {
                state.take(word, CpuState.STOPPED);
            } else {
                Inside.WORD.setVolatile(state, (long) CpuState.STOPPED);
            }
        }

        void judge(L_Result r) {
            long word = state.word();
            boolean isReset = CpuState.resetIn(word) == CpuState.CPU_RESET;
            r.r1 = isReset && CpuState.orderIn(word) == CpuState.NO_ORDER ? "reset" : Long.toHexString(word);
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Accepted.class) @State
    public static class Taken extends Sides {
        public Taken() { super(true); }
        @Actor public void sender() { reset(); }
        @Actor public void vcpu() { takeOrder(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Accepted.class) @State
    public static class WithoutCompareAndSet extends Sides {
        public WithoutCompareAndSet() { super(false); }
        @Actor public void sender() { reset(); }
        @Actor public void vcpu() { takeOrder(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
