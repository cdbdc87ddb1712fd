package org.interruptor.engine.wake;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Publishing against opening a wait, with nothing around the two sides, so that they meet more often. Publishing and a full fence
 * stand before the claim; opening and a full fence before the look. For what comes to one vCPU alone see {@link
 * AnnounceAgainstOpen}.
 */
public final class PublishAgainstOpen {
    private PublishAgainstOpen() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The injector's fence, or its atomic operation. */
        INJECTORS_FENCE,
        /** The vCPU's: its idle bit is set by a release store. */
        VCPUS_FENCE,
        /** The vCPU looks, then opens. */
        LOOK_AFTER_OPENING,
        /** The injector claims, then publishes. */
        PUBLISHING_FIRST
    }

    /** How it can end. */
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    public static class Woken {}

    /** The wait of one vCPU. */
    abstract static class Sides {
        final Cut cut;
        private final Gate gate;
        private final WaitWord word = Alone.waitWord();
        private final VcpuSet idle = new VcpuSet(1);
        private boolean isSeen;
        private boolean isClaimed;

        Sides(Gate gate, Cut cut) {
            this.gate = gate;
            this.cut = cut;
            word.begin(this);
        }

        /** Publishes, with a full fence at the end if {@link #isFenced}. */
        abstract void publish();

        abstract boolean look();

        boolean isFenced() {
            return cut != Cut.INJECTORS_FENCE;
        }

        void inject() {
            if (cut == Cut.PUBLISHING_FIRST) {
                claim();
                publish();
            } else {
                publish();
                claim();
            }
        }

        private void claim() {
            isClaimed = word.claim(gate) != null;
        }

        void goToWait() {
            if (cut == Cut.LOOK_AFTER_OPENING) {
                isSeen = look();
                open();
            } else {
                open();
                isSeen = look();
            }
        }

        private void open() {
            word.open(gate.bit());
            if (cut == Cut.VCPUS_FENCE) {
                Inside.members(idle, 1);
            } else {
                idle.add(0);
            }
        }

        void judge(L_Result r) {
            r.r1 = isSeen ? "seen" : isClaimed ? "woken" : "sleeps on";
        }
    }

    /** A floating interruption. */
    abstract static class Floating extends Sides {
        private final FloatingRing ring = new FloatingRing(2);

        Floating(Cut cut) {
            super(Gate.SERVICE, cut);
        }

        @Override
        void publish() {
            ring.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            if (isFenced()) {
                VarHandle.fullFence();
            }
        }

        @Override
        boolean look() {
            return ring.head() != FloatingRing.NONE;
        }
    }

    /** The machine is closed. */
    abstract static class Closed extends Sides {
        private final MachineState state = new MachineState();

        Closed(Cut cut) {
            super(Gate.ORDER, cut);
        }

        @Override
        void publish() {
            if (isFenced()) {
                state.close();
            } else {
                Inside.CLOSED.setRelease(state, true);
            }
        }

        @Override
        boolean look() {
            return state.isClosed();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class OfAFloatingOne extends Floating {
        public OfAFloatingOne() { super(Cut.NOTHING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutFenceOfTheInjector extends Floating {
        public WithoutFenceOfTheInjector() { super(Cut.INJECTORS_FENCE); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutFenceOfTheVcpu extends Floating {
        public WithoutFenceOfTheVcpu() { super(Cut.VCPUS_FENCE); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutLookAfterOpening extends Floating {
        public WithoutLookAfterOpening() { super(Cut.LOOK_AFTER_OPENING); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class OfClosing extends Closed {
        public OfClosing() { super(Cut.NOTHING); }
        @Actor public void closer() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutFenceOfTheCloser extends Closed {
        public WithoutFenceOfTheCloser() { super(Cut.INJECTORS_FENCE); }
        @Actor public void closer() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
