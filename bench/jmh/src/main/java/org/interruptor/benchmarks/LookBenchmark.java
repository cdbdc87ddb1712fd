package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Looks that find nothing to be taken: the exit check that an emulator makes at each instruction boundary, the question whether
 * something is pending, and a delivery with nothing to deliver.
 */
public class LookBenchmark extends AverageCost {
    private OneVcpu nothing;
    private OneVcpu masked;

    @Setup
    public void open() {
        nothing = new OneVcpu();
        masked = new OneVcpu().maskAll();
        masked.vcpu.handle().injectEmergency();
        masked.machine.injectVirtio(1, 2);
        masked.vcpu.deliverPending();
    }

    @TearDown
    public void close() {
        nothing.close();
        masked.close();
    }

    @Benchmark
    public boolean attention() {
        return nothing.vcpu.isAttention();
    }

    @Benchmark
    public boolean pending() {
        return nothing.vcpu.isPending();
    }

    @Benchmark
    public boolean pendingMasked() {
        return masked.vcpu.isPending();
    }

    @Benchmark
    public int deliverNothing() {
        return nothing.vcpu.deliverPending();
    }

    @Benchmark
    public int deliverMasked() {
        return masked.vcpu.deliverPending();
    }
}
