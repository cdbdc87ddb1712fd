package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A restart is injected and delivered behind emergency signals that are masked: it must not matter how many. */
public class BacklogBenchmark extends OnOneVcpu {
    @Param({"0", "100", "10000", "100000"})
    int masked;

    @Override
    OneVcpu machine() {
        OneVcpu one = new OneVcpu().maskEmergencies();
        for (int i = 0; i < masked; i++) {
            one.vcpu.handle().injectEmergency();
        }
        return one;
    }

    @Benchmark
    public int restart() {
        own.vcpu.handle().injectRestart();
        return own.vcpu.deliverPending();
    }
}
