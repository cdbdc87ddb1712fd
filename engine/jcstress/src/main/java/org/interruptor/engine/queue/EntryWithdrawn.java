package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The one interruption of a subchannel: taken, withdrawn and injected again. The state of the subchannel decides. */
public final class EntryWithdrawn {
    private EntryWithdrawn() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** Withdrawing is a look and a store. */
        COMPARE_AND_SET,
        /** An injection that finds one pending replaces the payload, and does not look whether it was taken meanwhile. */
        READING_THE_STATE_AGAIN
    }

    /** How it can end. */
    @Outcome(id = "once", expect = ACCEPTABLE, desc = "Each that was accepted is delivered or withdrawn, once.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or doubled.")
    public static class Once {}

    /** One is pending, with the payload 1. */
    abstract static class Sides {
        private final IoRing ring = new IoRing(0, 2);
        private final Subchannel source = new Subchannel(1);
        private final TakenInterruption taken = new TakenInterruption();
        private final Cut cut;
        private boolean isTaken;
        private boolean isWithdrawn;
        private InjectResult result = InjectResult.COALESCED;
        private long last;

        Sides(Cut cut) {
            this.cut = cut;
            ring.inject(source, 1);
        }

        void take() {
            isTaken = takeOne();
        }

        private boolean takeOne() {
            long head = ring.head();
            boolean has = head != FloatingRing.NONE && ring.take(head, taken);
            last = has ? taken.parameter64 : last;
            return has;
        }

        void withdraw() {
            if (cut == Cut.COMPARE_AND_SET) {
                long state = source.state();
                isWithdrawn = Subchannel.kindIn(state) == Subchannel.QUEUED;
                if (isWithdrawn) {
                    Inside.WORD.setVolatile(
                            source, Subchannel.with(state, Subchannel.entryIn(state), Subchannel.WITHDRAWN));
                }
            } else {
                isWithdrawn = source.withdraw();
            }
        }

        void injectAgain() {
            if (cut == Cut.READING_THE_STATE_AGAIN && source.isPending()) {
                source.payload(2);
            } else {
                result = ring.inject(source, 2);
            }
        }

        void judgeTakenOrWithdrawn(L_Result r) {
            boolean isLeft = takeOne();
            r.r1 = isTaken != isWithdrawn && !isLeft ? "once" : isTaken ? "both" : "neither";
        }

        /** The last that is taken has the second payload. */
        void judgeInjectedAgain(L_Result r) {
            int count = (isTaken ? 1 : 0) + (takeOne() ? 1 : 0);
            int accepted = result == InjectResult.ACCEPTED ? 2 : 1;
            r.r1 = count == accepted && last == 2 ? "once" : count + " of " + accepted + ", " + last;
        }

        /** Withdrawn, and injected before or behind that. */
        void judgeRevived(L_Result r) {
            boolean isLeft = takeOne();
            r.r1 = isWithdrawn && isLeft == (result == InjectResult.ACCEPTED) ? "once" : result + ", " + isLeft;
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Once.class) @State
    public static class TakenOrWithdrawn extends Sides {
        public TakenOrWithdrawn() { super(Cut.NOTHING); }
        @Actor public void vcpu() { take(); }
        @Actor public void device() { withdraw(); }
        @Arbiter public void end(L_Result r) { judgeTakenOrWithdrawn(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithoutCompareAndSet extends Sides {
        public WithoutCompareAndSet() { super(Cut.COMPARE_AND_SET); }
        @Actor public void vcpu() { take(); }
        @Actor public void device() { withdraw(); }
        @Arbiter public void end(L_Result r) { judgeTakenOrWithdrawn(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class TakenAndInjectedAgain extends Sides {
        public TakenAndInjectedAgain() { super(Cut.NOTHING); }
        @Actor public void vcpu() { take(); }
        @Actor public void device() { injectAgain(); }
        @Arbiter public void end(L_Result r) { judgeInjectedAgain(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithoutReadingTheStateAgain extends Sides {
        public WithoutReadingTheStateAgain() { super(Cut.READING_THE_STATE_AGAIN); }
        @Actor public void vcpu() { take(); }
        @Actor public void device() { injectAgain(); }
        @Arbiter public void end(L_Result r) { judgeInjectedAgain(r); }
    }

    @JCStressTest @JCStressMeta(Once.class) @State
    public static class WithdrawnAndInjectedAgain extends Sides {
        public WithdrawnAndInjectedAgain() { super(Cut.NOTHING); }
        @Actor public void first() { withdraw(); }
        @Actor public void second() { injectAgain(); }
        @Arbiter public void end(L_Result r) { judgeRevived(r); }
    }
    // spotless:on
}
