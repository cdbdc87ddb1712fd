package org.interruptor.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An injection alone: what a device thread pays, to a vCPU that runs. As many as a queue takes are injected in one go, and
 * delivered outside of the time that is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class InjectBenchmark {
    private static final int BATCH = OneVcpu.LOCAL_CAPACITY;

    private OneVcpu own;

    @Setup
    public void open() {
        own = new OneVcpu();
    }

    @Setup(Level.Invocation)
    public void drain() {
        own.drain();
    }

    @TearDown
    public void close() {
        own.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void emergency() {
        for (int i = 0; i < BATCH; i++) {
            own.vcpu.handle().injectEmergency();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void restart() {
        for (int i = 0; i < BATCH; i++) {
            own.vcpu.handle().injectRestart();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void virtio() {
        for (int i = 0; i < BATCH; i++) {
            own.machine.injectVirtio(i, i);
        }
    }
}
