package org.interruptor.benchmarks;

import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Engines;
import org.interruptor.bench.baseline.VcpuUnderTest;
import org.interruptor.bench.load.Ledger;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The engine beside its baselines: an injection and its delivery on one thread, through the harness's interface. */
public class EngineBenchmark extends AverageCost {
    @Param({"interruptor", "lists", "locked-deque", "concurrent-queue", "mpmc"})
    String engine;

    private EngineUnderTest own;
    private VcpuUnderTest vcpu;
    private long emergencies;
    private long virtios;

    @Setup
    public void open() {
        own = Engines.create(Contender.of(engine), Load.builder().build(), null);
        vcpu = own.vcpu(0);
        emergencies = 0;
        virtios = 0;
    }

    @TearDown
    public void close() {
        Ledger ledger = new Ledger(own);
        ledger.accepted(Signal.EMERGENCY, emergencies);
        ledger.accepted(Signal.VIRTIO, virtios);
        ledger.answered(emergencies + virtios);
        ledger.check(0);
        own.close();
    }

    @Benchmark
    public int emergency() {
        emergencies++;
        own.inject(Signal.EMERGENCY, 0, 0, 0);
        return vcpu.deliver();
    }

    @Benchmark
    public int virtio() {
        virtios++;
        own.inject(Signal.VIRTIO, 0, 1, 2);
        return vcpu.deliver();
    }
}
