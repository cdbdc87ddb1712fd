package org.interruptor.engine.observe;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Samples are written, each with one value in the first gauge and the last, while somebody reads a snapshot. The fences beside
 * the marks are for machines weaker than x86, where nothing fails without them.
 */
public final class SampledWhileRead {
    private SampledWhileRead() {}

    /** What is left out. */
    enum Cut {
        NOTHING,
        /** The number of samples changes at the end only, by two. */
        MARKING_THE_BEGINNING,
        /** A snapshot is read once, where no sample is being written. */
        READING_AGAIN
    }

    /** How it can end. */
    @Outcome(id = "one", expect = ACCEPTABLE, desc = "All gauges are of one sample.")
    @Outcome(expect = FORBIDDEN, desc = "Of two samples.")
    public static class OfOne {}

    /** The values of one vCPU. */
    abstract static class Sides {
        private static final int SAMPLES = 16;
        private static final CountersLayout LAYOUT = new CountersLayout(1);

        private final AtomicBuffer values = new UnsafeBuffer(new byte[CounterValues.length(LAYOUT)]);
        private final CounterValues counters = new CounterValues(LAYOUT, values);
        private final Cut cut;
        private long first;
        private long last;

        Sides(Cut cut) {
            this.cut = cut;
        }

        void sample() {
            for (int i = 1; i <= SAMPLES; i++) {
                if (cut != Cut.MARKING_THE_BEGINNING) {
                    counters.beginSample();
                }
                counters.set(0, VcpuGauge.ACCEPTED, i);
                Thread.onSpinWait(); // as the other gauges take their time
                Thread.onSpinWait();
                counters.set(MachineGauge.SAMPLED_AT, i);
                counters.endSample();
                if (cut == Cut.MARKING_THE_BEGINNING) {
                    counters.endSample();
                }
            }
        }

        void read() {
            if (cut == Cut.READING_AGAIN) {
                if ((value(LAYOUT.id(MachineGauge.SAMPLES)) & 1) == 0) {
                    first = value(CountersLayout.id(0, VcpuGauge.ACCEPTED));
                    last = value(LAYOUT.id(MachineGauge.SAMPLED_AT));
                }
                return;
            }
            for (int i = 0; i < SAMPLES && first == last; i++) {
                CountersSnapshot snapshot = counters.snapshot();
                first = snapshot.gauge(0, VcpuGauge.ACCEPTED);
                last = snapshot.gauge(MachineGauge.SAMPLED_AT);
            }
        }

        private long value(int id) {
            return values.getLongAcquire(CountersReader.counterOffset(id));
        }

        void judge(L_Result r) {
            r.r1 = first == last ? "one" : "two";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(OfOne.class) @State
    public static class Sampled extends Sides {
        public Sampled() { super(Cut.NOTHING); }
        @Actor public void sampler() { sample(); }
        @Actor public void reader() { read(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(OfOne.class) @State
    public static class WithoutMarkingTheBeginning extends Sides {
        public WithoutMarkingTheBeginning() { super(Cut.MARKING_THE_BEGINNING); }
        @Actor public void sampler() { sample(); }
        @Actor public void reader() { read(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(OfOne.class) @State
    public static class WithoutReadingAgain extends Sides {
        public WithoutReadingAgain() { super(Cut.READING_AGAIN); }
        @Actor public void sampler() { sample(); }
        @Actor public void reader() { read(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
