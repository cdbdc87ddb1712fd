package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.stress.Inside;
import org.interruptor.stress.Pool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The local queue: read by its vCPU while injectors offer. For its places see {@link PlaceForTwo}. */
public final class LocalReadAgainstOffer {
    private LocalReadAgainstOffer() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The count of emergency signals is read behind the ring. */
        COUNT_BEFORE_RING,
        /** Emergency signals are taken although a record is claimed and not yet published. */
        HOLDING_BEHIND_A_HOLE,
        /** What a record says of the signals before it is forgotten. */
        COUNT_OF_A_RECORD,
        /** The ring is left out by a count of records that was read before that of the signals. */
        SIGNALS_BEFORE_RECORDS,
        /** The ring is left out although the last read met a hole. */
        READING_BEHIND_A_HOLE,
        /** A record that was read still looks published when its place is free. */
        EMPTYING_BEFORE_FREEING,
        /** A place is freed before the vCPU has read its record. */
        READING_BEFORE_FREEING
    }

    /** How a restart and then a signal end. */
    @Outcome(id = "RE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    public static class RestartFirst {}

    /** How a signal and then a restart end. */
    @Outcome(id = "ER", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    public static class SignalFirst {}

    /** How it ends behind another injector's stop. */
    @Outcome(id = "SRE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    public static class StopFirst {}

    /** A queue that is used again, and what is taken from it: {@code R}, {@code E}, {@code S}. */
    abstract static class Sides {
        private static final Pool<Sample> POOL = new Pool<>(Sample::new);

        private final Sample pooled = POOL.take();
        private final Arrivals arrivals = pooled.arrivals;
        final LocalQueue queue = pooled.queue;
        private final LocalBacklog backlog = pooled.backlog;
        private final TakenInterruption taken = new TakenInterruption();
        private final StringBuilder order = new StringBuilder();
        private final Cut cut;

        /** What is used again. */
        private static final class Sample {
            final Arrivals arrivals = new Arrivals();
            final LocalQueue queue = new LocalQueue(4, arrivals);
            final LocalBacklog backlog = new LocalBacklog(queue, arrivals, discarded -> {});
        }

        Sides(Cut cut) {
            this.cut = cut;
        }

        void restart() {
            queue.commit(queue.claim(InterruptionType.RESTART, 0));
        }

        void signal() {
            queue.offerEmergency();
        }

        /** Gives the other side time, or what an ablation does wrong is seldom seen. */
        static void linger() {
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
        }

        private void look() {
            switch (cut) {
                case COUNT_BEFORE_RING -> {
                    backlog.refresh();
                    Inside.ARRIVED.set(backlog, arrivals.emergencies());
                    Inside.SAFE.set(backlog, arrivals.emergencies());
                }
                case HOLDING_BEHIND_A_HOLE -> {
                    backlog.refresh();
                    Inside.SAFE.set(backlog, (long) Inside.ARRIVED.get(backlog));
                }
                case COUNT_OF_A_RECORD -> {
                    long emergencies = arrivals.emergencies();
                    linger();
                    backlog.refresh();
                    Inside.ARRIVED.set(backlog, emergencies);
                    Inside.SAFE.set(backlog, emergencies);
                }
                case SIGNALS_BEFORE_RECORDS -> {
                    if (arrivals.records() == (long) Inside.COUNTED_RECORDS.get(backlog)) {
                        Inside.ARRIVED.set(backlog, arrivals.emergencies());
                        Inside.SAFE.set(backlog, arrivals.emergencies());
                    } else {
                        backlog.refresh();
                    }
                }
                case EMPTYING_BEFORE_FREEING -> { // as behind a record of a third
                    Inside.IS_WHOLE.set(backlog, false);
                    backlog.refresh();
                }
                case READING_BEHIND_A_HOLE -> {
                    Inside.IS_WHOLE.set(backlog, true);
                    backlog.refresh();
                }
                default -> backlog.refresh();
            }
        }

        void takeAll() {
            look();
            for (InterruptionType type = backlog.first(true); type != null; type = backlog.first(true)) {
                backlog.remove(type, taken);
                order.append(type.name().charAt(0));
                look();
            }
        }

        void judge(L_Result r) {
            takeAll();
            r.r1 = order;
            giveBack();
        }

        final void giveBack() {
            backlog.clear();
            POOL.give(pooled);
        }

        /** How many were taken, by their letter. */
        final int count(char letter) {
            return (int) order.chars().filter(taken -> taken == letter).count();
        }

        final Cut cut() {
            return cut;
        }
    }

    /** The record of another injector's stop was claimed before and is published behind the others. */
    abstract static class Hole extends Sides {
        private final int stop;

        Hole(Cut cut) {
            super(cut);
            stop = queue.claim(InterruptionType.STOP, 0);
        }

        /** Looks more than once while the hole is there. */
        void takeAllAgainAndAgain() {
            for (int i = 0; i < 4; i++) {
                takeAll();
                linger();
            }
        }

        void restartSignalAndStop() {
            restart();
            linger();
            signal();
            linger();
            queue.commit(stop);
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(RestartFirst.class) @State
    public static class InOrder extends Sides {
        public InOrder() { super(Cut.NOTHING); }
        @Actor public void injector() { restart(); signal(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(RestartFirst.class) @State
    public static class WithoutCountBeforeRing extends Sides {
        public WithoutCountBeforeRing() { super(Cut.COUNT_BEFORE_RING); }
        @Actor public void injector() { restart(); signal(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** The read of the ring is left out where no record was counted: the count of signals is read before that of records. */
    @JCStressTest @JCStressMeta(RestartFirst.class) @State
    public static class WithoutSignalsBeforeRecords extends Sides {
        public WithoutSignalsBeforeRecords() { super(Cut.SIGNALS_BEFORE_RECORDS); }
        @Actor public void injector() { restart(); signal(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(SignalFirst.class) @State
    public static class InOrderSignalFirst extends Sides {
        public InOrderSignalFirst() { super(Cut.NOTHING); }
        @Actor public void injector() { signal(); restart(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(SignalFirst.class) @State
    public static class WithoutCountOfARecord extends Sides {
        public WithoutCountOfARecord() { super(Cut.COUNT_OF_A_RECORD); }
        @Actor public void injector() { signal(); restart(); }
        @Actor public void vcpu() { takeAll(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(StopFirst.class) @State
    public static class InOrderBehindAHole extends Hole {
        public InOrderBehindAHole() { super(Cut.NOTHING); }
        @Actor public void injectors() { restartSignalAndStop(); }
        @Actor public void vcpu() { takeAllAgainAndAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(StopFirst.class) @State
    public static class WithoutHoldingBehindAHole extends Hole {
        public WithoutHoldingBehindAHole() { super(Cut.HOLDING_BEHIND_A_HOLE); }
        @Actor public void injectors() { restartSignalAndStop(); }
        @Actor public void vcpu() { takeAllAgainAndAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(StopFirst.class) @State
    public static class WithoutReadingBehindAHole extends Hole {
        public WithoutReadingBehindAHole() { super(Cut.READING_BEHIND_A_HOLE); }
        @Actor public void injectors() { restartSignalAndStop(); }
        @Actor public void vcpu() { takeAllAgainAndAgain(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
