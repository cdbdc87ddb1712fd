package org.interruptor.bench.plan;

import java.util.List;

/**
 * All that a run of the harness is told.
 *
 * @param measurements in this order.
 * @param pinned whether each thread is bound to a core, where there are enough of them.
 * @param jvms JVMs, one after the other, each with all measurements.
 */
public record BenchPlan(List<Measurement> measurements, boolean pinned, int jvms) {
    private static final int MAX_JVMS = 100;

    /** Checks what is given. */
    public BenchPlan {
        measurements = List.copyOf(measurements);
        Parse.inRange("jvms", jvms, 1, MAX_JVMS);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure: name a scenario");
        }
    }

    /** The same for one JVM alone. */
    public BenchPlan inOneJvm() {
        return new BenchPlan(measurements, pinned, 1);
    }

    /** Milliseconds that it takes at least. */
    public long totalMillis() {
        return jvms * measurements.stream().mapToLong(Measurement::totalMillis).sum();
    }
}
