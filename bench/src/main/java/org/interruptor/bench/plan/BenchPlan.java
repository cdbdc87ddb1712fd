package org.interruptor.bench.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that a run of the harness is told.
 *
 * @param measurements in this order.
 * @param pinned whether each thread is bound to a core, where there are enough of them.
 * @param jvms JVMs, one after the other, each with all measurements.
 * @param earlierBuild where {@link Contender#INTERRUPTOR_OLD} is: a jar, a folder or a class path; or null.
 * @param counters where each machine of the engine has its counters, in its time; or null.
 * @param command the command line that asked for it; or null.
 */
public record BenchPlan(
        List<Measurement> measurements,
        boolean pinned,
        int jvms,
        String earlierBuild,
        String counters,
        String command) {
    private static final int MAX_JVMS = 100;

    /** Checks what is given. */
    public BenchPlan {
        measurements = List.copyOf(measurements);
        Parse.inRange("jvms", jvms, 1, MAX_JVMS);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure: name a scenario");
        }
        if (earlierBuild == null && measurements.stream().anyMatch(BenchPlan::hasEarlier)) {
            throw new IllegalArgumentException("engine " + Contender.INTERRUPTOR_OLD.label()
                    + " is another build: say where it is with --engine-jar");
        }
    }

    /** Without another build, and without a command. */
    public BenchPlan(List<Measurement> measurements, boolean pinned, int jvms) {
        this(measurements, pinned, jvms, null, null, null);
    }

    private static boolean hasEarlier(Measurement measurement) {
        return measurement.contenders().contains(Contender.INTERRUPTOR_OLD);
    }

    /**
     * The same for one JVM alone. In each JVM another contender is set up first, so that its place is no advantage.
     *
     * @param number of the JVM, from 0.
     */
    public BenchPlan inOneJvm(int number) {
        return new BenchPlan(
                measurements.stream().map(one -> rotated(one, number)).toList(),
                pinned,
                1,
                earlierBuild,
                counters,
                command);
    }

    private static Measurement rotated(Measurement measurement, int distance) {
        List<Contender> contenders = new ArrayList<>(measurement.contenders());
        Collections.rotate(contenders, -distance);
        return new Measurement(measurement.scenario(), contenders, measurement.timing());
    }

    /** Milliseconds that it takes at least. */
    public long totalMillis() {
        return jvms * jvmMillis();
    }

    /** Milliseconds that one of its JVMs takes at least. */
    public long jvmMillis() {
        return measurements.stream().mapToLong(Measurement::totalMillis).sum();
    }
}
