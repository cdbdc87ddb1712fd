package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.SERVICE_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.SET_PREFIX;
import static org.interruptor.engine.gate.InterruptionType.STOP;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.QueuedInterruption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is queued can be listed, in queue order, and stays as it is. */
class ListingTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    @Test
    void localOnesWithTheirParametersEmergencySignalsCounted() {
        cpu.emergency().emergency().restart().program(1).setPrefix(-8192).emergency();
        cpu.raise(2).stopOrder().emergency().emergency().emergency();

        assertThat(cpu.vcpu().queuedLocal())
                .containsExactly(
                        new QueuedInterruption(PROGRAM, 2, 0, 1),
                        new QueuedInterruption(PROGRAM, 1, 0, 1),
                        new QueuedInterruption(EMERGENCY_SIGNAL, 0, 0, 2),
                        new QueuedInterruption(RESTART, 0, 0, 1),
                        new QueuedInterruption(SET_PREFIX, -8192, 0, 1),
                        new QueuedInterruption(EMERGENCY_SIGNAL, 0, 0, 1),
                        new QueuedInterruption(STOP, 0, 0, 1),
                        new QueuedInterruption(EMERGENCY_SIGNAL, 0, 0, 3));
    }

    @Test
    void maskedEmergencySignalsThatWereLeftBehindComeFirst() {
        cpu.mask(EMERGENCY).emergency().restart().emergency().deliver();
        cpu.stopOrder();

        assertThat(cpu.queued()).containsExactly("emergency*2", "stop");
    }

    @Test
    void floatingOnesWithTheirParameters() {
        machine.machine().injectVirtio(1, -2);
        machine.machine().injectService(3);

        assertThat(machine.machine().queuedFloating())
                .containsExactly(
                        new QueuedInterruption(VIRTIO, 1, -2, 1), new QueuedInterruption(SERVICE_SIGNAL, 3, 0, 1));
    }

    @Test
    void floatingOnesAsOftenAsTheRingHasGoneRound() {
        TestMachine small = TestMachine.of(1, options -> options.floatingCapacity(4));
        for (int i = 0; i < 50; i++) {
            small.virtio(i).virtio(i + 1).virtio(i + 2);
            assertThat(small.machine().queuedFloating())
                    .extracting(QueuedInterruption::parameter)
                    .containsExactly(i, i + 1, i + 2);
            small.cpu(0).deliver();
            assertThat(small.machine().queuedFloating()).isEmpty();
        }
    }

    @Test
    void whileOthersInjectAndTakeAListIsInOrderAndItsEntriesAreWhole() throws InterruptedException {
        TestMachine small =
                TestMachine.of(1, options -> options.floatingCapacity(8).listener(new EngineListener() {}));
        AtomicBoolean isOver = new AtomicBoolean();
        Thread busy = new Thread(() -> {
            for (int i = 0; !isOver.get(); i++) {
                small.machine().injectVirtio(i, i);
                if (i % 5 == 0) {
                    small.cpu(0).vcpu().deliverPending();
                }
            }
        });
        busy.start();
        for (int i = 0; i < 20_000; i++) {
            List<QueuedInterruption> list = small.machine().queuedFloating();
            for (int k = 1; k < list.size(); k++) {
                assertThat(list.get(k).parameter())
                        .isGreaterThan(list.get(k - 1).parameter());
                assertThat(list.get(k).parameter64()).isEqualTo(list.get(k).parameter());
            }
        }
        isOver.set(true);
        busy.join();
    }

    @Test
    void listingChangesNothing() {
        cpu.restart().emergency();
        machine.virtio(1);
        machine.machine().queuedFloating();
        cpu.queued();

        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.deliver()).containsExactly(RESTART, EMERGENCY_SIGNAL, VIRTIO);
    }

    @Test
    void localOnesCanBeListedInTheWait() {
        cpu.mask(EMERGENCY).waits().emergency();

        assertThat(cpu.queued()).containsExactly("emergency");
        assertThat(cpu.handle().isWaiting()).isTrue();
    }

    @Test
    void ofAnEmptyQueueTheListIsEmpty() {
        assertThat(cpu.vcpu().queuedLocal()).isEmpty();
        assertThat(machine.machine().queuedFloating()).isEmpty();
    }
}
