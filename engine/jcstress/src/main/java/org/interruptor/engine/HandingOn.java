package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.wake.Waiting;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Handing on, and what stands in for it: a vCPU that leaves its wait looks for itself, since the rotation leaves out those that
 * wait. For handing on while a timer fires see {@link WaitClaimedByTwo}; for the two sides alone {@link
 * org.interruptor.engine.wake.LeftOutByTheRotation}.
 */
public final class HandingOn {
    private HandingOn() {}

    /** How it can end. */
    @Outcome(
            id = {"told", "told later"},
            expect = ACCEPTABLE,
            desc = "A vCPU that may take it knows, or the one that has to hand it on.")
    @Outcome(expect = FORBIDDEN, desc = "Nobody that may take it knows.")
    public static class Known {}

    /** A floating interruption comes while the one vCPU does something else. */
    abstract static class Sides {
        final Rig rig = Rig.take();
        final boolean isWhole;

        /** With handing on, or without. */
        Sides(boolean isWhole) {
            this.isWhole = isWhole;
        }

        void inject() {
            rig.machine.injectService(1);
        }

        void judge(L_Result r) {
            r.r1 = rig.other.isAttention() ? "told" : "nobody knows";
            rig.giveBack();
        }
    }

    /** The only vCPU that operates; it waits with the floating gate closed, and its timer is due. */
    abstract static class Leaving extends Sides {
        Leaving(boolean isWhole) {
            super(isWhole);
            rig.other.stop();
            Rig.open(rig.vcpu, Rig.COMPARATOR);
            rig.vcpu.registers().clockComparator(rig.clock.tod());
            rig.beginWait();
            rig.clock.advance(1);
        }

        void leave() {
            if (isWhole) {
                rig.vcpu.endWait();
            } else {
                Inside.WORD.setRelease(rig.word, 0L);
                rig.machine.waiters().idle().remove(0);
            }
        }

        void judgeLeaving(L_Result r) {
            r.r1 = rig.vcpu.isAttention() ? "told" : "nobody knows";
            rig.giveBack();
        }
    }

    /** Both operate, and the one is stopped: the rotation may have chosen it. */
    abstract static class Stopping extends Sides {
        Stopping(boolean isWhole) {
            super(isWhole);
        }

        void stop() {
            if (isWhole) {
                rig.vcpu.stop();
            } else {
                rig.machine.operating().remove(0);
                rig.handle.state().enter(CpuState.STOPPED);
            }
        }
    }

    /** Both operate. The one that the rotation chooses has its floating gate closed, the other runs with an open one. */
    abstract static class GateClosed extends Sides {
        private final Waiting waiting;

        GateClosed(boolean isWhole) {
            super(isWhole);
            Rig.open(rig.vcpu, Rig.EMERGENCY);
            rig.machine.notifier().rotation(Gate.SERVICE, rig.other.id());
            waiting = rig.waitingWithoutHandingOn();
        }

        void deliver() {
            if (isWhole) {
                rig.vcpu.deliverPending();
            } else {
                rig.deliveryWithoutHandingOn().run();
            }
        }

        void goToWait() {
            if (isWhole) {
                rig.beginWait();
            } else {
                waiting.begin(() -> {});
            }
        }

        @Override
        void judge(L_Result r) {
            boolean isTold = rig.other.isAttention();
            if (!isWhole) {
                rig.handle.kick();
                waiting.end();
            }
            r.r1 = isTold ? "told" : "nobody knows";
            rig.giveBack();
        }

        /** The one that passed it over, or has not looked yet, may be the one that is told. */
        void judgeDelivery(L_Result r) {
            r.r1 = rig.other.isAttention() ? "told" : rig.vcpu.isAttention() ? "told later" : "nobody knows";
            rig.giveBack();
        }
    }

