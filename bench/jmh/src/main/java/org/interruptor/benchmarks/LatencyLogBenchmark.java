package org.interruptor.benchmarks;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Param;

/**
 * What the latency log costs: an injection and its delivery on one thread, which read the clock once each for it, and record the time
 * in a histogram. Limited by the reading of the clock, some 20 ns twice.
 */
public class LatencyLogBenchmark extends Pairs {
    private static final Path NOBODY_READS = Path.of("/dev/null");

    @Param({"off", "on"})
    String log;

    @Override
    OneVcpu machine() {
        return log.equals("on") ? new OneVcpu(builder -> builder.latencyLog(NOBODY_READS)) : new OneVcpu();
    }
}
