package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.interruptor.engine.LoadedMachine.Death;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around the engine while it works: nothing that was accepted is lost by it, and everybody comes out. */
@ExtendWith(NothingLeftOpen.class)
class FaultsUnderLoadTest {
    private static final int VCPUS = 3;
    private static final int ROUNDS = 100;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private LoadedMachine machine(UnaryOperator<MachineBuilder> options) {
        return new LoadedMachine(VCPUS, seed, false, options);
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }

    @Test
    void threadsThatAreInterruptedAndEndAreReplacedByOthers() throws InterruptedException {
        try (LoadedMachine loaded = machine(options -> options)) {
            loaded.runAll().inject(2);
            for (int i = 0; i < ROUNDS; i++) {
                int id = random.nextInt(VCPUS);
                loaded.runner(id).interrupt();
                LoadedMachine.join(List.of(loaded.runner(id)));
                loaded.run(id);
                pause();
            }
            loaded.assertAllIsDelivered();
            assertThat(loaded.deaths()).isEqualTo(ROUNDS);
        }
    }

    @Test
    void threadsThatDieOfTheirStrategyWhenTheWaitEndsAreReplacedByOthers() throws InterruptedException {
        AtomicBoolean isDeadly = new AtomicBoolean();
        WaitStrategy deadly = new WaitStrategy() {
            @Override
            public int firstSpins() {
                return 0;
            }

            @Override
            public int nextSpins(int spins, long parkedNanos) {
                if (isDeadly.compareAndSet(true, false)) {
                    throw new Death();
                }
                return spins;
            }
        };
        try (LoadedMachine loaded = machine(options -> options.waitStrategy(deadly))) {
            loaded.runAll().inject(2);
            for (int i = 0; i < ROUNDS; i++) {
                isDeadly.set(true);
                Waiter.await("a thread to die", () -> deadRunner(loaded).isPresent());
                loaded.run(deadRunner(loaded).getAsInt());
            }
            loaded.assertAllIsDelivered();
            assertThat(loaded.deaths()).isEqualTo(ROUNDS);
        }
    }

    @Test
    void threadsThatDieOfTheirClockWhileTheySleepLeaveTheirWait() throws InterruptedException {
        AtomicBoolean isDeadly = new AtomicBoolean();
        ThreadLocal<int[]> readings = ThreadLocal.withInitial(() -> new int[1]);
        TodClock deadly = () -> {
            // Before the wait opens it is read once; then by the one who sleeps.
            if (++readings.get()[0] > 1 && isDeadly.compareAndSet(true, false)) {
                throw new Death();
            }
            return 0;
        };
        try (LoadedMachine loaded = machine(options -> options.clock(deadly))) {
            IntConsumer run = id -> loaded.run(id, () -> {
                Vcpu vcpu = loaded.machine().vcpu(id).owner();
                vcpu.registers().clockComparator(Long.MAX_VALUE);
                vcpu.registers().control(0, Guest.EMERGENCY | Guest.FLOATING | Guest.COMPARATOR);
                readings.get()[0] = 0;
                WaitOutcome outcome = vcpu.enterWait();
                readings.get()[0] = Integer.MIN_VALUE; // a delivery is no sleep
                return outcome;
            });
            IntStream.range(0, VCPUS).forEach(run);
            loaded.inject(2);
            for (int i = 0; i < ROUNDS; i++) {
                isDeadly.set(true);
                Waiter.await("a thread to die", () -> deadRunner(loaded).isPresent());
                int dead = deadRunner(loaded).getAsInt();
                assertThat(loaded.machine().vcpu(dead).isWaiting()).isFalse();
                run.accept(dead);
            }
            loaded.assertAllIsDelivered();
            assertThat(loaded.deaths()).isEqualTo(ROUNDS);
        }
    }

    private static OptionalInt deadRunner(LoadedMachine loaded) {
        return IntStream.range(0, VCPUS)
                .filter(id -> !loaded.runner(id).isAlive())
                .findFirst();
    }

