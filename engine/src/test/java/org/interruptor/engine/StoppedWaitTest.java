package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.CLOCK_AT_FIRST;
import static org.interruptor.engine.contract.WaitOutcome.CLOSED;
import static org.interruptor.engine.contract.WaitOutcome.DISABLED;
import static org.interruptor.engine.contract.WaitOutcome.KICKED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.contract.WaitOutcome.WAITING;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 6: the wait of a stopped vCPU. */
class StoppedWaitTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneStoppedVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
        cpu.vcpu().stop();
    }

    @Test
    void itIsNeverDisabled() {
        assertThat(cpu.pswMask(0).beginWait()).isEqualTo(WAITING);
    }

    @Test
    void aLocalOneThatIsNoExternalInterruptionEndsIt() {
        cpu.pswMask(0).waits().restart();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(READY);
    }

    @Test
    void aLocalOneFromBeforeEndsItAtOnce() {
        assertThat(cpu.restart().beginWait()).isEqualTo(READY);
    }

    @Test
    void anEmergencySignalDoesNotEndItAndIsTakenOnceItIsStarted() {
        cpu.emergency().waits().emergency();
        assertThat(machine.woken()).isEmpty();
        assertThat(cpu.endWait()).isEqualTo(WAITING);

        cpu.handle().start();
        assertThat(cpu.endWait()).isEqualTo(READY);
        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL, EMERGENCY_SIGNAL);
    }

    @Test
    void startingEndsIt() {
        cpu.waits().handle().start();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(READY);
        assertThat(cpu.vcpu().isOperating()).isTrue();
    }

    @Test
    void startingTwiceCallsBackOnce() {
        cpu.waits().handle().start();
        cpu.handle().start();

        assertThat(machine.woken()).containsExactly(0);
    }

    @Test
    void startingEndsTheBlockingFormToo() {
        Waiter waiter = Waiter.parked(cpu);
        cpu.handle().start();

        assertThat(waiter.outcome()).isEqualTo(READY);
    }

    @Test
    void aKickOrClosingEndsIt() {
        cpu.waits().handle().kick();
        assertThat(cpu.endWait()).isEqualTo(KICKED);

        cpu.waits();
        machine.machine().close();
        assertThat(cpu.endWait()).isEqualTo(CLOSED);
    }

    @Test
    void aFloatingOneDoesNot() {
        machine.virtio(1);
        cpu.waits();
        machine.virtio(2);

        assertThat(machine.woken()).isEmpty();
        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void theClockComparatorDoesNot() {
        assertThat(cpu.comparatorDue().beginWait()).isEqualTo(WAITING);
        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(-1);
        machine.clock().advance(1000);

        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void theClockComparatorDoesNotIfItBecomesDueLater() {
        cpu.comparator(CLOCK_AT_FIRST + 1).waits();
        machine.clock().advance(1000);

        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void onceStartedAWaitIsAnyOther() {
        cpu.handle().start();
        assertThat(cpu.pswMask(0).beginWait()).isEqualTo(READY); // no delivery has seen the start
        cpu.deliver();

        assertThat(cpu.beginWait()).isEqualTo(DISABLED);
        assertThat(cpu.pswMask(-1).beginWait()).isEqualTo(WAITING);
        assertThat(machine.virtio(1).woken()).containsExactly(0);
    }
}
