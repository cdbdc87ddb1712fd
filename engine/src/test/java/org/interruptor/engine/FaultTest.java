package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.SET_PREFIX;
import static org.interruptor.engine.gate.InterruptionType.STOP;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4: the lowcore is not in storage when a delivery needs it. */
class FaultTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void twoVcpusIn32KiB() {
        machine = TestMachine.of(2);
        cpu = machine.cpu(0);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STOP", "SET_PREFIX"})
    void itSaysWhichVcpuWhichPrefixAndWhichInterruption(InterruptionType type) {
        TestVcpu second = machine.cpu(1).prefix(0xffffe000L).inject(type);

        assertThat(second.fault()).isEqualTo(new LowcoreFault(1, 0xffffe000L, type));
        assertThat(second.vcpu().fault())
                .hasToString("vCPU 1: lowcore at prefix 0xffffe000 is not in storage, needed by " + type.label());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STOP", "SET_PREFIX"})
    void nothingIsStoredCountedOrLost(InterruptionType type) {
        cpu.prefix(0x8000).inject(type);

        assertThat(machine.stored(cpu::fault)).isEmpty();
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(cpu.counter(type.counter())).isZero();
        assertThat(machine.recorder().delivered()).isEmpty();
        assertThat(cpu.fault().type()).isEqualTo(type); // again, as often as one likes
        assertThat(cpu.prefix(cpu.lowcore()).deliver()).containsExactly(type);
        assertThat(cpu.counter(type.counter())).isEqualTo(1);
    }

    @Test
    void itIsStillQueuedInItsPlace() {
        cpu.prefix(0x8000).emergency().restart().program(1).fault();

        assertThat(cpu.queued()).containsExactly("program", "emergency", "restart");
        assertThat(cpu.prefix(cpu.lowcore()).deliver()).containsExactly(PROGRAM, EMERGENCY_SIGNAL, RESTART);
    }

    @Test
    void anotherVcpuMayTakeAFloatingOne() {
        machine.virtio(1);
        cpu.prefix(0x8000).fault();

        assertThat(machine.machine().floatingQueued()).isEqualTo(1);
        assertThat(machine.cpu(1).deliver()).containsExactly(VIRTIO);
    }

    @Test
    void whatTheSamePassDeliveredBeforeItStandsAndWhatComesBehindItWaits() {
        machine.virtio(1);
        cpu.restart().setPrefix(0x8000).emergency().stopOrder();

        assertThat(cpu.fault().type()).isEqualTo(EMERGENCY_SIGNAL);
        assertThat(machine.recorder().delivered()).containsExactly(RESTART, SET_PREFIX);
        assertThat(cpu.queued()).containsExactly("emergency", "stop");
    }

    @Test
    void stopAndSetPrefixNeedNoLowcore() {
        cpu.prefix(0x8000).stopOrder().setPrefix(0x10000).stopOrder();

        assertThat(cpu.deliver()).containsExactly(STOP, SET_PREFIX, STOP);
        assertThat(cpu.vcpu().fault()).isNull();
    }

    @Test
    void aPrefixOutsideStorageIsAcceptedAndTheFaultComesWithTheFirstThatNeedsTheLowcore() {
        cpu.setPrefix(0x8000);

        assertThat(cpu.deliver()).containsExactly(SET_PREFIX);
        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.restart().fault().prefix()).isEqualTo(0x8000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0x1000, 0x2fff, 0x3000, 0x6001, 0x7fff})
    void aPrefixThatIsNoMultipleOf8192CountsAsOutside(long prefix) {
        assertThat(cpu.prefix(prefix).restart().fault().prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x2000, 0x4000, 0x6000})
    void theWholeStorageServesTheLastAreaToo(long prefix) {
        assertThat(cpu.prefix(prefix).restart().deliver()).containsExactly(RESTART);
        assertThat(machine.storage().getLong(prefix + 0x128)).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8000, 0xa000, 0x7fffe000L, 0x80000000L, 0xffffe000L})
    void whatLiesBehindTheStorageIsOutside(long prefix) {
        assertThat(cpu.prefix(prefix).restart().fault().prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1000, 0x3000})
    void anAreaThatLiesInStorageInPartIsOutside(int size) {
        Vcpu vcpu = Machine.builder(GuestMemory.wrap(new byte[size]))
                .rules(Rules.ORIGINAL)
                .build()
                .vcpu(0)
                .bind();
        vcpu.registers().prefix(size & ~0x1fff);
        vcpu.handle().injectRestart();

        assertThat(vcpu.deliverPending()).isEqualTo(Vcpu.FAULT);
    }

    @Test
    void attentionIsLeftSet() {
        cpu.prefix(0x8000).restart().fault();

        assertThat(cpu.vcpu().isAttention()).isTrue();
    }

    @Test
    void askingAndWaitingDoNotNeedTheLowcore() {
        cpu.prefix(0x8000).restart();

        assertThat(cpu.vcpu().isPending()).isTrue();
        assertThat(cpu.beginWait()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void theListenerIsTold() {
        cpu.prefix(0x8000).restart().fault();

        assertThat(machine.recorder().events()).containsExactly("inject 0 restart 0 0", "fault 0 restart");
    }
}
