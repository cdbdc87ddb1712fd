package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The pairs of all types. Limited by the atomic instructions of the injection and the stores of the delivery.
 */
public class PairBenchmark extends Pairs {
    @Override
    OneVcpu machine() {
        return new OneVcpu();
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
}
