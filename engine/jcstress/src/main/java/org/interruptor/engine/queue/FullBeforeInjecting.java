package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.InjectResult;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** An I/O ring without room: nobody relies on an injection of another that ends FULL. */
public final class FullBeforeInjecting {
    private FullBeforeInjecting() {}

    /** How it can end. */
    @Outcome(id = "full", expect = ACCEPTABLE, desc = "Both are refused.")
    @Outcome(expect = FORBIDDEN, desc = "One was told that it is part of what is pending, and nothing is.")
    public static class Refused {}

    /** A ring in which dead entries stand behind a head that nobody takes. */
    abstract static class Sides {
        private final IoRing ring = new IoRing(0, 2);
        private final Subchannel source = new Subchannel(2);
        private final boolean looksFirst;
        private InjectResult one;
        private InjectResult other;

        /** With the look for room in front of the change to INJECTING, or behind it. */
        Sides(boolean looksFirst) {
            this.looksFirst = looksFirst;
            IoRing elsewhere = new IoRing(1, 2);
            TakenInterruption taken = new TakenInterruption();
            ring.inject(new Subchannel(1), 0);
            for (int i = 0; i < 2; i++) {
                ring.inject(source, 0);
                source.withdraw();
                elsewhere.inject(source, 0);
                elsewhere.take(elsewhere.head(), taken);
            }
        }

        private InjectResult inject() {
            if (looksFirst) {
                return ring.inject(source, 1);
            }
            long idle = source.state();
            if (Subchannel.kindIn(idle) == Subchannel.INJECTING
                    || !source.change(idle, Subchannel.with(idle, Subchannel.entryIn(idle), Subchannel.INJECTING))) {
                return InjectResult.COALESCED;
            }
            source.change(source.state(), idle); // there is no room
            return InjectResult.FULL;
        }

        void first() {
            one = inject();
        }

        void second() {
            other = inject();
        }

        void judge(L_Result r) {
            r.r1 = one == InjectResult.FULL && other == InjectResult.FULL ? "full" : one + ", " + other;
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Refused.class) @State
    public static class NoRoom extends Sides {
        public NoRoom() { super(true); }
        @Actor public void device() { first(); }
        @Actor public void otherDevice() { second(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Refused.class) @State
    public static class WithoutLookingFirst extends Sides {
        public WithoutLookingFirst() { super(false); }
        @Actor public void device() { first(); }
        @Actor public void otherDevice() { second(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
