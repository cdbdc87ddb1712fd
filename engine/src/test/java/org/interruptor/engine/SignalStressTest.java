package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random orders of several senders for CPUs that {@link Vcpu#run}: no order stays in progress, and behind a restart each CPU takes
 * what is sent to it, whatever came before. A round is a number of orders, not a time, and nothing here needs a core soon: a limit
 * that ends an await is only for a CPU that sleeps for good. {@code -Dinterruptor.signals=stress} is the long form.
 */
@Timeout(600)
class SignalStressTest {
    private static final int CPUS = 3;
    private static final int SENDERS = 2;
    private static final int ROUNDS = "stress".equals(System.getProperty("interruptor.signals")) ? 2000 : 40;
    private static final int ORDERS_PER_ROUND = 500;
    private static final long LIMIT_SECONDS = 120;
    private static final int[] ORDERS = {0x02, 0x03, 0x03, 0x04, 0x04, 0x05, 0x05, 0x06, 0x09, 0x0c, 0x01, 0x15};
    private static final int SENSE = 0x01;
    private static final int RESTART = 0x06;
    private static final long ENABLED = PswMask.EXTERNAL | PswMask.IO | PswMask.MACHINE_CHECK;

    private final GuestMemory storage = GuestMemory.wrap(new byte[(CPUS + SENDERS + 1) * 0x2000]);
    private final Machine machine = Machine.builder(storage)
            .rules(Rules.ARCHITECTURE)
            .vcpus(CPUS + SENDERS) // the last ones only send
            .waitStrategy(WaitStrategy.park())
            .build();

    private final AtomicLong resets = new AtomicLong();

    /** A guest that waits behind every other interruption, and runs until attention behind the rest. */
    private final class Guest implements GuestCpu {
        private boolean isToWait;

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // the senders need the core more
        public long execute(Vcpu vcpu) {
            isToWait = !isToWait;
            if (isToWait) {
                vcpu.loadPsw(ENABLED | PswMask.WAIT, 0);
                return 1;
            }
            while (!vcpu.isAttention()) {
                Thread.yield();
            }
            return 1;
        }

        @Override
        public void reset(ResetKind kind) {
            resets.incrementAndGet();
        }
    }

    private void setUp(int cpu) {
        Vcpu vcpu = machine.vcpu(cpu).owner();
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(storage, (cpu + 1) * 0x2000L);
        lowcore.externalNewPswMask(ENABLED);
        lowcore.programNewPswMask(ENABLED);
        lowcore.restartNewPswMask(ENABLED);
        vcpu.registers().prefix((cpu + 1) * 0x2000L);
        vcpu.registers().psw(ENABLED, 0);
        vcpu.registers().control(0, 0xe000);
    }

    @SuppressWarnings("ThreadPriorityCheck") // the CPUs need the core more
    private void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail(what + '\n' + machine.explain());
            }
            Thread.yield();
        }
    }

    private void send(int sender, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < ORDERS_PER_ROUND; i++) {
            int target = random.nextInt(CPUS);
            int order = ORDERS[random.nextInt(ORDERS.length)];
            int cc = Machine.conditionCodeOf(machine.signalProcessor(sender, target, order, 0));
            assertThat(cc).isBetween(0, 2);
            if (random.nextInt(50) == 0) {
                machine.vcpu(target).kick();
            }
        }
    }

    @Test
    void noOrderIsLostAndNobodySleepsThatOperates() throws InterruptedException {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("SignalStressTest: -Dinterruptor.seed=" + seed);
        List<Thread> cpus = new ArrayList<>();
        for (int i = 0; i < CPUS; i++) {
            setUp(i);
            VcpuHandle handle = machine.vcpu(i);
            Thread thread = new Thread(() -> handle.bind().run(new Guest()), "cpu-" + i);
            cpus.add(thread);
            thread.start();
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                round(seed + round * 1000L);
            }
        } finally {
            machine.close();
            for (Thread thread : cpus) {
                thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            }
        }
        assertThat(cpus).noneMatch(Thread::isAlive);
        assertThat(resets.get()).isPositive();
    }

    private void round(long seed) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = CPUS + i;
            Thread thread = new Thread(() -> send(sender, seed + sender));
            thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
            senders.add(thread);
            thread.start();
        }
        for (Thread thread : senders) {
            thread.join();
        }
        assertThat(thrown).isEmpty();
        for (int i = 0; i < CPUS; i++) {
            int cpu = i;
            await(() -> sense(cpu) != 2, "order in progress at CPU " + cpu);
            assertThat(machine.signalProcessor(CPUS, cpu, RESTART, 0)).isZero();
            await(() -> sense(cpu) == 0, "restart of CPU " + cpu);
            long before = machine.vcpu(cpu).counter(Counter.DELIVER_EXTERNAL_CALL);
            await(() -> machine.signalProcessor(CPUS + 1, cpu, 0x02, 0) == 0, "external call to CPU " + cpu);
            await(
                    () -> machine.vcpu(cpu).counter(Counter.DELIVER_EXTERNAL_CALL) > before && sense(cpu) == 0,
                    "delivery to CPU " + cpu);
        }
    }

    private int sense(int cpu) {
        return Machine.conditionCodeOf(machine.signalProcessor(CPUS, cpu, SENSE, 0));
    }
}
