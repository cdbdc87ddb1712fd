package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.observe.CountersLayout;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.TakenInterruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Counters, and what is derived from them, read while they change. */
public final class CountersReadAgainstWritten {
    private CountersReadAgainstWritten() {}

    private static final int UNKNOWN_TYPE = 1;

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost.")
    @State
    public static class RefusedTwice {
        private final Rig rig = Rig.take();
        private final long before = rig.vcpu.counter(Counter.REFUSED);

        @Actor
        public void first() {
            rig.vcpu.inject(UNKNOWN_TYPE, 0);
        }

        @Actor
        public void second() {
            rig.vcpu.inject(UNKNOWN_TYPE, 0);
        }

        @Arbiter
        public void end(J_Result r) {
            r.r1 = rig.vcpu.counter(Counter.REFUSED) - before;
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost.")
    @State
    public static class WithoutReadModifyWrite {
        private final Rig rig = Rig.take();
        private final long before = rig.vcpu.counter(Counter.REFUSED);

        @Actor
        public void first() {
            rig.machine.counters().increment(0, Counter.REFUSED);
        }

        @Actor
        public void second() {
            rig.machine.counters().increment(0, Counter.REFUSED);
        }

        @Arbiter
        public void end(J_Result r) {
            r.r1 = rig.vcpu.counter(Counter.REFUSED) - before;
            rig.giveBack();
        }
    }

    /** Three times one emergency signal comes and is taken, while somebody asks how many are queued. */
    public abstract static class Queued {
        final Rig rig = Rig.take();
        long queued;

        void comeAndGo() {
            for (int i = 0; i < 3; i++) {
                rig.vcpu.injectEmergency();
                rig.vcpu.deliverPending();
            }
        }

        /** Those that come while it is being asked may be counted, too. */
        void judge(L_Result r) {
            r.r1 = queued >= 0 && queued <= 3 ? "0 to 3" : queued;
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "0 to 3", expect = ACCEPTABLE, desc = "A number that can be.")
    @Outcome(expect = FORBIDDEN, desc = "Fewer than none.")
    @State
    public static class QueuedWhileDelivered extends Queued {
        @Actor
        public void deliver() {
            comeAndGo();
        }

        @Actor
        public void ask() {
            queued = rig.vcpu.queued();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "0 to 3", expect = ACCEPTABLE, desc = "A number that can be.")
    @Outcome(expect = FORBIDDEN, desc = "Fewer than none.")
    @State
    public static class WithoutReadingWhatIsGoneFirst extends Queued {
        @Actor
        public void deliver() {
            comeAndGo();
        }

        @Actor
        public void ask() {
            LocalQueue queue = rig.vcpu.queue();
            long arrived = rig.vcpu.arrivals().emergencies();
            queued = arrived - queue.emergenciesGone();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A list of what is queued, by its parameters. */
    public abstract static class Listed {
        private static final int LISTS = 32;

        final FloatingQueue queue = new FloatingQueue(8);
        volatile boolean begun;
        private List<Integer> list;

        List<Integer> list() {
            return queue.snapshot().stream().map(QueuedInterruption::parameter).toList();
        }

        /** Lists again and again, to the first list that is not as it must be. */
        void listAll() {
            for (int i = 0; i < LISTS && (list == null || isGood(list)); i++) {
                list = list();
                begun = true;
            }
        }

        abstract boolean isGood(List<Integer> list);

        void judge(L_Result r) {
            r.r1 = isGood(list) ? "good" : "bad";
        }
    }

    /** The slot in front is published and taken: the one behind it stays in the list. */
    public abstract static class Behind extends Listed {
        private final long front = queue.claim();

        Behind() {
            queue.offer(InterruptionType.SERVICE_SIGNAL, 2, 0);
        }

        void publishAndTake() {
            for (int i = 0; i < 100 && !begun; i++) {
                Thread.onSpinWait(); // or it is over before the other lists
            }
            queue.publish(front, InterruptionType.SERVICE_SIGNAL, 1, 0);
            queue.take(queue.head(), new TakenInterruption());
        }

        @Override
        boolean isGood(List<Integer> list) {
            return list.equals(List.of(2)) || list.equals(List.of(1, 2));
        }
    }

    @JCStressTest
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "What was queued all the time is in it.")
    @Outcome(expect = FORBIDDEN, desc = "Something is missing, or not filled yet.")
    @State
    public static class ListedWhileTaken extends Behind {
        @Actor
        public void go() {
            publishAndTake();
        }

        @Actor
        public void ask() {
            listAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Those that are not published are left out before those that are gone are cut off. */
    @JCStressTest
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "What was queued all the time is in it.")
    @Outcome(expect = FORBIDDEN, desc = "Something is missing, or not filled yet.")
    @State
    public static class WithoutPlacesOfTheUnpublished extends Behind {
        @Override
        List<Integer> list() {
            return parameters(queue, false, true);
        }

        @Actor
        public void go() {
            publishAndTake();
        }

        @Actor
        public void ask() {
            listAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A full ring, of which each slot is taken and filled anew; the parameter of each is its sequence number. */
    public abstract static class FilledAnew extends Listed {
        private static final int ROUNDS = 32;

        private final TakenInterruption taken = new TakenInterruption();

        FilledAnew() {
            for (int sequence = 0; sequence < queue.capacity(); sequence++) {
                queue.offer(InterruptionType.SERVICE_SIGNAL, sequence, 0);
            }
        }

        void takeAndFillAnew() {
            for (int i = 0; i < ROUNDS; i++) {
                queue.take(queue.head(), taken);
                queue.offer(InterruptionType.SERVICE_SIGNAL, i + queue.capacity(), 0);
            }
        }

        @Override
        boolean isGood(List<Integer> list) {
            for (int i = 1; i < list.size(); i++) {
                if (list.get(i) != list.get(i - 1) + 1) {
                    return false;
                }
            }
            return true;
        }
    }

    @JCStressTest
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "One behind the other, as they were queued.")
    @Outcome(expect = FORBIDDEN, desc = "A gap, or the parameter of another.")
    @State
    public static class ListedWhileFilledAnew extends FilledAnew {
        @Actor
        public void go() {
            takeAndFillAnew();
        }

        @Actor
        public void ask() {
            listAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** What was taken under the eyes of the reader stays in the list. */
    @JCStressTest
    @Outcome(id = "good", expect = ACCEPTABLE, desc = "One behind the other, as they were queued.")
    @Outcome(expect = FORBIDDEN, desc = "A gap, or the parameter of another.")
    @State
    public static class WithoutReadingClaimedAgain extends FilledAnew {
        @Override
        List<Integer> list() {
            return parameters(queue, true, false);
        }

        @Actor
        public void go() {
            takeAndFillAnew();
        }

        @Actor
        public void ask() {
            listAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** As {@link FloatingQueue#snapshot}, but for what is left out. Its fence is needed only where reads pass reads. */
    private static List<Integer> parameters(FloatingQueue queue, boolean keepsPlaces, boolean cutsOff) {
        List<Integer> list = new ArrayList<>();
        long first = Inside.claimed(queue).get() + 1;
        long last = Math.min(Inside.ring(queue).getCursor(), first + queue.capacity() - 1);
        for (long sequence = first; sequence <= last; sequence++) {
            if (Inside.ring(queue).isAvailable(sequence)) {
                list.add(Inside.parameter(queue, sequence));
            } else if (keepsPlaces) {
                list.add(null);
            }
        }
        VarHandle.acquireFence();
        int gone = cutsOff ? (int) Math.min(Inside.claimed(queue).get() + 1 - first, list.size()) : 0;
        return list.subList(gone, list.size()).stream().filter(Objects::nonNull).toList();
    }

    /**
     * Samples are written, each with one value in the first gauge and the last. The fences beside the marks are for machines
     * weaker than x86, where nothing fails without them.
     */
    public abstract static class Sample {
        private static final int SAMPLES = 16;
        private static final CountersLayout LAYOUT = new CountersLayout(1);

        final AtomicBuffer values = new UnsafeBuffer(new byte[Counters.length(LAYOUT)]);
        final Counters counters = new Counters(LAYOUT, values);
        private long first;
        private long last;

        void write() {
            for (int i = 1; i <= SAMPLES; i++) {
                begin();
                counters.set(0, VcpuGauge.ACCEPTED, i);
                Thread.onSpinWait(); // as the other gauges take their time
                Thread.onSpinWait();
                counters.set(MachineGauge.SAMPLED_AT, i);
                finish();
            }
        }

        void begin() {
            counters.beginSample();
        }

        void finish() {
            counters.endSample();
        }

        void read() {
            for (int i = 0; i < SAMPLES && first == last; i++) {
                CountersSnapshot snapshot = counters.snapshot();
                first = snapshot.gauge(0, VcpuGauge.ACCEPTED);
                last = snapshot.gauge(MachineGauge.SAMPLED_AT);
            }
        }

        /** As a snapshot that is read once, where no sample is being written. */
        void readOnce() {
            if ((value(MachineGauge.SAMPLES) & 1) == 0) {
                first = counters.get(0, VcpuGauge.ACCEPTED);
                last = value(MachineGauge.SAMPLED_AT);
            }
        }

        private long value(MachineGauge gauge) {
            return values.getLongAcquire(CountersReader.counterOffset(LAYOUT.id(gauge)));
        }

        void judge(L_Result r) {
            r.r1 = first == last ? "one" : "two";
        }
    }

    @JCStressTest
    @Outcome(id = "one", expect = ACCEPTABLE, desc = "All gauges are of one sample.")
    @Outcome(expect = FORBIDDEN, desc = "Of two samples.")
    @State
    public static class SampledWhileRead extends Sample {
        @Actor
        public void sample() {
            write();
        }

        @Actor
        public void ask() {
            read();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The number of samples changes at the end only, by two. */
    @JCStressTest
    @Outcome(id = "one", expect = ACCEPTABLE, desc = "All gauges are of one sample.")
    @Outcome(expect = FORBIDDEN, desc = "Of two samples.")
    @State
    public static class WithoutMarkingTheBeginning extends Sample {
        @Override
        void begin() {}

        @Override
        void finish() {
            counters.endSample();
            counters.endSample();
        }

        @Actor
        public void sample() {
            write();
        }

        @Actor
        public void ask() {
            read();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "one", expect = ACCEPTABLE, desc = "All gauges are of one sample.")
    @Outcome(expect = FORBIDDEN, desc = "Of two samples.")
    @State
    public static class WithoutReadingAgain extends Sample {
        @Actor
        public void sample() {
            write();
        }

        @Actor
        public void ask() {
            readOnce();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }
}
