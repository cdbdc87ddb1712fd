package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.contract.WaitOutcome.CLOSED;
import static org.interruptor.engine.contract.WaitOutcome.KICKED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import org.interruptor.engine.gate.Counter;
import org.junit.jupiter.api.Test;

/**
 * Section 6: no injection may be lost between the first look and sleeping. The engine calls the embedder on its way, to read
 * the clock and to wake others; what these calls do comes exactly in between.
 */
class WaitRacesTest {
    private static final int FAR_AHEAD = 1_000_000;

    /** What happens when the clock is read: after the first look at the queues, before the wait opens. */
    private Runnable atReading = () -> {};

    private final TestMachine machine = TestMachine.of(
            6,
            options -> options.clock(() -> {
                Runnable action = atReading;
                atReading = () -> {};
                action.run();
                return TestMachine.CLOCK_AT_FIRST;
            }));

    private final TestVcpu cpu = machine.cpu(0).comparator(TestMachine.CLOCK_AT_FIRST + FAR_AHEAD);

    @Test
    void aLocalOneBehindTheFirstLookIsSeen() {
        atReading = cpu::emergency;

        assertThat(cpu.beginWait()).isEqualTo(READY);
        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL);
    }

    @Test
    void aFloatingOneBehindTheFirstLookIsSeen() {
        atReading = () -> machine.virtio(1);

        assertThat(cpu.beginWait()).isEqualTo(READY);
        assertThat(cpu.deliver()).containsExactly(VIRTIO);
    }

    @Test
    void aKickBehindTheFirstLookIsSeen() {
        atReading = cpu.handle()::kick;

        assertThat(cpu.beginWait()).isEqualTo(KICKED);
    }

    @Test
    void aCloseBehindTheFirstLookIsSeen() {
        atReading = machine.machine()::close;

        assertThat(cpu.beginWait()).isEqualTo(CLOSED);
    }

    @Test
    void aStartBehindTheFirstLookIsSeen() {
        cpu.vcpu().stop(); // so it reads no clock; but it hands on
        leaveOneTo(machine.cpu(2), cpu.handle()::start);

        assertThat(cpu.beginWait()).isEqualTo(READY);
    }

    @Test
    void theSameInTheBlockingForm() {
        atReading = cpu::restart;
        assertThat(cpu.vcpu().enterWait()).isEqualTo(READY);
        assertThat(cpu.deliver()).containsExactly(RESTART);

        atReading = cpu.handle()::kick;
        assertThat(cpu.vcpu().enterWait()).isEqualTo(KICKED);
    }

    @Test
    void aClaimBetweenTheLookBehindTheOpeningAndParkingIsSeen() {
        claimWhileHandingOnBehindTheOpening();

        assertThat(cpu.mask(FLOATING).beginWait()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(1);
        assertThat(machine.woken()).doesNotContain(0); // it has never slept
        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL);
    }

    @Test
    void theSameClaimInTheBlockingForm() {
        claimWhileHandingOnBehindTheOpening();

        assertThat(cpu.mask(FLOATING).vcpu().enterWait()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(1);
    }

    /** The head that vCPU 0 hands on before it opens its wait is another one when it looks again, so it hands on again. */
    private void claimWhileHandingOnBehindTheOpening() {
        leaveOneTo(machine.cpu(2), () -> {
            assertThat(machine.cpu(5).deliver()).containsExactly(VIRTIO);
            machine.cpu(3).waits();
            machine.cpu(4).vcpu().beginWait(cpu::emergency);
            machine.virtio(2); // wakes vCPU 3
        });
    }

    /** A floating interruption is queued whose vCPU, 1, does not take it; who is handed it is {@code next}. */
    private void leaveOneTo(TestVcpu next, Runnable whenWoken) {
        machine.cpu(1).waits();
        next.vcpu().beginWait(whenWoken);
        assertThat(machine.virtio(1).woken()).containsExactly(1);
        assertThat(machine.cpu(1).endWait()).isEqualTo(READY);
    }
}
