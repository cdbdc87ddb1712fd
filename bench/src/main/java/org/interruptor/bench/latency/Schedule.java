package org.interruptor.bench.latency;

import java.util.SplittableRandom;
import org.interruptor.bench.plan.Pacing.Arrivals;

/**
 * The arrivals of an open loop: fixed before the first is made, so that a stall of what is measured cannot move them.
 *
 * <p>Threads: one.
 */
public final class Schedule {
    private static final double NANOS = 1e9;

    private final double gapNanos;
    private final double offsetNanos;
    private final SplittableRandom random;
    private long number;
    private double last;

    /**
     * The schedule of one injector of several.
     *
     * @param ratePerSecond of all injectors together.
     * @param arrivals how they are spaced.
     * @param injector its number, from 0; constant gaps of several injectors interleave.
     * @param injectors how many there are.
     * @param seed of exponential gaps.
     */
    public Schedule(double ratePerSecond, Arrivals arrivals, int injector, int injectors, long seed) {
        gapNanos = NANOS * injectors / ratePerSecond;
        offsetNanos = gapNanos * injector / injectors;
        random = arrivals == Arrivals.POISSON ? new SplittableRandom(seed + injector) : null;
    }

    /**
     * The next arrival.
     *
     * @return nanoseconds since the beginning, never less than the one before.
     */
    public long next() {
        if (random == null) {
            return (long) (offsetNanos + gapNanos * ++number); // no error adds up
        }
        last -= Math.log(1 - random.nextDouble()) * gapNanos;
        return (long) last;
    }
}
