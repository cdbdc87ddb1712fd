package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Books under architecture rules: accepted = delivered + queued + discarded + withdrawn, for each class. */
class ArchitectureBooksTest {
    private final TestMachine machine = ArchitectureMachine.of(2);
    private final TestVcpu cpu = machine.cpu(0);

    ArchitectureBooksTest() {
        machine.cpu(1).vcpu().stop(); // floating ones are for the first
    }

    private void assertBooks(PendingClass pending, long accepted, long queued, long discarded) {
        boolean isLocal = pending.type().isLocal();
        assertThat(isLocal ? cpu.handle().accepted() : machine.machine().floatingAccepted())
                .as("accepted")
                .isEqualTo(accepted);
        assertThat(isLocal ? cpu.handle().queued() : machine.machine().floatingQueued())
                .as("queued")
                .isEqualTo(queued);
        assertThat(isLocal ? cpu.handle().discarded() : machine.machine().floatingDiscarded())
                .as("discarded")
                .isEqualTo(discarded);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER"},
            mode = EnumSource.Mode.EXCLUDE)
    void fromInjectionToDelivery(PendingClass pending) {
        cpu.pswMask(0);
        pending.put(machine, cpu);
        assertBooks(pending, 1, 1, 0);
        boolean isTwo = pending.put(machine, cpu) == InjectResult.ACCEPTED;
        assertBooks(pending, isTwo ? 2 : 1, isTwo ? 2 : 1, 0);
        cpu.pswMask(TestMachine.ENABLED).deliver();
        assertBooks(pending, isTwo ? 2 : 1, 0, 0);
        long coalesced = machine.machine().snapshot().gauge(MachineGauge.COALESCED) + cpu.counter(Counter.COALESCED);
        assertThat(coalesced).isEqualTo(pending.second() == InjectResult.COALESCED ? 1 : 0);
        assertThat(cpu.counter(Counter.REFUSED)).isEqualTo(pending.second() == InjectResult.BUSY ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatAResetDiscardsIsCounted(PendingClass pending) {
        cpu.pswMask(0);
        pending.put(machine, cpu);
        cpu.vcpu().reset();
        machine.machine().resetSubsystem();

        assertBooks(pending, 1, 0, 1);
    }

    @Test
    void anOrderThatAResetCancelsIsDiscarded() {
        cpu.handle().injectRestart();
        machine.machine().reset(ResetKind.CPU, () -> {});

        assertThat(cpu.counter(Counter.CANCELLED_BY_RESET)).isEqualTo(1);
        assertThat(cpu.handle().accepted()).isEqualTo(1);
        assertThat(cpu.handle().discarded()).isEqualTo(1);
    }

    @Test
    void anOwnProgramInterruptionThatAResetDiscardsIsCounted() {
        cpu.vcpu().raiseProgram(1);
        cpu.vcpu().reset();

        assertThat(cpu.handle().discarded()).isEqualTo(1);
    }

    @Test
    void aWithdrawnOneIsInTheBooks() {
        IoSource source = machine.machine().subchannel(0x10001);
        source.inject(1, 0);
        source.withdraw();
        source.inject(2, 0);

        assertThat(machine.machine().snapshot().gauge(MachineGauge.WITHDRAWN)).isEqualTo(1);
        assertThat(machine.machine().floatingAccepted()).isEqualTo(2);
        assertThat(machine.machine().floatingQueued()).isEqualTo(1);
    }

    @Test
    void whatASuppressionModeHoldsBackIsCounted() {
        machine.machine().suppression(3, true);
        machine.machine().injectAdapter(3, true);
        machine.machine().injectAdapter(3, true);

        assertThat(machine.machine().snapshot().gauge(MachineGauge.SUPPRESSED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CLOCK_COMPARATOR",
                "CPU_TIMER",
                "EMERGENCY_SIGNAL",
                "SERVICE_SIGNAL",
                "VIRTIO",
                "PAGE_FAULT_COMPLETION"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsPendingShowsByItsGate(PendingClass pending) {
        pending.put(machine, cpu);
        Gate gate = pending.gate();
        long gates = pending.type().isLocal()
                ? machine.machine().snapshot().gauge(0, VcpuGauge.PENDING_GATES)
                : machine.machine().snapshot().gauge(MachineGauge.PENDING_GATES);

        assertThat(gates).isEqualTo(1L << gate.ordinal());
        assertThat(cpu.vcpu().explain()).contains("pending: 1 ").contains(", may be taken");
        cpu.pswMask(0).deliver();
        assertThat(cpu.vcpu().explain())
                .contains("held back by the PSW's ")
                .contains("leave guest code when a PSW opens ");
    }

    @Test
    void requestsOfEachKindShow() {
        cpu.registers().control(6, 0);
        cpu.registers().control(14, 0);
        machine.machine().injectAdapter(3, false);
        machine.machine().injectChannelReport();
        cpu.deliver();

        long conditions = machine.machine().snapshot().gauge(0, VcpuGauge.CONDITIONS);
        assertThat(VcpuCondition.CR6_REQUEST.isIn(conditions)).isTrue();
        assertThat(VcpuCondition.CR14_REQUEST.isIn(conditions)).isTrue();
        assertThat(cpu.vcpu().explain())
                .contains("pending: 1 io-3 or more, for any vCPU, held back by CR6 0x10000000")
                .contains("pending: 1 channel-report or more, for any vCPU, held back by CR14 0x10000000");
    }

    @Test
    void aWaitTellsOfTheGatesThatAreOpen() {
        cpu.registers().control(6, 0x1000_0000L);
        cpu.registers().control(0, 0x2000);
        cpu.pswMask(PswMask.WAIT | TestMachine.ENABLED);
        cpu.waits();

        assertThat(machine.machine().explain()).contains("external-call, io-3, a kick or closing");
    }
}
