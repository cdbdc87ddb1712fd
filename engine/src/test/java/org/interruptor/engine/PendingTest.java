package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.CLOCK_AT_FIRST;

import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 5: is there one that could be taken now? */
class PendingTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    @Test
    void noWhereNothingIsQueuedAndTheClockComparatorIsNotDue() {
        assertThat(cpu.comparator(CLOCK_AT_FIRST).vcpu().isPending()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void yesWhereOneMayBeTaken(InterruptionType type) {
        assertThat(cpu.inject(type).vcpu().isPending()).isTrue();
        cpu.comparator(-1).deliver();
        assertThat(cpu.vcpu().isPending()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_SIGNAL", "CLOCK_COMPARATOR", "SERVICE_SIGNAL", "VIRTIO"})
    void noWhereItsGateIsClosed(InterruptionType type) {
        cpu.inject(type);

        assertThat(cpu.cr0(~type.subclassMask()).vcpu().isPending()).isFalse();
        assertThat(cpu.cr0(-1).pswMask(0).vcpu().isPending()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROGRAM", "STOP", "SET_PREFIX", "RESTART"})
    void yesForWhatIsTakenAlwaysWhateverIsMaskedInFront(InterruptionType type) {
        cpu.pswMask(0).cr0(0).emergency().inject(type);

        assertThat(cpu.vcpu().isPending()).isTrue();
    }

    @Test
    void yesForAFloatingOneWhereTheLocalOnesAreMasked() {
        cpu.cr0(TestMachine.FLOATING).emergency();
        assertThat(cpu.vcpu().isPending()).isFalse();

        assertThat(machine.virtio(1).cpu(0).vcpu().isPending()).isTrue();
    }

    @Test
    void aStoppedVcpuCouldTakeNoExternalInterruption() {
        cpu.vcpu().stop();
        machine.virtio(1);

        assertThat(cpu.comparatorDue().emergency().vcpu().isPending()).isFalse();
        assertThat(cpu.restart().vcpu().isPending()).isTrue();
    }

    @Test
    void askingChangesNothing() {
        cpu.cr0(TestMachine.EMERGENCY).restart().emergency().raise(3);
        machine.virtio(1);

        assertThat(machine.stored(cpu.vcpu()::isPending)).isEmpty();
        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.EXT);
        assertThat(cpu.vcpu().loadControlIntercepts()).isZero();
        assertThat(cpu.queued()).containsExactly("program", "restart", "emergency");
        assertThat(machine.machine().floatingQueued()).isEqualTo(1);
        assertThat(machine.machine().idleCount()).isZero();
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isZero();
    }

    @Test
    void askingLeavesNoRequestBehindAndTakesNoneAway() {
        cpu.cr0(0).emergency().vcpu().isPending();
        assertThat(cpu.vcpu().loadControlIntercepts()).isZero();
        cpu.deliver();
        cpu.cr0(-1).vcpu().isPending();

        assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(0x8000);
    }

    @Test
    void askingTakesNoKick() {
        cpu.handle().kick();
        cpu.vcpu().isPending();

        assertThat(cpu.handle().isKickPending()).isTrue();
        assertThat(cpu.vcpu().isAttention()).isTrue();
    }
}
