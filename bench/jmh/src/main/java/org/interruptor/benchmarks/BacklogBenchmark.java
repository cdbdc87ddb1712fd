package org.interruptor.benchmarks;

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

/** A restart is injected and delivered behind emergency signals that are masked: it must not matter how many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class BacklogBenchmark {
    @Param({"0", "100", "10000", "100000"})
    int masked;

    private OneVcpu own;

    @Setup
    public void queue() {
        own = new OneVcpu().maskEmergencies();
        for (int i = 0; i < masked; i++) {
            own.vcpu.handle().injectEmergency();
        }
    }

    @TearDown
    public void close() {
        own.close();
    }

    @Benchmark
    public int restart() {
        own.vcpu.handle().injectRestart();
        return own.vcpu.deliverPending();
    }
}
