package org.interruptor.benchmarks;

import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * SIGNAL PROCESSOR beside the bare injection, under architecture rules: what the sender pays to a CPU that runs. Each invocation
 * sends one signal to each of many CPUs, so that none finds another one pending. They take it outside of the time that is measured.
 * Limited by the cache lines of the targets, which both ways touch.
 */
public class SignalBenchmark extends AverageCost {
    private static final int TARGETS = 256;
    private static final int SENDER = TARGETS;
    private static final int PREFIX_AREA = 0x2000;
    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY_SIGNAL = 0x03;
    private static final long ENABLED = PswMask.EXTERNAL | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long GATES =
            InterruptionType.EMERGENCY_SIGNAL.subclassMask() | InterruptionType.EXTERNAL_CALL.subclassMask();

    private final GuestMemory storage = GuestMemory.allocate((TARGETS + 1L) * PREFIX_AREA);
    private final Vcpu[] targets = new Vcpu[TARGETS];
    private Machine machine;
    private long invocations;
    private long delivered;

    @Setup
    public void open() {
        machine = Machine.builder(storage)
                .checked(false) // what is measured is what embedders run
                .vcpus(TARGETS + 1)
                .build();
        for (int i = 0; i < TARGETS; i++) {
            long prefix = (i + 1L) * PREFIX_AREA;
            Lowcore lowcore = new Lowcore();
            lowcore.wrap(storage, prefix);
            lowcore.externalNewPswMask(ENABLED);
            targets[i] = machine.vcpu(i).bind();
            targets[i].registers().prefix(prefix);
            targets[i].registers().control(0, GATES);
            targets[i].registers().psw(ENABLED, 0);
        }
    }

    @TearDown(Level.Invocation)
    public void take() {
        invocations++;
        for (Vcpu target : targets) {
            delivered += target.deliverPending();
        }
    }

    @TearDown
    public void close() {
        machine.close();
        storage.close();
        if (delivered != invocations * TARGETS) {
            throw new IllegalStateException("counts do not agree: " + invocations * TARGETS + " signals were sent, "
                    + delivered + " delivered");
        }
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public void injectEmergency() {
        for (Vcpu target : targets) {
            target.handle().injectEmergency(SENDER);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public void signalEmergency() {
        for (int i = 0; i < TARGETS; i++) {
            machine.signalProcessor(SENDER, i, EMERGENCY_SIGNAL, 0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public void injectExternalCall() {
        for (Vcpu target : targets) {
            target.handle().injectExternalCall(SENDER);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public void signalExternalCall() {
        for (int i = 0; i < TARGETS; i++) {
            machine.signalProcessor(SENDER, i, EXTERNAL_CALL, 0);
        }
    }
}
