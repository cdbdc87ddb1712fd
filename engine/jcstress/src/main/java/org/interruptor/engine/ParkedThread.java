package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.Lowcore;
import org.interruptor.stress.Pool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread in {@link Vcpu#enterWait}, parked for a deadline that is far away: one that sleeps on comes out by it, so that the
 * test ends. For the word alone see {@link org.interruptor.engine.wake.ParkAgainstClaim}.
 */
public final class ParkedThread {
    private ParkedThread() {}

    /** How it can end. */
    @Outcome(id = "READY", expect = ACCEPTABLE, desc = "Found, claimed while awake, or woken.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps to the deadline.")
    public static class Woken {}

    /** A machine by the system's clock. */
    abstract static class Sides {
        private static final TodClock CLOCK = TodClock.system();
        private static final long DEADLINE = TodClock.fromNanos(TimeUnit.SECONDS.toNanos(20));
        private static final Pool<Machine> POOL = new Pool<>(() -> Rig.newMachine(CLOCK));

        private final Machine machine = POOL.take();
        private final Vcpu vcpu = machine.vcpu(0).owner();
        private WaitOutcome outcome;
        private boolean isLate;

        Sides() {
            vcpu.registers().prefix(Lowcore.LENGTH);
            Rig.open(vcpu, Rig.COMPARATOR | Rig.FLOATING);
        }

        void inject() {
            machine.injectService(1);
        }

        void sleep() {
            long due = CLOCK.tod() + DEADLINE;
            vcpu.registers().clockComparator(due);
            outcome = vcpu.enterWait();
            isLate = CLOCK.tod() >= due;
        }

        void judge(L_Result r) {
            r.r1 = isLate ? "sleeps on" : outcome;
            Rig.open(vcpu, Rig.FLOATING);
            vcpu.deliverPending();
            POOL.give(machine);
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Inject extends Sides {
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { sleep(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
