package org.interruptor.benchmarks;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.contract.InjectResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An injection that is refused, since the queue is full: the answer must not cost an exception. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class FullBenchmark {
    private OneVcpu own;

    @Setup
    public void fill() {
        own = new OneVcpu();
        while (own.machine.injectVirtio(0, 0) == InjectResult.ACCEPTED) {}
        while (own.vcpu.handle().injectRestart() == InjectResult.ACCEPTED) {}
    }

    @TearDown
    public void close() {
        own.close();
    }

    @Benchmark
    public InjectResult floating() {
        return own.machine.injectVirtio(1, 2);
    }

    @Benchmark
    public InjectResult local() {
        return own.vcpu.handle().injectRestart();
    }
}