    /**
     * A head that the one vCPU is told of and finds empty, since the other has taken it: it hands nothing on. What comes behind it
     * notifies by itself.
     */
    abstract static class EmptyHead extends Sides {
        private int delivered;
        private int othersDelivered;

        EmptyHead(boolean isWhole) {
            super(isWhole);
            rig.machine.notifier().rotation(Gate.SERVICE, rig.other.id());
        }

        /** The second is told to the other. Cut: an injector relies on the vCPU that has just looked. */
        void injectTwo() {
            inject();
            if (isWhole) {
                inject();
            } else {
                for (int i = 0; i < 10; i++) { // or it is seldom seen
                    Thread.onSpinWait();
                }
                rig.machine.floating().service().offer(InterruptionType.SERVICE_SIGNAL, 2, 0);
            }
        }

        void deliver() {
            delivered = rig.vcpu.deliverPending();
        }

        /** Whatever is left, somebody is told of. */
        void judgeEmpty(L_Result r) {
            othersDelivered = rig.other.isAttention() ? rig.other.deliverPending() : 0;
            delivered += rig.vcpu.isAttention() ? rig.vcpu.deliverPending() : 0;
            r.r1 = delivered + othersDelivered == 2 ? "told" : "nobody knows";
            rig.giveBack();
        }
    }

    /** The vCPU has been told of a head that it has seen. Another hands the same head on to it late, while a new one comes. */
    abstract static class Late extends Sides {
        private static final AtomicLong NUMBERS = new AtomicLong(1L << 40);

        private final long before = NUMBERS.getAndAdd(2);

        /** With a number for each hand-on, or one for all of the same head. */
        Late(boolean isWhole) {
            super(isWhole);
            rig.other.stop();
            announce(before);
            rig.vcpu.deliverPending();
        }

        private void announce(long number) {
            rig.handle.arrivals().announce(Arrivals.handOnStamp(number));
        }

        void handOnLate() {
            announce(isWhole ? before + 1 : before);
        }

        void judgeLate(L_Result r) {
            r.r1 = rig.vcpu.isAttention() ? "told" : "nobody knows";
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Known.class) @State
    public static class LeavingAgainstRotation extends Leaving {
        public LeavingAgainstRotation() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { leave(); }
        @Arbiter public void end(L_Result r) { judgeLeaving(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutLookWhenLeaving extends Leaving {
        public WithoutLookWhenLeaving() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { leave(); }
        @Arbiter public void end(L_Result r) { judgeLeaving(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class StoppingAgainstRotation extends Stopping {
        public StoppingAgainstRotation() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { stop(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutHandingOnWhenStopped extends Stopping {
        public WithoutHandingOnWhenStopped() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { stop(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class DeliveringAgainstRotation extends GateClosed {
        public DeliveringAgainstRotation() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judgeDelivery(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutHandingOnWhenDelivered extends GateClosed {
        public WithoutHandingOnWhenDelivered() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judgeDelivery(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class EnteringAgainstRotation extends GateClosed {
        public EnteringAgainstRotation() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutHandingOnWhenEntering extends GateClosed {
        public WithoutHandingOnWhenEntering() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class EmptyHeadHandedOnByNobody extends EmptyHead {
        public EmptyHeadHandedOnByNobody() { super(true); }
        @Actor public void injector() { injectTwo(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judgeEmpty(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutNoticeOfTheNext extends EmptyHead {
        public WithoutNoticeOfTheNext() { super(false); }
        @Actor public void injector() { injectTwo(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judgeEmpty(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class LateAgainstNew extends Late {
        public LateAgainstNew() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void other() { handOnLate(); }
        @Arbiter public void end(L_Result r) { judgeLate(r); }
    }

    @JCStressTest @JCStressMeta(Known.class) @State
    public static class WithoutStampsOfTheirOwn extends Late {
        public WithoutStampsOfTheirOwn() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void other() { handOnLate(); }
        @Arbiter public void end(L_Result r) { judgeLate(r); }
    }
    // spotless:on
}
