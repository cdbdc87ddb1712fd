package org.interruptor.tools.guest.measure.linux;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one phase has measured, by the guest's clock.
 *
 * <p>Threads: one at a time.
 */
final class PhaseResult {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int DIGITS = 3;

    private final Histogram nanos = new Histogram(LONGEST_NANOS, DIGITS);
    private final long count;
    private final long units;

    /** {@code count} samples in {@code units} of the TOD clock; the samples follow. */
    PhaseResult(long count, long units) {
        this.count = count;
        this.units = units;
    }

    /** Units of the TOD clock in nanoseconds: 4096 a microsecond. */
    static long nanos(long units) {
        return units * 125 / 512;
    }

    /** A sample in units of the TOD clock, 32 bits. */
    void add(long sample) {
        nanos.recordValue(nanos(sample));
    }

    /** So many the guest has counted; more than it keeps samples of, perhaps. */
    long count() {
        return count;
    }

    double perSecond() {
        return units <= 0 ? 0 : count * 1e9 / nanos(units);
    }

    Histogram histogram() {
        return nanos;
    }
}
