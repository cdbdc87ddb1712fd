package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * An injection and its delivery on one thread, by type: what the whole way costs without another core. The benchmarks that extend this
 * differ in the machine.
 */
public abstract class Pairs extends OnOneVcpu {
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
