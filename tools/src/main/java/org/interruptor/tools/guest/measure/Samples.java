package org.interruptor.tools.guest.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the handlers of one CPU have reported. Times in TOD units: 4096 a microsecond.
 *
 * <p>Threads: {@link #add} the CPU's own, the rest when it has ended.
 */
final class Samples {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram nanos = new Histogram(MAX_NANOS, DIGITS);
    private long warmUp;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /**
     * A completion was taken.
     *
     * @param taken when its handler began.
     * @param injected when it was injected.
     * @param start what was injected before that is warm-up.
     */
    void add(long taken, long injected, long start) {
        if (injected - start < 0) {
            warmUp++;
            return;
        }
        long latency = nanos(taken - injected);
        nanos.recordValue(Math.min(MAX_NANOS, Math.max(0, latency))); // clocks of two cores may differ by a little
        first = Math.min(first, taken - start);
        last = Math.max(last, taken - start);
    }

    /** Adds another CPU's. */
    void add(Samples other) {
        nanos.add(other.nanos);
        warmUp += other.warmUp;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    long warmUp() {
        return warmUp;
    }

    long measured() {
        return nanos.getTotalCount();
    }

    Histogram histogram() {
        return nanos;
    }

    /** From the first to the last, so many a second. */
    double perSecond() {
        return last > first ? (measured() - 1) * 1e9 / nanos(last - first) : 0;
    }

    private static long nanos(long units) {
        return units * 125 / 512;
    }
}
