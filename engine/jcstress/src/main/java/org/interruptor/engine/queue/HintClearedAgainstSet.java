package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A hint of the machine's word: set by an injector behind its publication, cleared by a pass that found nothing behind it. A
 * pending interruption always has its hint.
 */
public final class HintClearedAgainstSet {
    private HintClearedAgainstSet() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The hint is cleared whatever has come since. */
        COMPARING,
        /** The word to compare with is read behind the look. */
        READING_BEFORE_THE_LOOK
    }

    /** How it can end. */
    @Outcome(
            id = {"found", "hint"},
            expect = ACCEPTABLE,
            desc = "Found by the pass, or the hint is there.")
    @Outcome(expect = FORBIDDEN, desc = "Pending without a hint.")
    public static class Hinted {}

    /** A hint with nothing behind it. */
    abstract static class Sides {
        private static final int HINT = FloatingWord.IO_RING;

        private final FloatingRing ring = new FloatingRing(2);
        private final FloatingWord word = new FloatingWord();
        private final Cut cut;
        private boolean found;

        Sides(Cut cut) {
            this.cut = cut;
            word.set(HINT);
        }

        void inject() {
            ring.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            word.set(HINT);
        }

        void pass() {
            long seen = word.word();
            found = ring.head() != FloatingRing.NONE;
            if (found) {
                return;
            }
            switch (cut) {
                case COMPARING -> word.take(HINT);
                case READING_BEFORE_THE_LOOK -> word.clear(word.word(), HINT);
                default -> word.clear(seen, HINT);
            }
        }

        void judge(L_Result r) {
            r.r1 = found ? "found" : FloatingWord.has(word.word(), HINT) ? "hint" : "lost";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Hinted.class) @State
    public static class Pass extends Sides {
        public Pass() { super(Cut.NOTHING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { pass(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Hinted.class) @State
    public static class WithoutComparing extends Sides {
        public WithoutComparing() { super(Cut.COMPARING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { pass(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Hinted.class) @State
    public static class WithoutReadingBeforeTheLook extends Sides {
        public WithoutReadingBeforeTheLook() { super(Cut.READING_BEFORE_THE_LOOK); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { pass(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
