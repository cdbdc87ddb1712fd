package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many more vCPUs than carriers run on virtual threads, and signal each other: with every strategy that parks in the end none starves
 * the others. {@link WaitStrategy#spin} does, and is not for virtual threads.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(300)
class VirtualThreadsTest {
    private static final int VCPUS = 64;
    private static final int ROUNDS = 50;
    private static final int EMERGENCY = 0x03;
    private static final long ENABLED = PswMask.EXTERNAL;

    static Stream<WaitStrategy> strategiesThatPark() {
        return Stream.of(
                WaitStrategy.park(),
                WaitStrategy.spinThenPark(100),
                WaitStrategy.spinYieldPark(10, 10),
                WaitStrategy.adaptive(1, 1000));
    }

    @ParameterizedTest
    @MethodSource("strategiesThatPark")
    void aSignalGoesRoundAllVcpus(WaitStrategy strategy) throws Exception {
        AtomicLongArray taken = new AtomicLongArray(VCPUS);
        List<Thread> threads = new ArrayList<>();
        List<RunOutcome> ended = new ArrayList<>();
        try (GuestMemory storage = GuestMemory.allocate((VCPUS + 1) * 0x2000L);
                Machine machine = Machine.builder(storage)
                        .vcpus(VCPUS)
                        .waitStrategy(strategy)
                        .build()) {
            for (int i = 0; i < VCPUS; i++) {
                VcpuHandle handle = machine.vcpu(i);
                long prefix = (i + 1) * 0x2000L;
                threads.add(startVirtual(() -> {
                    Vcpu vcpu = handle.bind();
                    vcpu.registers().prefix(prefix);
                    vcpu.registers().psw(ENABLED | PswMask.WAIT, 0);
                    vcpu.registers().control(0, 0x4000);
                    RunOutcome outcome = vcpu.run(cpu -> passOn(machine, cpu, taken));
                    synchronized (ended) {
                        ended.add(outcome);
                    }
                }));
            }
            machine.vcpu(0).injectEmergency(VCPUS - 1);
            for (Thread thread : threads) {
                thread.join(TimeUnit.MINUTES.toMillis(4));
                assertThat(thread.isAlive()).isFalse();
            }
        }
        assertThat(ended).hasSize(VCPUS).containsOnly(RunOutcome.EXIT);
        for (int i = 0; i < VCPUS; i++) {
            assertThat(taken.get(i)).isEqualTo(ROUNDS);
        }
    }

    /** The handler of an emergency signal: the next vCPU gets one. */
    private static long passOn(Machine machine, Vcpu cpu, AtomicLongArray taken) {
        int id = cpu.id();
        if (taken.incrementAndGet(id) == ROUNDS) {
            cpu.handle().exit();
        }
        if (id < VCPUS - 1 || taken.get(id) < ROUNDS) {
            machine.signalProcessor(id, (id + 1) % VCPUS, EMERGENCY, 0);
        }
        cpu.loadPsw(ENABLED | PswMask.WAIT, 0);
        return 1;
    }

    /** {@code Thread.startVirtualThread}, which Java 17 does not have. */
    private static Thread startVirtual(Runnable task) throws ReflectiveOperationException {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        return (Thread) start.invoke(null, task);
    }
}
