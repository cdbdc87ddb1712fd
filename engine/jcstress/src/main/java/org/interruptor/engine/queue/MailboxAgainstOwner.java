package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The mailbox: posted by others, harvested by a pass; kicks stay there until they are taken. */
public final class MailboxAgainstOwner {
    private MailboxAgainstOwner() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** A post is a load and a store. */
        CAS_OF_THE_POST,
        /** A harvest is a load and a store. */
        CAS_OF_THE_HARVEST,
        /** The owner looks at what was announced, and harvests behind it. */
        HARVEST_BEFORE_LOOK,
        /** All posts have the same stamp. */
        EPOCH,
        /** Taking a kick sets what was seen to the stamp. */
        SEEN_OF_THE_PASS
    }

    /** How it can end. */
    @Outcome(id = "found", expect = ACCEPTABLE, desc = "Taken out and found.")
    @Outcome(id = "still there", expect = ACCEPTABLE, desc = "Left there, with attention.")
    @Outcome(expect = FORBIDDEN, desc = "Lost.")
    public static class Found {}

    /** The mailbox of a vCPU that is stopped; what a start publishes is that it operates. */
    abstract static class Sides {
        final Arrivals arrivals = new Arrivals();
        private final Mailbox mailbox = arrivals.mailbox();
        private final CpuState state = new CpuState(false);
        private final Cut cut;
        private boolean found;
        private boolean hasEmergency;

        Sides(Cut cut) {
            this.cut = cut;
        }

        // Others.

        void start() {
            state.start();
            post(Mailbox.START);
        }

        void kick() {
            post(Mailbox.KICK);
        }

        void kickTwice() {
            kick();
            kick();
        }

        void emergency() {
            arrivals.announceEmergency();
        }

        private void post(int bit) {
            switch (cut) {
                case CAS_OF_THE_POST -> {
                    long word = (long) Inside.WORD.getVolatile(mailbox);
                    Inside.WORD.setVolatile(mailbox, (word | bit) + (1L << 16));
                }
                case EPOCH -> {
                    mailbox.post(bit);
                    Inside.WORD.setRelease(arrivals, 1L << 3 | 5);
                }
                default -> arrivals.post(bit);
            }
        }

        // The vCPU's own thread.

        /** A pass finds out whether the vCPU operates. */
        void lookForStart() {
            arrivals.look();
            if (cut == Cut.HARVEST_BEFORE_LOOK) {
                found = state.isOperating();
                arrivals.lookAtMailbox();
            } else {
                harvest();
                found = state.isOperating();
            }
            arrivals.seen(false);
        }

        private void harvest() {
            if (cut == Cut.CAS_OF_THE_HARVEST) {
                long word = (long) Inside.WORD.getVolatile(mailbox);
                Inside.WORD.setVolatile(mailbox, word & ~(long) Mailbox.START);
            } else {
                arrivals.lookAtMailbox();
            }
        }

        /** A pass, which looks for an emergency signal; then the kick is taken. */
        void lookAndTakeKick() {
            arrivals.look();
            arrivals.lookAtMailbox();
            hasEmergency = arrivals.emergencies() != 0;
            arrivals.seen(false);
            found = arrivals.takeKick();
            if (cut == Cut.SEEN_OF_THE_PASS) {
                Inside.SEEN.setOpaque(arrivals, (long) Inside.WORD.getAcquire(arrivals));
            }
        }

        // The end.

        void judgeStart(L_Result r) {
            r.r1 = found ? "found" : isLeft(Mailbox.START) ? "still there" : "lost";
        }

        void judgeKick(L_Result r) {
            r.r1 = isLeft(Mailbox.KICK) ? "still there" : !mailbox.has(Mailbox.KICK) && found ? "found" : "lost";
        }

        void judgeEmergency(L_Result r) {
            r.r1 = hasEmergency ? "found" : arrivals.isAttention() ? "still there" : "lost";
        }

        /** Both bits were posted; nobody has taken them. */
        void judgeBoth(L_Result r) {
            r.r1 = isLeft(Mailbox.KICK) && isLeft(Mailbox.START) ? "still there" : "lost";
        }

        private boolean isLeft(int bit) {
            return mailbox.has(bit) && (cut == Cut.CAS_OF_THE_POST || arrivals.isAttention());
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Found.class) @State
    public static class TwoPosts extends Sides {
        public TwoPosts() { super(Cut.NOTHING); }
        @Actor public void first() { kick(); }
        @Actor public void second() { start(); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class WithoutCompareAndSetOfThePost extends Sides {
        public WithoutCompareAndSetOfThePost() { super(Cut.CAS_OF_THE_POST); }
        @Actor public void first() { kick(); }
        @Actor public void second() { start(); }
        @Arbiter public void end(L_Result r) { judgeBoth(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class PostAgainstHarvest extends Sides {
        public PostAgainstHarvest() { super(Cut.NOTHING); emergency(); } // so that the pass harvests
        @Actor public void starter() { start(); }
        @Actor public void owner() { lookForStart(); }
        @Arbiter public void end(L_Result r) { judgeStart(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class WithoutHarvestBeforeLook extends Sides {
        public WithoutHarvestBeforeLook() { super(Cut.HARVEST_BEFORE_LOOK); emergency(); }
        @Actor public void starter() { start(); }
        @Actor public void owner() { lookForStart(); }
        @Arbiter public void end(L_Result r) { judgeStart(r); }
    }

    /** A start is there; a kick comes. */
    @JCStressTest @JCStressMeta(Found.class) @State
    public static class KickAgainstHarvest extends Sides {
        public KickAgainstHarvest() { super(Cut.NOTHING); start(); }
        @Actor public void kicker() { kick(); }
        @Actor public void owner() { lookForStart(); }
        @Arbiter public void end(L_Result r) { judgeKick(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class WithoutCompareAndSetOfTheHarvest extends Sides {
        public WithoutCompareAndSetOfTheHarvest() { super(Cut.CAS_OF_THE_HARVEST); start(); }
        @Actor public void kicker() { kick(); }
        @Actor public void owner() { lookForStart(); }
        @Arbiter public void end(L_Result r) { judgeKick(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class KickAgainstTake extends Sides {
        public KickAgainstTake() { super(Cut.NOTHING); }
        @Actor public void kicker() { kickTwice(); }
        @Actor public void owner() { lookAndTakeKick(); }
        @Arbiter public void end(L_Result r) { judgeKick(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class WithoutEpoch extends Sides {
        public WithoutEpoch() { super(Cut.EPOCH); }
        @Actor public void kicker() { kickTwice(); }
        @Actor public void owner() { lookAndTakeKick(); }
        @Arbiter public void end(L_Result r) { judgeKick(r); }
    }

    /** A kick is there; an emergency signal comes while it is taken. */
    @JCStressTest @JCStressMeta(Found.class) @State
    public static class EmergencyAgainstTake extends Sides {
        public EmergencyAgainstTake() { super(Cut.NOTHING); kick(); }
        @Actor public void injector() { emergency(); }
        @Actor public void owner() { lookAndTakeKick(); }
        @Arbiter public void end(L_Result r) { judgeEmergency(r); }
    }

    @JCStressTest @JCStressMeta(Found.class) @State
    public static class WithoutSeenOfThePass extends Sides {
        public WithoutSeenOfThePass() { super(Cut.SEEN_OF_THE_PASS); kick(); }
        @Actor public void injector() { emergency(); }
        @Actor public void owner() { lookAndTakeKick(); }
        @Arbiter public void end(L_Result r) { judgeEmergency(r); }
    }
    // spotless:on
}
