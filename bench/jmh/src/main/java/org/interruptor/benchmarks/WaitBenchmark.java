package org.interruptor.benchmarks;

import org.interruptor.engine.contract.WaitOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The wait, without a thread that parks: entered and left at once since something is pending, and begun, ended by an injection and
 * left in the form with a callback, which is what the blocking form does around its parking.
 */
public class WaitBenchmark extends AverageCost {
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
