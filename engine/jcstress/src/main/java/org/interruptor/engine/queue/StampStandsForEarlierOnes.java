package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The stamp of a vCPU, which several write and its owner reads: what a pass does not find must leave attention set. One stamp
 * stands for all earlier ones, also for those of other threads.
 */
public final class StampStandsForEarlierOnes {
    private StampStandsForEarlierOnes() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The stamp is read behind the counts. */
        LOOKING_FIRST,
        /** The stamp is stored before the count is. */
        PUBLISHING_FIRST,
        /** All announcements have one value. */
        VALUES_OF_THEIR_OWN,
        /** The vCPU's own thread stores a stamp. */
        OWNER
    }

    /** How it can end. */
    @Outcome(id = "found", expect = ACCEPTABLE, desc = "The pass found both.")
    @Outcome(id = "attention", expect = ACCEPTABLE, desc = "Attention stays: another pass will.")
    @Outcome(expect = FORBIDDEN, desc = "Attention lost.")
    public static class Announced {}

    /** What comes to one vCPU: two announcements. */
    abstract static class Sides {
        private final Arrivals arrivals = new Arrivals();
        private final Cut cut;
        private long found;

        Sides(Cut cut) {
            this.cut = cut;
        }

        void emergency() {
            if (cut == Cut.PUBLISHING_FIRST) {
                Inside.WORD.setRelease(arrivals, 2L << 3 | 1);
                Inside.EMERGENCIES.getAndAdd(arrivals, 1L);
            } else if (cut == Cut.VALUES_OF_THEIR_OWN) {
                Inside.EMERGENCIES.getAndAdd(arrivals, 1L);
                Inside.WORD.setRelease(arrivals, 1L << 3 | 1);
            } else {
                arrivals.announceEmergency();
            }
        }

        void twoEmergencies() {
            emergency();
            emergency();
        }

        void record() {
            arrivals.announceRecord();
        }

        /** A pass. */
        void look() {
            if (cut == Cut.LOOKING_FIRST) {
                count();
                arrivals.look();
            } else {
                arrivals.look();
                count();
            }
            arrivals.seen(false);
        }

        private void count() {
            found = arrivals.emergencies() + arrivals.records();
        }

        /** Another thread's announcement, and then the vCPU is this thread's. */
        void emergencyAndLook() {
            emergency();
            VarHandle.fullFence(); // binding has one
            look();
        }

        /** The vCPU announces something to itself. */
        void ownEmergencyAndLook() {
            if (cut != Cut.OWNER) {
                arrivals.owner(Thread.currentThread().getId());
            }
            emergency();
            look();
        }

        void judge(L_Result r) {
            r.r1 = found == 2 ? "found" : arrivals.isAttention() ? "attention" : "lost";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class TwoOfOne extends Sides {
        public TwoOfOne() { super(Cut.NOTHING); }
        @Actor public void announcer() { twoEmergencies(); }
        @Actor public void owner() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class WithoutLookingFirst extends Sides {
        public WithoutLookingFirst() { super(Cut.LOOKING_FIRST); }
        @Actor public void announcer() { twoEmergencies(); }
        @Actor public void owner() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class WithoutPublishingFirst extends Sides {
        public WithoutPublishingFirst() { super(Cut.PUBLISHING_FIRST); }
        @Actor public void announcer() { twoEmergencies(); }
        @Actor public void owner() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class WithoutValuesOfTheirOwn extends Sides {
        public WithoutValuesOfTheirOwn() { super(Cut.VALUES_OF_THEIR_OWN); }
        @Actor public void announcer() { twoEmergencies(); }
        @Actor public void owner() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** Of two announcers: the later stamp stands for the earlier one. Needs three CPUs to show anything. */
    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class OneOfEachOfTwo extends Sides {
        public OneOfEachOfTwo() { super(Cut.NOTHING); }
        @Actor public void first() { emergency(); }
        @Actor public void second() { record(); }
        @Actor public void owner() { look(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class AnnouncerBindsTheVcpu extends Sides {
        public AnnouncerBindsTheVcpu() { super(Cut.NOTHING); }
        @Actor public void announcer() { record(); }
        @Actor public void announcerAndOwner() { emergencyAndLook(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class OwnAnnouncement extends Sides {
        public OwnAnnouncement() { super(Cut.NOTHING); }
        @Actor public void announcer() { record(); }
        @Actor public void owner() { ownEmergencyAndLook(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** The own stamp is read back from the store buffer, and reaches memory behind that of the other. */
    @JCStressTest @JCStressMeta(Announced.class) @State
    public static class WithoutOwnerOfTheStamp extends Sides {
        public WithoutOwnerOfTheStamp() { super(Cut.OWNER); }
        @Actor public void announcer() { record(); }
        @Actor public void owner() { ownEmergencyAndLook(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
