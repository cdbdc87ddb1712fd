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

/** A claim while one wait ends and the next begins: whom it wakes is that of the wait that it has claimed. */
public final class ClaimAgainstNextWait {
    private ClaimAgainstNextWait() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The word has no number of the wait. */
        NUMBER,
        /** Whom to wake is read behind the claim. */
        READING_BEFORE_THE_CLAIM
    }

    /** How it can end. */
    @Outcome(
            id = {"none", "first", "second"},
            expect = ACCEPTABLE,
            desc = "Of the wait that is claimed, or none.")
    @Outcome(expect = FORBIDDEN, desc = "Of another wait: one sleeps on.")
    public static class OfItsOwn {}

    /** A wait that is parked, and a second one behind it. */
    abstract static class Sides {
        private static final int GATES = Gate.SERVICE.bit();
        private static final String FIRST = "first";
        private static final String SECOND = "second";

        private final WaitWord word = Alone.waitWord();
        private final Cut cut;
        private Object claimed;

        Sides(Cut cut) {
            this.cut = cut;
            wait(FIRST);
        }

        private void wait(Object whom) {
            word.begin(whom);
            if (cut == Cut.NUMBER) {
                Inside.NUMBER.set(word, 1L);
            }
            word.open(GATES);
            word.park(GATES);
        }

        void nextWait() {
            word.leave();
            wait(SECOND);
        }

        void claim() {
            claimed = word.claim(Gate.SERVICE);
            if (cut == Cut.READING_BEFORE_THE_CLAIM && claimed != null) {
                claimed = Inside.WAITER.getAcquire(word);
            }
        }

        /** The second wait is notified if and only if it was claimed: as parked, or while it was awake. */
        void judge(L_Result r) {
            boolean isSecondClaimed = word.state() == WaitWord.NOTIFIED;
            if (claimed == null) {
                r.r1 = isSecondClaimed ? "claimed by nobody" : "none";
            } else if (claimed == FIRST) {
                r.r1 = isSecondClaimed ? "second sleeps on" : "first";
            } else {
                r.r1 = isSecondClaimed ? "second" : "second woken for the first";
            }
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(OfItsOwn.class) @State
    public static class Word extends Sides {
        public Word() { super(Cut.NOTHING); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { nextWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(OfItsOwn.class) @State
    public static class WithoutNumberOfTheWait extends Sides {
        public WithoutNumberOfTheWait() { super(Cut.NUMBER); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { nextWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(OfItsOwn.class) @State
    public static class WithoutReadingBeforeTheClaim extends Sides {
        public WithoutReadingBeforeTheClaim() { super(Cut.READING_BEFORE_THE_CLAIM); }
        @Actor public void claimer() { claim(); }
        @Actor public void owner() { nextWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
