package org.interruptor.engine.wake;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.FloatingRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The hints of a wait, {@code idle & openInWait[gate]}, against an injector that looks for somebody to wake: both are set before
 * the look; a mark that is taken back is one of a closed gate.
 */
public final class MarkedBeforeLook {
    private MarkedBeforeLook() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The gate is marked behind the look. */
        MARKING_FIRST,
        /** The idle bit is set, then the word opened. */
        WORD_FIRST,
        /** A mark was taken back when the gate was closed, and not set again. */
        MARKING_AGAIN
    }

    /** How it can end. */
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is found and claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    public static class Woken {}

    /** One vCPU goes to wait with its gate open. */
    abstract static class Sides {
        private static final Gate GATE = Gate.SERVICE;

        private final FloatingRing ring = new FloatingRing(2);
        private final Waiters waiters = new Waiters(1, GATE.bit());
        private final WaitWord word = Alone.waitWord();
        private final Cut cut;
        private boolean isSeen;
        private boolean isClaimed;

        Sides(Cut cut) {
            this.cut = cut;
            word.begin(this);
            waiters.mark(0, GATE.bit()); // a wait of before, and one with the gate closed
            waiters.unmark(0, GATE.bit());
        }

        void inject() {
            ring.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            if ((waiters.openInWait(GATE).word(0) & waiters.idle().word(0)) != 0) {
                isClaimed = word.claim(GATE) != null;
            }
        }

        void goToWait() {
            switch (cut) {
                case NOTHING -> {
                    mark();
                    open();
                    idle();
                    look();
                }
                case MARKING_FIRST -> {
                    open();
                    idle();
                    look();
                    mark();
                }
                case WORD_FIRST -> {
                    mark();
                    idle();
                    open();
                    look();
                }
                default -> {
                    open();
                    idle();
                    look();
                }
            }
        }

        private void mark() {
            waiters.mark(0, GATE.bit());
        }

        private void open() {
            word.open(GATE.bit());
        }

        private void idle() {
            waiters.idle().add(0);
        }

        private void look() {
            isSeen = ring.head() != FloatingRing.NONE;
        }

        void judge(L_Result r) {
            r.r1 = isSeen ? "seen" : isClaimed ? "woken" : "sleeps on";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class InOrder extends Sides {
        public InOrder() { super(Cut.NOTHING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutMarkingBeforeTheLook extends Sides {
        public WithoutMarkingBeforeTheLook() { super(Cut.MARKING_FIRST); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** No fence stands between opening and looking. */
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutOpeningBeforeTheIdleBit extends Sides {
        public WithoutOpeningBeforeTheIdleBit() { super(Cut.WORD_FIRST); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutMarkingAgain extends Sides {
        public WithoutMarkingAgain() { super(Cut.MARKING_AGAIN); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
