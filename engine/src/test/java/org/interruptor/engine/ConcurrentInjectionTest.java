package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.contract.InjectResult.ACCEPTED;
import static org.interruptor.engine.contract.InjectResult.FULL;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.queue.LocalQueue;
import org.junit.jupiter.api.Test;

/** Section 3: injectors that run into the bound together get the places that there are, and no more. */
class ConcurrentInjectionTest {
    private static final int ROUNDS = 10_000;

    private final TestMachine machine = TestMachine.of(
            1, options -> options.localCapacity(2).floatingCapacity(2).listener(new EngineListener() {}));

    private final VcpuHandle handle = machine.cpu(0).handle();

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    /** There is one place, and two injectors come for it at once; again and again. */
    private static void assertOneOfTwoGetsThePlace(Runnable leaveOnePlace, Supplier<InjectResult> injection)
            throws InterruptedException {
        AtomicInteger round = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        InjectResult[] answer = new InjectResult[1];
        Thread other = new Thread(() -> {
            for (int i = 1; i <= ROUNDS; i++) {
                spinUntil(round, i);
                answer[0] = injection.get();
                answered.set(i);
            }
        });
        other.setDaemon(true);
        other.start();
        for (int i = 1; i <= ROUNDS; i++) {
            leaveOnePlace.run();
            round.set(i);
            InjectResult own = injection.get();
            spinUntil(answered, i);
            assertThat(new InjectResult[] {own, answer[0]}).containsExactlyInAnyOrder(ACCEPTED, FULL);
        }
        other.join();
    }

    private static void spinUntil(AtomicInteger variable, int value) {
        for (int looks = 0; variable.get() != value; looks++) {
            if (looks < 1000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Test
    void ofTheFloatingRing() throws InterruptedException {
        assertOneOfTwoGetsThePlace(
                () -> {
                    vcpu().deliverPending();
                    machine.virtio(1);
                },
                () -> machine.machine().injectVirtio(2, 3));
    }

    @Test
    void ofALocalQueue() throws InterruptedException {
        assertOneOfTwoGetsThePlace(
                () -> {
                    vcpu().deliverPending();
                    machine.cpu(0).restart();
                },
                handle::injectRestart);
    }

    @Test
    void ofEmergencySignals() throws InterruptedException {
        assertOneOfTwoGetsThePlace(
                () -> machine.cpu(0).emergenciesArrived(LocalQueue.MAX_EMERGENCIES - 1), handle::injectEmergency);
    }
}
