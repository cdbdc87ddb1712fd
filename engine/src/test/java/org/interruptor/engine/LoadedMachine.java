package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;

/**
 * A machine under load: threads inject all types until they are told to end, threads run vCPUs until the machine is closed or
 * they die. All that was accepted must have been delivered in the end.
 */
final class LoadedMachine extends AbstractCloseable {
    private static final long LIMIT_MILLIS = 20_000;

    private final GuestMemory storage;
    private final Machine machine;
    private final SplittableRandom random;
    private final boolean movesLowcores;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final LongAdder deaths = new LongAdder();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final List<Thread> injectors = new ArrayList<>();
    private final Thread[] runners;
    private volatile boolean isInjecting = true;

    LoadedMachine(int vcpus, long seed, boolean movesLowcores, UnaryOperator<MachineBuilder> options) {
        System.out.println("LoadedMachine: seed " + seed);
        random = new SplittableRandom(seed);
        this.movesLowcores = movesLowcores;
        storage = Guest.storage(vcpus);
        machine = options.apply(Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .vcpus(vcpus)
                        .floatingCapacity(64)
                        .localCapacity(16)
                        .waitStrategy(WaitStrategy.park()))
                .build();
        runners = new Thread[vcpus];
    }

    Machine machine() {
        return machine;
    }

    long full() {
        return full.sum();
    }

    long faults() {
        return faults.sum();
    }

    /** Threads of vCPUs that have died. */
    long deaths() {
        return deaths.sum();
    }

    Thread runner(int vcpu) {
        return runners[vcpu];
    }

    LoadedMachine inject(int threads) {
        for (int i = 0; i < threads; i++) {
            SplittableRandom own = random.split();
            Thread thread = start("injector " + i, () -> injectUntilTold(own));
            injectors.add(thread);
        }
        return this;
    }

    private void injectUntilTold(SplittableRandom own) {
        while (isInjecting) {
            InjectResult result = injectOne(own, machine.vcpu(own.nextInt(machine.vcpuCount())));
            if (result == InjectResult.ACCEPTED) {
                accepted.increment();
            } else if (result == InjectResult.FULL) {
                full.increment();
            } else {
                assertThat(machine.isClosed()).isTrue();
                return;
            }
            if (own.nextInt(64) == 0) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private InjectResult injectOne(SplittableRandom own, VcpuHandle target) {
        return switch (own.nextInt(8)) {
            case 0, 1 -> machine.injectVirtio(1, 2);
            case 2 -> machine.injectService(1);
            case 3, 4 -> target.injectEmergency();
            case 5 -> target.injectRestart();
            case 6 -> target.injectProgram(0x11);
            default -> target.injectSetPrefix(prefix(own, target));
        };
    }

    private int prefix(SplittableRandom own, VcpuHandle target) {
        int right = 0x2000 * (target.id() + 1);
        return movesLowcores && own.nextBoolean() ? (own.nextBoolean() ? right + 1 : 0xffff_e000) : right;
    }

    /** Runs a vCPU on a new thread, in the blocking form; it dies when it finds itself interrupted. */
    LoadedMachine run(int id) {
        return run(id, machine.vcpu(id).owner()::enterWait);
    }

    /** Runs a vCPU on a new thread, with a wait of the test's. */
    LoadedMachine run(int id, Supplier<WaitOutcome> wait) {
        if (runners[id] == null) {
            Guest.open(machine.vcpu(id).bind()).unbind();
        }
        runners[id] = start("vCPU " + id, () -> {
            Vcpu vcpu = machine.vcpu(id).bind();
            try {
                runUntilClosed(vcpu, wait);
            } finally {
                vcpu.unbind();
            }
        });
        return this;
    }

    LoadedMachine runAll() {
        for (int i = 0; i < runners.length; i++) {
            run(i);
        }
        return this;
    }

    private void runUntilClosed(Vcpu vcpu, Supplier<WaitOutcome> wait) {
        WaitOutcome outcome;
        do {
            if (vcpu.deliverPending() == Vcpu.FAULT) {
                faults.increment();
                vcpu.registers().prefix(0x2000L * (vcpu.id() + 1));
            }
            try {
                outcome = wait.get();
            } catch (Death death) {
                deaths.increment();
                return;
            }
        } while (outcome != WaitOutcome.CLOSED && !Thread.currentThread().isInterrupted());
        if (outcome != WaitOutcome.CLOSED) {
            deaths.increment();
        }
    }

    /** What kills a thread in the middle of a wait. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Thread start(String name, Runnable duty) {
        Thread thread = new Thread(duty, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
        thread.start();
        return thread;
    }

    /** Ends the injectors, and waits until nothing is queued: nobody comes to the rescue of a vCPU that sleeps on something. */
    void assertAllIsDelivered() throws InterruptedException {
        assertAllIsDeliveredOrDiscardedByResets();
        assertThat(delivered()).isEqualTo(accepted.sum());
    }

    /** As {@link #assertAllIsDelivered}, where vCPUs have been reset. */
    void assertAllIsDeliveredOrDiscardedByResets() throws InterruptedException {
        isInjecting = false;
        join(injectors);
        AtomicBoolean isDrained = new AtomicBoolean();
        long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        while (!isDrained.get() && System.nanoTime() < end) {
            isDrained.set(machine.floatingQueued() == 0
                    && IntStream.range(0, machine.vcpuCount())
                            .allMatch(i -> machine.vcpu(i).queued() == 0));
            LockSupport.parkNanos(100_000);
        }
        assertThat(isDrained).as(machine.explain()).isTrue();
        assertThat(accepted.sum()).isPositive();
        closeAndAssertAllIsAccountedFor();
    }

    /** Closes, waits for all threads, and compares what was accepted with what was delivered and discarded. */
    void closeAndAssertAllIsAccountedFor() throws InterruptedException {
        machine.close();
        isInjecting = false;
        join(injectors);
        join(List.of(runners));
        long accounted = delivered() + machine.floatingDiscarded();
        for (int i = 0; i < machine.vcpuCount(); i++) {
            accounted += machine.vcpu(i).discarded();
        }
        assertThat(thrown).isEmpty();
        assertThat(accounted).isEqualTo(accepted.sum());
    }

    private long delivered() {
        long delivered = 0;
        for (int i = 0; i < machine.vcpuCount(); i++) {
            for (InterruptionType type : InterruptionType.values()) {
                delivered += machine.vcpu(i).counter(type.counter());
            }
        }
        return delivered;
    }

    static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(LIMIT_MILLIS);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Override
    protected void performClose() {
        machine.close();
        storage.close();
    }
}
