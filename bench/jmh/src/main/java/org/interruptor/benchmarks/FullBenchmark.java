package org.interruptor.benchmarks;

import org.interruptor.engine.contract.InjectResult;
import org.openjdk.jmh.annotations.Benchmark;

/** An injection that is refused, since the queue is full: the answer must not cost an exception. */
public class FullBenchmark extends OnOneVcpu {
    @Override
    OneVcpu machine() {
        OneVcpu one = new OneVcpu();
        while (one.machine.injectVirtio(0, 0) == InjectResult.ACCEPTED) {}
        while (one.vcpu.handle().injectRestart() == InjectResult.ACCEPTED) {}
        return one;
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
