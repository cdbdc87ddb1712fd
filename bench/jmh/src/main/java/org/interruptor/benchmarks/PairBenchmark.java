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
 * An injection and its delivery on one thread, by type: what the whole way costs without another core. Limited by the atomic
 * instructions of the injection and the stores of the delivery.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class PairBenchmark {
    private OneVcpu own;

    @Setup
    public void open() {
        own = new OneVcpu();
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
    public int restart() {
        own.vcpu.handle().injectRestart();
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int program() {
        own.vcpu.handle().injectProgram(6);
        return own.vcpu.deliverPending();
    }

    /** Raised by the vCPU's own instruction handling: no other thread is thought of. */
    @Benchmark
    public int raisedProgram() {
        own.vcpu.raiseProgram(6);
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int stop() {
        own.vcpu.handle().injectStop();
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int setPrefix() {
        own.vcpu.handle().injectSetPrefix(OneVcpu.PREFIX);
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int service() {
        own.machine.injectService(1);
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int virtio() {
        own.machine.injectVirtio(1, 2);
        return own.vcpu.deliverPending();
    }
}
