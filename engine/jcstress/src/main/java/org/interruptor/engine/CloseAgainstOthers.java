package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayDeque;
import java.util.Deque;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.wake.WaitWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Closing a machine against an injection and against a vCPU that goes to wait. For a delivery see {@link FlagClearedAgainstSet}. */
public final class CloseAgainstOthers {
    private CloseAgainstOthers() {}

    /** What was accepted is delivered or counted as discarded; what was refused has left nothing. */
    public abstract static class Sum {
        final Rig rig = Rig.take();
        int delivered;
        private final long before = rig.machine.floatingAccepted() + rig.vcpu.accepted();
        private int said;

        void said(InjectResult result) {
            said += result == InjectResult.ACCEPTED ? 1 : 0;
        }

        void judge(L_Result r) {
            long accepted = rig.machine.floatingAccepted() + rig.vcpu.accepted() - before;
            long ended = delivered + rig.machine.floatingDiscarded() + rig.vcpu.discarded();
            r.r1 = accepted == said && accepted == ended ? "adds up" : said + ", " + accepted + ", " + ended;
        }
    }

    @JCStressTest
    @Outcome(id = "adds up", expect = ACCEPTABLE, desc = "Each is refused, or accepted and discarded.")
    @Outcome(expect = FORBIDDEN, desc = "Said accepted, counted, ended.")
    @State
    public static class Inject extends Sum {
        @Actor
        public void close() {
            rig.machine.close();
        }

        @Actor
        public void inject() {
            said(rig.vcpu.injectRestart());
            said(rig.machine.injectService(1));
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "adds up", expect = ACCEPTABLE, desc = "Each is delivered or discarded.")
    @Outcome(expect = FORBIDDEN, desc = "Said accepted, counted, ended.")
    @State
    public static class Deliver extends Sum {
        public Deliver() {
            said(rig.vcpu.injectRestart());
            said(rig.machine.injectService(1));
        }

        @Actor
        public void close() {
            rig.machine.close();
        }

        @Actor
        public void deliver() {
            delivered = rig.vcpu.deliverPending();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(
            id = {"CLOSED", "woken"},
            expect = ACCEPTABLE,
            desc = "Comes out.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on for good.")
    @State
    public static class Wait {
        private final Rig rig = Rig.take();
        private WaitOutcome outcome;

        @Actor
        public void close() {
            rig.machine.close();
        }

        @Actor
        public void goToWait() {
            outcome = rig.beginWait();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = outcome == WaitOutcome.WAITING && rig.isWoken() ? "woken" : outcome;
        }
    }

    /** Closed by a release store without a fence; the two sides with nothing around them. */
    @JCStressTest
    @Outcome(
            id = {"seen", "woken"},
            expect = ACCEPTABLE,
            desc = "Comes out.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps on for good.")
    @State
    public static class WithoutFenceOfTheCloser {
        private static final Deque<Machine> POOL = new ArrayDeque<>();

        private final Machine machine;
        private final WaitWord word = new WaitWord();
        private boolean seen;
        private boolean claimed;

        public WithoutFenceOfTheCloser() {
            synchronized (POOL) {
                machine = POOL.isEmpty() ? Rig.newMachine() : POOL.poll();
            }
        }

        @Actor
        public void close() {
            Inside.MACHINE_CLOSED.setRelease(machine, true);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = machine.isClosed();
        }

        @Arbiter
        public void end(L_Result r) {
            r.r1 = seen ? "seen" : claimed ? "woken" : "sleeps on";
            Inside.MACHINE_CLOSED.setVolatile(machine, false);
            synchronized (POOL) {
                POOL.add(machine);
            }
        }
    }

    /** What is discarded is counted once, by the one who closes. */
    @JCStressTest
    @Outcome(
            id = {"CLOSED", "ACCEPTED"},
            expect = ACCEPTABLE)
    @Outcome(expect = FORBIDDEN, desc = "The counts do not add up.")
    @State
    public static class WithoutCountingWhatComesLate {
        private final Rig rig = Rig.take();
        private InjectResult floating;
        private long discarded;

        @Actor
        public void close() {
            rig.machine.close();
            discarded = rig.machine.floatingDiscarded();
        }

        @Actor
        public void inject() {
            floating = rig.machine.injectService(1);
        }

        @Arbiter
        public void end(L_Result r) {
            boolean adds = discarded == (floating == InjectResult.ACCEPTED ? 1 : 0);
            r.r1 = adds ? floating : "accepted, not counted";
        }
    }
}
