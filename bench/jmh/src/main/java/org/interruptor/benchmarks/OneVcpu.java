package org.interruptor.benchmarks;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/**
 * A machine with one vCPU whose gates are open, but for that of the clock comparator: with it each look reads the clock. Closing it
 * counts: what was accepted and neither delivered nor queued fails the benchmark.
 */
final class OneVcpu implements AutoCloseable {
    static final int PREFIX = 0x2000;
    static final int LOCAL_CAPACITY = 1024;
    static final int FLOATING_CAPACITY = 4096;

    private static final long ENABLED = PswMask.EXTERNAL | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long DISABLED = ENABLED & ~PswMask.EXTERNAL;
    private static final long ALL_GATES =
            InterruptionType.EMERGENCY_SIGNAL.subclassMask() | InterruptionType.VIRTIO.subclassMask();

    private final GuestMemory storage = GuestMemory.allocate(2L * PREFIX);
    final Machine machine;
    final Vcpu vcpu;

    OneVcpu() {
        this(builder -> builder);
    }

    /** A machine with options of its own. */
    OneVcpu(UnaryOperator<MachineBuilder> options) {
        machine = options.apply(Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .checked(false) // as embedders run it; a trial hands a vCPU from thread to thread
                        .localCapacity(LOCAL_CAPACITY)
                        .floatingCapacity(FLOATING_CAPACITY)
                        .waitStrategy(WaitStrategy.park()))
                .build();
        vcpu = machine.vcpu(0).bind();
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(storage, PREFIX);
        lowcore.externalNewPswMask(ENABLED);
        lowcore.restartNewPswMask(ENABLED);
        lowcore.programNewPswMask(ENABLED);
        vcpu.registers().prefix(PREFIX);
        vcpu.registers().control(0, ALL_GATES);
        vcpu.registers().psw(ENABLED, 0);
    }

    /** Closes the gate of emergency signals. */
    OneVcpu maskEmergencies() {
        vcpu.registers().control(0, InterruptionType.VIRTIO.subclassMask());
        return this;
    }

    /** Closes all gates, in the PSW. */
    OneVcpu maskAll() {
        vcpu.registers().psw(DISABLED, 0);
        return this;
    }

    /** Opens all gates and delivers everything. */
    void drain() {
        vcpu.registers().control(0, ALL_GATES);
        vcpu.registers().psw(ENABLED, 0);
        deliverAll();
    }

    /** Delivers what the open gates let through. */
    void deliverAll() {
        int delivered;
        do {
            delivered = vcpu.deliverPending();
        } while (delivered > 0);
    }

    @Override
    public void close() {
        drain();
        long accepted = vcpu.handle().accepted() + machine.floatingAccepted();
        long queued = vcpu.handle().queued() + machine.floatingQueued();
        long delivered = Arrays.stream(InterruptionType.values())
                .map(InterruptionType::counter)
                .distinct()
                .mapToLong(vcpu.handle()::counter)
                .sum();
        long lost = accepted - delivered - queued;
        machine.close();
        storage.close();
        if (lost != 0) {
            throw new IllegalStateException("counts do not agree: " + accepted + " were accepted, " + delivered
                    + " delivered, " + queued + " queued");
        }
    }

    /** How many waits were entered. */
    long waits() {
        return vcpu.handle().counter(Counter.EXIT_WAIT_STATE);
    }
}
