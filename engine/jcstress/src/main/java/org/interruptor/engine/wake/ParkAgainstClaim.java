package org.interruptor.engine.wake;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.Gate;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * From spinning to parked, against a claim: the claimer of a wait that spins wakes nobody, so its thread must not park behind
 * the claim.
 */
public final class ParkAgainstClaim {
    private ParkAgainstClaim() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The owner looks, and parks by a store. */
        OWNERS_CAS,
        /** The claimer looks, and claims by a store. */
        CLAIMERS_CAS
    }

    /** How it can end. */
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed as parked: the claimer wakes it.")
    @Outcome(id = "not parked", expect = ACCEPTABLE, desc = "Claimed as spinning: it sees that.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on behind the claim.")
    public static class Claimed {}

    /** A wait that spins. */
    abstract static class Sides {
        private static final int GATES = Gate.SERVICE.bit();

        private final WaitWord word = Alone.waitWord();
        private final Cut cut;
        private boolean isParked;
        private boolean isClaimed;

        /** The claimer has found it parked. */
        private boolean isWoken;

        Sides(Cut cut) {
            this.cut = cut;
            word.begin(this);
            word.open(GATES);
        }

        void claim() {
            if (cut == Cut.CLAIMERS_CAS) {
                long current = word.word();
                isClaimed = true;
                isWoken = WaitWord.stateIn(current) == WaitWord.PARKED;
                Inside.WORD.setVolatile(word, current | WaitWord.NOTIFIED);
            } else {
                Object whom = word.claim(Gate.SERVICE);
                isClaimed = whom != null;
                isWoken = whom == this;
            }
        }

        void park() {
            if (cut == Cut.OWNERS_CAS) {
                long current = word.word();
                isParked = WaitWord.stateIn(current) == WaitWord.SPINNING;
                if (isParked) {
                    Inside.WORD.setVolatile(word, current ^ WaitWord.SPINNING ^ WaitWord.PARKED);
                }
            } else {
                isParked = word.park(GATES);
            }
        }

        void judge(L_Result r) {
            boolean isNotified = word.state() == WaitWord.NOTIFIED;
            if (!isClaimed) {
                r.r1 = "not claimed";
            } else if (isWoken) {
                r.r1 = isParked && isNotified ? "woken" : "woken in vain";
            } else {
                r.r1 = isParked || !isNotified ? "sleeps on" : "not parked";
            }
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Claimed.class) @State
    public static class Word extends Sides {
        public Word() { super(Cut.NOTHING); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { park(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Claimed.class) @State
    public static class WithoutCompareAndSetOfTheOwner extends Sides {
        public WithoutCompareAndSetOfTheOwner() { super(Cut.OWNERS_CAS); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { park(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Claimed.class) @State
    public static class WithoutCompareAndSetOfTheClaimer extends Sides {
        public WithoutCompareAndSetOfTheClaimer() { super(Cut.CLAIMERS_CAS); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { park(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
