package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Section 3: injectors that run into the bound together get the places that there are, and no more. */
class ConcurrentInjectionTest {
    private static final int INJECTORS = 4;
    private static final int ROUNDS = 30;

    /** Lets all injectors inject until they are refused as full. */
    private static int acceptedUntilFull(Supplier<InjectResult> injection) throws InterruptedException {
        AtomicInteger accepted = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(INJECTORS);
        List<Thread> injectors = new ArrayList<>();
        for (int i = 0; i < INJECTORS; i++) {
            injectors.add(new Thread(() -> {
                try {
                    barrier.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                while (injection.get() == InjectResult.ACCEPTED) {
                    accepted.incrementAndGet();
                }
            }));
        }
        injectors.forEach(Thread::start);
        for (Thread injector : injectors) {
            injector.join();
        }
        return accepted.get();
    }

    @Test
    void ofTheFloatingQueue() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            TestMachine machine = TestMachine.of(1, options -> options.floatingCapacity(64));

            assertThat(acceptedUntilFull(() -> machine.machine().injectVirtio(1, 2)))
                    .isEqualTo(64);
            assertThat(machine.cpu(0).deliver()).hasSize(64);
        }
    }

    @Test
    void ofALocalQueue() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            TestVcpu cpu =
                    TestMachine.of(1, options -> options.localCapacity(64)).cpu(0);

            assertThat(acceptedUntilFull(cpu.vcpu()::injectRestart)).isEqualTo(64);
            assertThat(cpu.deliver()).hasSize(64);
        }
    }

    @Test
    void ofEmergencySignals() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            TestVcpu cpu = TestMachine.of(1).cpu(0).emergenciesArrived(LocalQueue.MAX_EMERGENCIES - 1000);

            assertThat(acceptedUntilFull(cpu.vcpu()::injectEmergency)).isEqualTo(1000);
            assertThat(cpu.vcpu().queued()).isEqualTo(LocalQueue.MAX_EMERGENCIES);
        }
    }
}
