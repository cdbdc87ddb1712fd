package org.interruptor.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the latency log costs: an injection and its delivery on one thread, which read the clock once each for it, and record the time
 * in a histogram. Limited by the reading of the clock, some 20 ns twice.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class LatencyLogBenchmark {
    private static final Path NOBODY_READS = Path.of("/dev/null");

    @Param({"off", "on"})
    String log;

    private OneVcpu own;

    @Setup
    public void open() {
        own = log.equals("on") ? new OneVcpu(builder -> builder.latencyLog(NOBODY_READS)) : new OneVcpu();
    }

    @TearDown
    public void close() {
        own.close();
    }

    @Benchmark
    public int emergency() {
        own.vcpu.handle().injectEmergency();
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int virtio() {
        own.machine.injectVirtio(1, 2);
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int restart() {
        own.vcpu.handle().injectRestart();
        return own.vcpu.deliverPending();
    }
}
