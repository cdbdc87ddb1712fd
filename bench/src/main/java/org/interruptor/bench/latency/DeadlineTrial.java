package org.interruptor.bench.latency;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.baseline.Engines;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.Workers;

/** How late a vCPU is that waits for its clock comparator: 100 to 1000 microseconds, at random. */
public final class DeadlineTrial implements Trial {
    private static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(1000);
    private static final long WARM_UP_MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long WARM_UP_MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(30);
    private static final long MOST_LATE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Engines.Timer engine;
    private final Placement placement;
    private final SplittableRandom random;

    /** Sets the trial up; it closes what the timer belongs to. */
    public DeadlineTrial(Engines.Timer engine, Placement placement, long seed) {
        this.engine = engine;
        this.placement = placement;
        this.random = new SplittableRandom(seed);
    }

    /** With short waits: what the compiler has not seen some thousand times is slow. */
    @Override
    public void warmUp(long nanos) {
        measure(nanos, WARM_UP_MIN_NANOS, WARM_UP_MAX_NANOS);
    }

    @Override
    public Sample run(long nanos) {
        return measure(nanos, MIN_NANOS, MAX_NANOS);
    }

    private Sample measure(long nanos, long shortest, long longest) {
        Histogram late = new Histogram(MOST_LATE_NANOS, DIGITS);
        long[] waits = new long[1];
        Workers workers = new Workers(placement, 1);
        workers.start("vcpu-0", () -> waits[0] = waitUntil(System.nanoTime() + nanos, shortest, longest, late));
        workers.join(nanos);
        long arrived = late.getTotalCount();
        if (arrived != waits[0]) {
            throw new MeasurementRefused("counts do not agree: " + waits[0] + " waits, " + arrived + " deadlines");
        }
        double allocated = (double) workers.allocatedBytes() / waits[0];
        return Sample.ofTimes(late, Map.of(Figure.ALLOCATED, allocated), waits[0], arrived, 0);
    }

    private long waitUntil(long end, long shortest, long longest, Histogram late) {
        long waits = 0;
        do {
            waits++;
            long error = engine.timer().sleep(random.nextLong(shortest, longest));
            if (error < 0) {
                throw new MeasurementRefused("a timer was " + -error + " ns early");
            }
            late.recordValue(Math.min(error, MOST_LATE_NANOS));
        } while (System.nanoTime() - end < 0);
        return waits;
    }

    @Override
    public void close() {
        engine.closer().run();
    }
}
