package org.interruptor.benchmarks;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.contract.WaitOutcome;
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
 * The wait, without a thread that parks: entered and left at once since something is pending, and begun, ended by an injection and
 * left in the form with a callback, which is what the blocking form does around its parking.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class WaitBenchmark {
    private OneVcpu ready;
    private OneVcpu own;
    private Runnable callback;
    private int calls;
    private long cycles;

    @Setup
    public void open() {
        ready = new OneVcpu();
        ready.vcpu.handle().injectEmergency();
        own = new OneVcpu();
        callback = () -> calls++;
        calls = 0;
        cycles = 0;
    }

    @TearDown
    public void close() {
        ready.close();
        own.close();
        if (own.waits() != cycles || calls != (int) cycles) {
            throw new IllegalStateException(
                    "counts do not agree: " + cycles + " cycles, " + own.waits() + " waits, " + calls + " calls");
        }
    }

    @Benchmark
    public WaitOutcome enterReady() {
        return ready.vcpu.enterWait();
    }

    @Benchmark
    public WaitOutcome beginWakeEndDeliver() {
        own.vcpu.beginWait(callback);
        own.vcpu.handle().injectEmergency();
        WaitOutcome outcome = own.vcpu.endWait();
        own.vcpu.deliverPending();
        cycles++;
        return outcome;
    }
}
