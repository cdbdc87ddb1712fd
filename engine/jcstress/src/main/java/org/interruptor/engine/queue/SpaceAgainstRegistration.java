package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A device that found a queue full registers, while the vCPU takes the last entry: it is called once, or told that there is space. */
public final class SpaceAgainstRegistration {
    private SpaceAgainstRegistration() {}

    /** How it can end. */
    @Outcome(id = "called", expect = ACCEPTABLE, desc = "The device waits, and is called once.")
    @Outcome(id = "space", expect = ACCEPTABLE, desc = "The device does not wait, and is not called.")
    @Outcome(expect = FORBIDDEN, desc = "The device waits for ever, or is called although it does not wait.")
    public static class Registered {}

    /** A queue with one place, which is taken. */
    abstract static class Sides {
        private final SpaceWaiters waiters = new SpaceWaiters();
        private final AtomicInteger queued = new AtomicInteger(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final boolean isLooking;
        private boolean isRegistered;

        /** With the look behind the registration, or without it. */
        Sides(boolean isLooking) {
            this.isLooking = isLooking;
        }

        void register() {
            isRegistered = waiters.register(calls::incrementAndGet, () -> isLooking && queued.get() == 0);
        }

        void takeOne() {
            queued.decrementAndGet();
            if (waiters.isAny()) {
                waiters.callAll(Runnable::run);
            }
        }

        void judge(L_Result r) {
            int count = calls.get();
            if (isRegistered) {
                r.r1 = count == 1 ? "called" : "waits, called " + count;
            } else {
                r.r1 = count == 0 ? "space" : "does not wait, called " + count;
            }
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Registered.class) @State
    public static class Looking extends Sides {
        public Looking() { super(true); }
        @Actor public void device() { register(); }
        @Actor public void vcpu() { takeOne(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Registered.class) @State
    public static class WithoutLook extends Sides {
        public WithoutLook() { super(false); }
        @Actor public void device() { register(); }
        @Actor public void vcpu() { takeOne(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
