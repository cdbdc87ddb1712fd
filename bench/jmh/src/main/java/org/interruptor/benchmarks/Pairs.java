package org.interruptor.benchmarks;

import java.util.concurrent.TimeUnit;
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

/**
 * An injection and its delivery on one thread, by type: what the whole way costs without another core. The benchmarks that extend this
 * differ in the machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Pairs {
    OneVcpu own;

    /** The machine. */
    abstract OneVcpu machine();

    /** Before the benchmark. */
    @Setup
    public void open() {
        own = machine();
    }

    /** Behind it. */
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
