package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A delivery against what comes meanwhile, on a vCPU that runs: what the pass does not find must leave attention set. And
 * stop-on-stop, which is set before the stop can be delivered.
 */
public final class AttentionSeenAgainstAnnounced {
    private AttentionSeenAgainstAnnounced() {}

    /** What comes. */
    enum What {
        FLOATING,
        RECORD,
        EMERGENCY,
        /** A kick, which is taken behind the pass. */
        KICK,
        /** A start, where a floating interruption came while the vCPU was stopped and nobody was told. */
        START,
        STOP,
        CLOSE
    }

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The pass sees the stamp behind its look. */
        SEEING_FIRST,
        /** The record is announced before it is published. */
        PUBLISHING_FIRST,
        /** A start has no stamp. */
        STAMP_OF_THE_START,
        /** The pass does not ask again whether the machine is closed. */
        CLOSED_IS_NEVER_SEEN,
        /** Stop-on-stop is set behind the stop. */
        ACTION_FIRST
    }

    /** How it can end. */
    @Outcome(
            id = {"found", "attention"},
            expect = ACCEPTABLE,
            desc = "Found by the pass, or announced.")
    @Outcome(expect = FORBIDDEN, desc = "Runs on without.")
    public static class Noticed {}

    /** Something comes while a delivery runs. */
    abstract static class Sides {
        private static final int LOOKS = 16;

        private final Rig rig = Rig.take();
        private final Arrivals arrivals = rig.handle.arrivals();
        private final What what;
        private final Cut cut;
        private boolean found;
        private boolean isActionSet;

        Sides(What what, Cut cut) {
            this.what = what;
            this.cut = cut;
            rig.other.stop(); // so that the rotation chooses the one
            if (what == What.START) {
                rig.vcpu.stop();
                rig.machine.injectService(1);
            }
        }

        void comes() {
            switch (what) {
                case FLOATING -> rig.machine.injectService(1);
                case RECORD -> record();
                case EMERGENCY -> rig.handle.injectEmergency();
                case KICK -> rig.handle.kick();
                case START -> start();
                case STOP -> stop();
                case CLOSE -> rig.machine.close();
            }
        }

        private void record() {
            if (cut == Cut.PUBLISHING_FIRST) {
                LocalQueue queue = rig.handle.queue();
                int index = queue.claim(InterruptionType.RESTART, 0);
                long before = (long) Inside.RECORDS.getAndAdd(arrivals, 1L);
                Inside.WORD.setRelease(arrivals, (before + 1) << 3 | 2);
                Inside.localRing(queue).commit(index);
            } else {
                rig.handle.injectRestart();
            }
        }

        private void start() {
            if (cut == Cut.STAMP_OF_THE_START) {
                rig.handle.state().start();
            } else {
                rig.handle.start();
            }
        }

        private void stop() {
            if (cut == Cut.ACTION_FIRST) {
                LocalQueue queue = rig.handle.queue();
                queue.commit(queue.claim(InterruptionType.STOP, 0));
                for (int i = 0; i < 10; i++) { // or it is seldom seen
                    Thread.onSpinWait();
                }
                rig.handle.restoreStopOnStop(true);
            } else {
                rig.handle.injectStop();
            }
        }

        void look() {
            if (cut == Cut.SEEING_FIRST) {
                found = rig.machine.floating().service().head() != FloatingRing.NONE;
                arrivals.look();
                arrivals.seen(false);
            } else if (cut == Cut.CLOSED_IS_NEVER_SEEN) {
                found = rig.machine.isClosed();
                if (!found) {
                    Inside.SEEN.setOpaque(arrivals, (long) Inside.WORD.getAcquire(arrivals));
                }
                found = false; // a pass that found the machine closed leaves attention
            } else if (what == What.KICK) {
                rig.vcpu.deliverPending();
                found = rig.vcpu.takeKick();
            } else if (what == What.STOP) {
                for (int i = 0; i < LOOKS && !found; i++) { // until it has come, or not for long
                    found = rig.vcpu.deliverPending() > 0;
                }
                isActionSet = rig.handle.isStopOnStop();
            } else {
                found = rig.vcpu.deliverPending() > 0;
            }
        }

        void judge(L_Result r) {
            r.r1 = found ? "found" : rig.vcpu.isAttention() ? "attention" : "runs on";
            rig.giveBack();
        }

        /** The stop need not have come. */
        void judgeAction(L_Result r) {
            r.r1 = !found ? "attention" : isActionSet ? "found" : "a stop without its action";
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Floating extends Sides {
        public Floating() { super(What.FLOATING, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class WithoutSeeingBeforeLooking extends Sides {
        public WithoutSeeingBeforeLooking() { super(What.FLOATING, Cut.SEEING_FIRST); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Record extends Sides {
        public Record() { super(What.RECORD, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class WithoutPublishingBeforeAnnouncing extends Sides {
        public WithoutPublishingBeforeAnnouncing() { super(What.RECORD, Cut.PUBLISHING_FIRST); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Emergency extends Sides {
        public Emergency() { super(What.EMERGENCY, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Kick extends Sides {
        public Kick() { super(What.KICK, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Start extends Sides {
        public Start() { super(What.START, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class WithoutStampOfTheStart extends Sides {
        public WithoutStampOfTheStart() { super(What.START, Cut.STAMP_OF_THE_START); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class Close extends Sides {
        public Close() { super(What.CLOSE, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class WithoutClosedBeingNeverSeen extends Sides {
        public WithoutClosedBeingNeverSeen() { super(What.CLOSE, Cut.CLOSED_IS_NEVER_SEEN); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class StopOnStop extends Sides {
        public StopOnStop() { super(What.STOP, Cut.NOTHING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judgeAction(r); }
    }

    @JCStressTest @JCStressMeta(Noticed.class) @State
    public static class WithoutActionBeforeTheStop extends Sides {
        public WithoutActionBeforeTheStop() { super(What.STOP, Cut.ACTION_FIRST); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { look(); }
        @Arbiter public void end(L_Result r) { judgeAction(r); }
    }
    // spotless:on
}
