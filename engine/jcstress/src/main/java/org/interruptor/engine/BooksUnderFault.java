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
 * A delivery whose stores throw, as mapped storage that was cut short can, against injections: accepted is delivered, queued and
 * discarded.
 */
public final class BooksUnderFault {
    private BooksUnderFault() {}

    /** How it can end. */
    @Outcome(id = "adds up", expect = ACCEPTABLE, desc = "Nothing is lost to the books.")
    @Outcome(expect = FORBIDDEN, desc = "Accepted; delivered, queued, discarded.")
    public static class Books {}

    /** One vCPU whose lowcore has no bytes. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final long before = sum();
        private final boolean countsFaults;
        private int accepted;
        private int delivered;

        /** With books that count what a fault discards, or not. */
        Sides(boolean countsFaults) {
            this.countsFaults = countsFaults;
            inject();
            rig.vcpu.registers().lowcore().buffer().wrap(new byte[0]);
        }

        private long sum() {
            return rig.handle.discarded() + rig.machine.floatingDiscarded();
        }

        void inject() {
            said(rig.handle.injectRestart());
            said(rig.handle.injectEmergency());
            said(rig.machine.injectService(1));
        }

        private void said(InjectResult result) {
            accepted += result == InjectResult.ACCEPTED ? 1 : 0;
        }

        void deliver() {
            for (int i = 0; i < 2; i++) {
                try {
                    delivered += Math.max(0, rig.vcpu.deliverPending());
                } catch (IndexOutOfBoundsException cutShort) {
                    // As an InternalError of a mapped file would come.
                }
            }
        }

        void judge(L_Result r) {
            long queued = rig.handle.queued() + rig.machine.floatingQueued();
            long discarded = countsFaults ? sum() - before : 0;
            boolean adds = accepted == delivered + queued + discarded;
            r.r1 = adds ? "adds up" : accepted + "; " + delivered + ", " + queued + ", " + discarded;
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Books.class) @State
    public static class Inject extends Sides {
        public Inject() { super(true); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Books.class) @State
    public static class WithoutCountingWhatAFaultDiscards extends Sides {
        public WithoutCountingWhatAFaultDiscards() { super(false); }
        @Actor public void injector() { inject(); }
        @Actor public void vcpu() { deliver(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
