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

/** Parameter bits: some are added while the pending ones are taken. */
public final class ParameterPutAgainstTake {
    private ParameterPutAgainstTake() {}

    /** How it can end. */
    @Outcome(
            id = "once",
            expect = ACCEPTABLE,
            desc = "Each bit is taken once, by as many interruptions as were accepted.")
    @Outcome(expect = FORBIDDEN, desc = "A bit is lost or doubled, or one interruption too many or too few.")
    public static class Once {}

    /** Bit 1 is pending. */
    abstract static class Sides {
        /** Pending and parameter, without the count of puts. */
        private static final long PENDING_AND_PARAMETER = (1L << 33) - 1;

        private final ParameterBits bits = new ParameterBits();
        private final boolean isAtomic;
        private boolean isNew;
        private long taken;

        /** With the bits taken by compare-and-set, or by a load and a store. */
        Sides(boolean isAtomic) {
            this.isAtomic = isAtomic;
            bits.put(1);
        }

        void put() {
            isNew = bits.put(2);
        }

        void take() {
            if (isAtomic) {
                taken = bits.take();
            } else {
                long word = (long) Inside.WORD.getVolatile(bits);
                Inside.WORD.setVolatile(bits, word & ~PENDING_AND_PARAMETER);
                taken = word & PENDING_AND_PARAMETER;
            }
        }

        void judge(L_Result r) {
            long left = bits.take();
            boolean isWhole = ((int) taken ^ (int) left) == 3;
            boolean isCounted = isNew == (left != ParameterBits.NONE);
            r.r1 = isWhole && isCounted ? "once" : Long.toHexString(taken) + ", " + Long.toHexString(left);
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Once.class) @State
    public static class Put extends Sides {
        public Put() { super(true); }
        @Actor public void injector() { put(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithoutCompareAndSet extends Sides {
        public WithoutCompareAndSet() { super(false); }
        @Actor public void injector() { put(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
