package org.interruptor.tools.top;

import java.time.Instant;
import java.util.Locale;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;

/**
 * How old the sample of a reading is. A machine takes one ten times a second; one that is a second old shows that its process
 * does not run: it was stopped by a signal, or has ended, or the host is overloaded.
 *
 * @param millis from the sample to the reading; 0 or more.
 * @param isStale whether that is too long for a process that runs; never of a closed machine.
 */
record Age(long millis, boolean isStale) {
    private static final long STALE_MILLIS = 1000;

    static Age of(MachineCounters counters, Reading reading, Instant time) {
        return of(counters, reading.now(), time);
    }

    static Age of(MachineCounters counters, CountersSnapshot sample, Instant time) {
        long millis = Math.max(0, time.toEpochMilli() - sample.gauge(MachineGauge.SAMPLED_AT));
        return new Age(millis, millis >= STALE_MILLIS && !counters.isClosed());
    }

    double seconds() {
        return millis / 1e3;
    }

    /** A line, without its end. */
    String sentence() {
        return String.format(Locale.ROOT, "as of %.1f s ago: its process does not run", seconds());
    }
}
