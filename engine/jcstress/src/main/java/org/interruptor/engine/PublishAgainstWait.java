package org.interruptor.engine;

import static org.agrona.concurrent.ringbuffer.RecordDescriptor.HEADER_LENGTH;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Publish against going to wait, for all that can end a wait. Publishing, or the announcement, and a full fence stand before
 * the look at the wait word; opening the wait and a full fence before the look at what is published.
 */
public final class PublishAgainstWait {
    private PublishAgainstWait() {}

    /** One vCPU goes to wait while something comes. */
    public abstract static class Base {
        final Rig rig = Rig.take();
        WaitOutcome outcome;

        void waits() {
            outcome = rig.beginWait();
        }

        /** Whether the vCPU sleeps on is asked when all is over. */
        void judge(L_Result r) {
            r.r1 = outcome != WaitOutcome.WAITING ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Floating extends Base {
        @Actor
        public void inject() {
            rig.machine.injectService(1);
        }

        @Actor
        public void goToWait() {
            waits();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Record extends Base {
        @Actor
        public void inject() {
            rig.vcpu.injectRestart();
        }

        @Actor
        public void goToWait() {
            waits();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Emergency extends Base {
        @Actor
        public void inject() {
            rig.vcpu.injectEmergency();
        }

        @Actor
        public void goToWait() {
            waits();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Kick extends Base {
        @Actor
        public void kick() {
            rig.vcpu.kick();
        }

        @Actor
        public void goToWait() {
            waits();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(id = "waits as one that operates", expect = ACCEPTABLE, desc = "Was started before.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class Start extends Base {
        public Start() {
            rig.vcpu.stop();
        }

        @Actor
        public void start() {
            rig.vcpu.start();
        }

        @Actor
        public void goToWait() {
            waits();
        }

        @Arbiter
        public void end(L_Result r) {
            boolean begunOperating = ((long) Inside.WORD.getVolatile(rig.vcpu.waitWord()) & Rig.FLOATING) != 0;
            judge(r);
            if (begunOperating) {
                r.r1 = "waits as one that operates";
            }
        }
    }

    /**
     * The two sides with nothing around them, so that they meet more often. Here they are complete; below, one ingredient is
     * left out.
     */
    public abstract static class Bare {
        final WaitWord word = new WaitWord();
        boolean seen;
        boolean claimed;

        void judge(L_Result r) {
            r.r1 = seen ? "seen" : claimed ? "woken" : "sleeps on";
        }
    }

    /** A floating queue and a wait word. */
    public abstract static class BareFloating extends Bare {
        final FloatingQueue queue = new FloatingQueue(2);
    }

    /** What comes to a vCPU and its wait word. */
    public abstract static class BareArrivals extends Bare {
        final Arrivals arrivals = new Arrivals();
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class BareFloatingComplete extends BareFloating {
        @Actor
        public void inject() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            claimed = word.claim(Rig.FLOATING) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(Rig.FLOATING);
            seen = queue.head() != FloatingQueue.NONE;
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutFenceOfTheInjector extends BareFloating {
        @Actor
        public void inject() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            claimed = word.claim(Rig.FLOATING) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(Rig.FLOATING);
            seen = queue.head() != FloatingQueue.NONE;
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutFenceOfTheVcpu extends BareFloating {
        @Actor
        public void inject() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            claimed = word.claim(Rig.FLOATING) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            Inside.WORD.setRelease(word, WaitWord.SPINNING | Rig.FLOATING);
            seen = queue.head() != FloatingQueue.NONE;
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutLookAfterOpening extends BareFloating {
        @Actor
        public void inject() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 1, 0);
            VarHandle.fullFence();
            claimed = word.claim(Rig.FLOATING) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            seen = queue.head() != FloatingQueue.NONE;
            word.open(Rig.FLOATING);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class BareKickComplete extends BareArrivals {
        @Actor
        public void kick() {
            arrivals.announceKick();
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = arrivals.takeKick();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutReadModifyWriteOfTheKick extends BareArrivals {
        @Actor
        public void kick() {
            ArrivedWords.KICKS.setRelease(arrivals, 1L);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = arrivals.takeKick();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutReadModifyWriteOfTheEmergency extends BareArrivals {
        @Actor
        public void inject() {
            ArrivedWords.EMERGENCIES.setRelease(arrivals, 1L);
            claimed = word.claim(Rig.EMERGENCY) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(Rig.EMERGENCY);
            seen = arrivals.lookLocal() != 0;
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A local queue, used again, with a record that is claimed, and a wait word. */
    public abstract static class BareRecord extends Bare {
        private static final Deque<BareRecordQueue> POOL = new ArrayDeque<>();

        final BareRecordQueue pooled;
        final LocalQueue queue;
        final int index;

        BareRecord() {
            synchronized (POOL) {
                pooled = POOL.isEmpty() ? new BareRecordQueue() : POOL.poll();
            }
            queue = pooled.queue;
            queue.reserve();
            index = queue.claim(InterruptionType.RESTART);
        }

        /** Whether the record is published. */
        boolean look() {
            pooled.arrivals.lookLocal();
            return Inside.localRing(queue).buffer().getIntVolatile(index - HEADER_LENGTH) > 0;
        }

        @Override
        void judge(L_Result r) {
            super.judge(r);
            pooled.backlog.clear();
            synchronized (POOL) {
                POOL.add(pooled);
            }
        }
    }

    private static final class BareRecordQueue {
        final Arrivals arrivals = new Arrivals();
        final LocalQueue queue = new LocalQueue(2, arrivals);
        final LocalBacklog backlog = new LocalBacklog(queue, arrivals, discarded -> {});
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class BareRecordComplete extends BareRecord {
        @Actor
        public void inject() {
            queue.commit(index, 0);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutReadModifyWriteOfTheRecord extends BareRecord {
        @Actor
        public void inject() {
            // As LocalQueue.commit, but that the announcement is a release store.
            Inside.localRing(queue).commit(index);
            ArrivedWords.RECORDS.setRelease(pooled.arrivals, (long) ArrivedWords.RECORDS.get(pooled.arrivals) + 1);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = look();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutKickingBeforeTheClaim extends BareArrivals {
        @Actor
        public void kick() {
            claimed = word.claim(0) != WaitWord.RUNNING;
            arrivals.announceKick();
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = arrivals.takeKick();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A stopped vCPU in the wait, of which the start is seen in the set of those that operate. */
    public abstract static class BareStart extends Bare {
        final VcpuSet operating = new VcpuSet(1);
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class BareStartComplete extends BareStart {
        @Actor
        public void start() {
            operating.add(0);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = operating.contains(0);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    @State
    public static class WithoutReadModifyWriteOfTheStart extends BareStart {
        @Actor
        public void start() {
            Inside.words(operating).setRelease(0, 1);
            claimed = word.claim(0) != WaitWord.RUNNING;
        }

        @Actor
        public void goToWait() {
            word.open(0);
            seen = operating.contains(0);
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
