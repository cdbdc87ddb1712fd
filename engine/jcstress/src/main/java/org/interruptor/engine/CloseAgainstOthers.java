package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.InjectResult;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The books of a machine that is closed against an injection or a delivery. For a vCPU that goes to wait see {@link
 * PublishAgainstWait}, for attention {@link AttentionSeenAgainstAnnounced}.
 */
public final class CloseAgainstOthers {
    private CloseAgainstOthers() {}

    /** How it can end. */
    @Outcome(id = "adds up", expect = ACCEPTABLE, desc = "Each is refused, delivered, or accepted and discarded.")
    @Outcome(expect = FORBIDDEN, desc = "Said accepted, counted, ended.")
    public static class Books {}

    /** What was accepted is delivered or counted as discarded; what was refused has left nothing. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final long before = rig.machine.floatingAccepted() + rig.handle.accepted();
        private final long discardedBefore = discarded();
        private int delivered;
        private int said;
        private long discarded;

        void inject() {
            said(rig.handle.injectRestart());
            said(rig.machine.injectService(1));
        }

        private void said(InjectResult result) {
            said += result == InjectResult.ACCEPTED ? 1 : 0;
        }

        void close() {
            rig.machine.close();
            discarded = discarded();
        }

        void deliver() {
            delivered = Math.max(0, rig.vcpu.deliverPending());
        }

        private long discarded() {
            return rig.machine.floatingDiscarded() + rig.handle.discarded();
        }

        void judge(L_Result r) {
            judge(r, discarded());
        }

        /** What is discarded is counted once, by the one who closes. */
        void judgeOnce(L_Result r) {
            judge(r, discarded);
        }

        private void judge(L_Result r, long gone) {
            long accepted = rig.machine.floatingAccepted() + rig.handle.accepted() - before;
            long ended = delivered + gone - discardedBefore;
            r.r1 = accepted == said && accepted == ended ? "adds up" : said + ", " + accepted + ", " + ended;
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Books.class) @State
    public static class Inject extends Sides {
        @Actor public void closer() { close(); }
        @Actor public void injector() { inject(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Books.class) @State
    public static class Deliver extends Sides {
        public Deliver() { inject(); }
        @Actor public void closer() { close(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Books.class) @State
    public static class WithoutCountingWhatComesLate extends Sides {
        @Actor public void closer() { close(); }
        @Actor public void injector() { inject(); }
        @Arbiter public void end(L_Result r) { judgeOnce(r); }
    }
    // spotless:on
}
