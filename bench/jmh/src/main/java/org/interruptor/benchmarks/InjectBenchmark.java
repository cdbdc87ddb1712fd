package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * An injection alone: what a device thread pays, to a vCPU that runs. As many as a queue takes are injected in one go, and
 * delivered outside of the time that is measured.
 */
public class InjectBenchmark extends OnOneVcpu {
    private static final int BATCH = OneVcpu.LOCAL_CAPACITY;

    @Override
    OneVcpu machine() {
        return new OneVcpu();
    }

    @Setup(Level.Invocation)
    public void drain() {
        own.drain();
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