    @Test
    void lowcoresThatAreMovedOutOfStorageCostNothingThatWasAccepted() throws InterruptedException {
        try (LoadedMachine loaded = new LoadedMachine(VCPUS, seed, true, options -> options)) {
            loaded.runAll().inject(2);
            Waiter.await("faults", () -> loaded.faults() > ROUNDS);
            loaded.assertAllIsDelivered();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void queuesOfTwoPlacesRefuseAndLoseNothing(int vcpus) throws InterruptedException {
        try (LoadedMachine loaded = new LoadedMachine(
                vcpus, seed, false, options -> options.floatingCapacity(2).localCapacity(2))) {
            loaded.runAll().inject(3);
            Waiter.await("full queues", () -> loaded.full() > ROUNDS);
            loaded.assertAllIsDelivered();
        }
    }

    @Test
    void resetsAccountForWhatTheyDiscard() throws InterruptedException {
        AtomicInteger resets = new AtomicInteger();
        try (LoadedMachine loaded = machine(options -> options)) {
            for (int i = 0; i < VCPUS; i++) {
                Vcpu vcpu = loaded.machine().vcpu(i).owner();
                loaded.run(i, () -> {
                    if (vcpu.handle().queued() > 1) {
                        resets.incrementAndGet();
                        vcpu.reset();
                    }
                    return vcpu.enterWait();
                });
            }
            loaded.inject(3);
            Waiter.await("resets", () -> resets.get() > 10 * ROUNDS);
            loaded.assertAllIsDeliveredOrDiscardedByResets();
            assertThat(loaded.machine().vcpu(0).discarded()).isPositive();
        }
    }

    /** Throws whatever it is told. */
    private static final class Throwing implements EngineListener {
        private final AtomicInteger thrown = new AtomicInteger();

        private void fail() {
            thrown.incrementAndGet();
            throw new IllegalStateException("listener");
        }

        @Override
        public void onInject(int vcpu, InterruptionType type, int parameter, long parameter64) {
            fail();
        }

        @Override
        public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
            fail();
        }

        @Override
        public void onWait(int vcpu) {
            fail();
        }

        @Override
        public void onWaitEnd(int vcpu, WaitOutcome outcome) {
            fail();
        }

        @Override
        public void onFault(LowcoreFault fault) {
            fail();
        }
    }

    @Test
    void listenersCallbacksAndErrorHandlersThatThrowLoseNothing() throws InterruptedException {
        Throwing listener = new Throwing();
        AtomicInteger handled = new AtomicInteger();
        try (LoadedMachine loaded = new LoadedMachine(
                VCPUS,
                seed,
                true,
                options -> options.listener(listener).errorHandler(thrown -> {
                    handled.incrementAndGet();
                    throw new IllegalStateException("error handler");
                }))) {
            for (int i = 0; i < VCPUS; i++) {
                loaded.run(
                        i,
                        i == 0
                                ? loaded.machine().vcpu(i).owner()::enterWait
                                : calledBack(loaded.machine().vcpu(i).owner()));
            }
            loaded.inject(2);
            Waiter.await("things to be thrown", () -> listener.thrown.get() > 10 * ROUNDS && loaded.faults() > 0);
            loaded.assertAllIsDelivered();
        }
        assertThat(handled.get()).isGreaterThan(listener.thrown.get()); // those of the callbacks too
    }

    /** The wait of an embedder with a scheduler of its own, whose callback wakes it and then throws. */
    private static Supplier<WaitOutcome> calledBack(Vcpu vcpu) {
        return () -> {
            Thread own = Thread.currentThread();
            AtomicBoolean isCalledBack = new AtomicBoolean();
            WaitOutcome outcome = vcpu.beginWait(() -> {
                isCalledBack.set(true);
                LockSupport.unpark(own);
                throw new IllegalStateException("callback");
            });
            while (outcome == WaitOutcome.WAITING) {
                while (!isCalledBack.getAndSet(false)) {
                    LockSupport.park();
                }
                outcome = vcpu.endWait();
            }
            return outcome;
        };
    }

    @Test
    void machinesThatAreClosedUnderLoadAccountForEverything() throws InterruptedException {
        for (int i = 0; i < ROUNDS / 4; i++) {
            try (LoadedMachine loaded =
                    new LoadedMachine(VCPUS, seed + i, true, options -> options.errorHandler(callbackThrew -> {}))) {
                for (int id = 0; id < VCPUS; id++) {
                    Vcpu vcpu = loaded.machine().vcpu(id).owner();
                    loaded.run(id, id == 0 ? calledBack(vcpu) : vcpu::enterWait);
                }
                loaded.inject(2);
                LockSupport.parkNanos(random.nextInt(5_000_000));
                loaded.closeAndAssertAllIsAccountedFor();
            }
        }
    }
}
