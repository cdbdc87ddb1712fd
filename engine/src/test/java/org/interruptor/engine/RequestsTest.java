package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ALL_GATES;
import static org.interruptor.engine.TestMachine.CLOCK_AT_FIRST;
import static org.interruptor.engine.TestMachine.COMPARATOR;
import static org.interruptor.engine.TestMachine.ENABLED;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.RESTART;

import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 4: attention, requests, and when guest code has to be left. */
class RequestsTest {
    private static final int EXT = CpuFlags.EXT;
    private static final int CR0 = 0x8000;

    private static final long FLOATING = InterruptionType.VIRTIO.subclassMask();

    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    private void assertRequests(int flags, int loadControlIntercepts) {
        assertThat(cpu.vcpu().flags()).isEqualTo(flags);
        assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(loadControlIntercepts);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_SIGNAL", "SERVICE_SIGNAL", "VIRTIO"})
    void onePassedOverBecauseOfThePswLeavesTheExtFlag(InterruptionType type) {
        cpu.pswMask(~PswMask.EXTERNAL).inject(type).deliver();

        assertRequests(EXT, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_SIGNAL", "SERVICE_SIGNAL", "VIRTIO"})
    void onePassedOverBecauseOfCr0LeavesTheCr0Bit(InterruptionType type) {
        cpu.cr0(~type.subclassMask()).inject(type).deliver();

        assertRequests(0, CR0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_SIGNAL", "SERVICE_SIGNAL", "VIRTIO"})
    void onePassedOverBecauseOfBothLeavesTheExtFlagAlone(InterruptionType type) {
        cpu.pswMask(0).cr0(0).inject(type).deliver();

        assertRequests(EXT, 0);
    }

    @Test
    void bothAreLeftWhereThePswChangesInBetween() {
        cpu.cr0(0).restartNewPsw(0).emergency().restart();
        assertThat(cpu.deliver()).containsExactly(RESTART);

        assertRequests(EXT, CR0);
    }

    @Test
    void aClosedGateOfTheClockComparatorLeavesNoRequest() {
        cpu.comparatorDue().cr0(0).deliver();
        assertRequests(0, 0);

        cpu.pswMask(0).deliver();
        assertRequests(0, 0);
    }

    @Test
    void aRequestStaysEvenIfWhatItIsForIsDeliveredLaterInTheSamePass() {
        cpu.pswMask(0).restartNewPsw(ENABLED).emergency().restart();
        assertThat(cpu.deliver()).containsExactly(RESTART, EMERGENCY_SIGNAL);

        assertRequests(EXT, 0);
    }

    @Test
    void onesThatAreNotInFrontLeaveARequestToo() {
        cpu.cr0(0).restart().emergency().deliver();

        assertRequests(0, CR0);
    }

    @Test
    void theExtFlagSaysLeaveOnceAPswEnablesExternalInterruptions() {
        cpu.pswMask(0).emergency().deliver();

        assertThat(cpu.vcpu().loadPsw(~PswMask.EXTERNAL, 1)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, -1)).isFalse();
        assertThat(cpu.vcpu().loadPsw(PswMask.EXTERNAL, 2)).isTrue();
        assertThat(cpu.registers().pswMask()).isEqualTo(PswMask.EXTERNAL);
        assertThat(cpu.registers().pswAddress()).isEqualTo(2);
    }

    @Test
    void theCr0BitSaysLeaveOnceCr0IsLoaded() {
        cpu.cr0(0).emergency().deliver();

        assertThat(cpu.vcpu().loadPsw(PswMask.EXTERNAL, 1)).isFalse();
        assertThat(cpu.vcpu().loadControl(1, 7)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, 0)).isTrue();
        assertThat(cpu.registers().control(1)).isEqualTo(7);
    }

    @Test
    void nothingSaysLeaveWhereThereIsNoRequest() {
        cpu.deliver();

        assertThat(cpu.vcpu().loadPsw(-1, 1)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, -1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void aPswThatOpensADueClockComparatorSaysLeave(long behind, boolean leave) {
        cpu.pswMask(0).comparator(CLOCK_AT_FIRST + behind).deliver();

        assertThat(cpu.vcpu().loadPsw(~PswMask.EXTERNAL, 0)).isFalse();
        assertThat(cpu.vcpu().loadPsw(PswMask.EXTERNAL, 0)).isEqualTo(leave);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void aCr0ThatOpensADueClockComparatorSaysLeave(long behind, boolean leave) {
        cpu.cr0(0).comparator(CLOCK_AT_FIRST + behind).deliver();

        assertThat(cpu.vcpu().loadControl(2, COMPARATOR)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, ~COMPARATOR)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, COMPARATOR)).isEqualTo(leave);
    }

    @Test
    void aClockComparatorThatComesDueBehindAnOpenGateIsNotMetByALoad() {
        cpu.deliver();
        cpu.comparator(CLOCK_AT_FIRST - 1);

        assertThat(cpu.vcpu().loadPsw(PswMask.EXTERNAL, 0)).isFalse();
        assertThat(cpu.vcpu().loadControl(0, COMPARATOR)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVICE_SIGNAL", "VIRTIO"})
    void aGateThatOpensMeetsAFloatingInterruptionOfWhichAnotherVcpuWasNotified(InterruptionType type) {
        machine = TestMachine.of(2);
        machine.machine().inject(type.rawNumber(), 1, 1); // of two that run, the first is notified
        Vcpu other = machine.cpu(1).vcpu();
        assertThat(machine.cpu(0).vcpu().isAttention()).isTrue();
        assertThat(other.isAttention()).isFalse();

        assertThat(other.loadPsw(PswMask.EXTERNAL, 0)).isFalse(); // was open, as it had been at the injection
        assertThat(other.loadPsw(0, 0)).isFalse();
        assertThat(other.loadPsw(PswMask.EXTERNAL, 0)).isTrue();
        assertThat(other.loadControl(0, 0)).isFalse();
        assertThat(other.loadControl(1, -1)).isFalse();
        assertThat(other.loadControl(0, FLOATING)).isTrue();
        other.deliverPending();
        assertThat(other.loadPsw(0, 0)).isFalse();
        assertThat(other.loadPsw(PswMask.EXTERNAL, 0)).isFalse();
    }

    @Test
    void requestsAreNotAttentionSoAGuestThatKeepsItsGatesClosedRunsOn() {
        machine.virtio(1);
        cpu.pswMask(0).emergency().deliver();

        assertThat(cpu.vcpu().isAttention()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOCK_COMPARATOR")
    void attentionIsSetByEachInjectionUntilTheNextDelivery(InterruptionType type) {
        cpu.pswMask(0);
        for (int i = 0; i < 3; i++) {
            assertThat(cpu.vcpu().isAttention()).isFalse();
            cpu.inject(type);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            cpu.deliver();
        }
    }

    @Test
    void attentionIsSetByAKickUntilItIsTakenBeforeOrBehindADelivery() {
        for (int i = 0; i < 3; i++) {
            cpu.handle().kick();
            assertThat(cpu.vcpu().isAttention()).isTrue();
            cpu.deliver();
            assertThat(cpu.vcpu().isAttention()).isTrue();
            assertThat(cpu.vcpu().takeKick()).isTrue();
            assertThat(cpu.vcpu().isAttention()).isFalse();
            cpu.handle().kick();
            assertThat(cpu.vcpu().takeKick()).isTrue();
            cpu.deliver();
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }
    }

    @Test
    void takingAKickClearsNoAttentionForAnythingElse() {
        cpu.handle().kick();
        cpu.deliver();
        cpu.emergency();
        assertThat(cpu.vcpu().takeKick()).isTrue();
        assertThat(cpu.vcpu().isAttention()).isTrue();
        cpu.deliver();
        assertThat(cpu.vcpu().isAttention()).isFalse();
    }

    @Test
    void takingAKickLeavesAttentionToTheDelivery() {
        cpu.handle().kick();
        cpu.vcpu().takeKick();

        assertThat(cpu.vcpu().isAttention()).isTrue();
    }

    @Test
    void theTimeToTheClockComparatorIsCutOff() {
        assertThat(cpu.comparator(CLOCK_AT_FIRST + 4096).vcpu().nanosToTimer()).isEqualTo(1000);
        assertThat(cpu.comparator(CLOCK_AT_FIRST + 4095).vcpu().nanosToTimer()).isEqualTo(999);
        assertThat(cpu.comparator(CLOCK_AT_FIRST).vcpu().nanosToTimer()).isZero();
        assertThat(cpu.comparatorDue().vcpu().nanosToTimer()).isZero();
    }

    @Test
    void aClockComparatorThatMayNotBeTakenIsNotWaitedForAndReadsNoClock() {
        AtomicInteger readings = new AtomicInteger();
        Machine counting = Machine.builder(GuestMemory.wrap(new byte[0x2000]))
                .rules(Rules.ORIGINAL)
                .clock(readings::incrementAndGet)
                .build();
        Vcpu vcpu = counting.vcpu(0).bind();
        vcpu.registers().control(0, ALL_GATES & ~COMPARATOR);
        vcpu.registers().psw(ENABLED, 0);

        assertThat(vcpu.nanosToTimer()).isEqualTo(Long.MAX_VALUE);
        vcpu.deliverPending();
        vcpu.isPending();
        vcpu.beginWait(() -> {});
        assertThat(readings).hasValue(0);
    }
}
