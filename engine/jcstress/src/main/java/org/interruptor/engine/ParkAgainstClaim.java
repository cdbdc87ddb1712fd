package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.Lowcore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * From spinning to parked, against a claim: who claims a wait that spins wakes nobody, so its thread must not park behind the
 * claim.
 */
public final class ParkAgainstClaim {
    private ParkAgainstClaim() {}

    /** A wait that spins. */
    public abstract static class Base {
        final WaitWord word = new WaitWord();
        boolean parked;
        int claimed;

        Base() {
            word.open(Rig.FLOATING);
        }

        void judge(L_Result r) {
            int state = word.state();
            if (claimed == WaitWord.RUNNING) {
                r.r1 = "not claimed";
            } else if (claimed == WaitWord.PARKED) {
                r.r1 = parked && state == WaitWord.NOTIFIED ? "woken" : "woken in vain";
            } else {
                r.r1 = parked || state != WaitWord.NOTIFIED ? "sleeps on" : "not parked";
            }
        }
    }

    @JCStressTest
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed as parked: the claimer wakes it.")
    @Outcome(id = "not parked", expect = ACCEPTABLE, desc = "Claimed as spinning: it sees that.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on behind the claim.")
    @State
    public static class Word extends Base {
        @Actor
        public void claim() {
            claimed = word.claim(Rig.FLOATING);
        }

        @Actor
        public void park() {
            parked = word.park(Rig.FLOATING);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The owner looks, and parks by a store. */
    @JCStressTest
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed as parked: the claimer wakes it.")
    @Outcome(id = "not parked", expect = ACCEPTABLE, desc = "Claimed as spinning: it sees that.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on behind the claim.")
    @State
    public static class WithoutCompareAndSetOfTheOwner extends Base {
        @Actor
        public void claim() {
            claimed = word.claim(Rig.FLOATING);
        }

        @Actor
        public void park() {
            parked = word.state() == WaitWord.SPINNING;
            if (parked) {
                Inside.WORD.setVolatile(word, WaitWord.PARKED | Rig.FLOATING);
            }
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The claimer looks, and claims by a store. */
    @JCStressTest
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "Claimed as parked: the claimer wakes it.")
    @Outcome(id = "not parked", expect = ACCEPTABLE, desc = "Claimed as spinning: it sees that.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on behind the claim.")
    @State
    public static class WithoutCompareAndSetOfTheClaimer extends Base {
        @Actor
        public void claim() {
            claimed = word.state();
            Inside.WORD.setVolatile(word, (long) WaitWord.NOTIFIED);
        }

        @Actor
        public void park() {
            parked = word.park(Rig.FLOATING);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /**
     * A thread in {@link Vcpu#enterWait}, parked for a deadline that is far away: whoever sleeps on comes out by it, so that the
     * test ends.
     */
    @JCStressTest
    @Outcome(id = "READY", expect = ACCEPTABLE, desc = "Found, claimed while awake, or woken.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps to the deadline.")
    @State
    public static class ThreadParked {
        private static final TodClock CLOCK = TodClock.system();
        private static final long DEADLINE = TodClock.fromNanos(TimeUnit.SECONDS.toNanos(20));
        private static final Deque<Machine> POOL = new ArrayDeque<>();

        private final Machine machine;
        private final Vcpu vcpu;
        private WaitOutcome outcome;
        private boolean isLate;

        public ThreadParked() {
            synchronized (POOL) {
                machine = POOL.isEmpty() ? Rig.newMachine(CLOCK) : POOL.poll();
            }
            vcpu = machine.vcpu(0);
            vcpu.registers().prefix(Lowcore.LENGTH);
            Rig.open(vcpu, Rig.COMPARATOR | Rig.FLOATING);
        }

        @Actor
        public void inject() {
            machine.injectService(1);
        }

        @Actor
        public void sleep() {
            long due = CLOCK.tod() + DEADLINE;
            vcpu.registers().clockComparator(due);
            outcome = vcpu.enterWait();
            isLate = CLOCK.tod() >= due;
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = isLate ? "sleeps on" : outcome;
            Rig.open(vcpu, Rig.FLOATING);
            vcpu.deliverPending();
            synchronized (POOL) {
                POOL.add(machine);
            }
        }
    }
}
