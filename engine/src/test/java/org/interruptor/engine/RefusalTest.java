package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.contract.InjectResult.ACCEPTED;
import static org.interruptor.engine.contract.InjectResult.CLOSED;
import static org.interruptor.engine.contract.InjectResult.FULL;
import static org.interruptor.engine.contract.InjectResult.INVALID;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.STOP;

import java.util.Collections;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.LocalQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: what is refused, as what, and that it has had no effect. */
class RefusalTest {
    private static final int UNKNOWN = 0xffff1004;

    private static TestMachine small() {
        return TestMachine.of(1, options -> options.localCapacity(2).floatingCapacity(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfffe0000, 0xfffe0001, 0xfffe0002, 0xfffe0003, 0xffff1201, UNKNOWN, 0, -1, 0x2603})
    void aFloatingInjectionTakesServiceAndVirtioOnly(int rawType) {
        TestMachine machine = TestMachine.of(1);

        assertThat(machine.machine().inject(rawType, 1, 0)).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xffff2401, 0xffff2603, UNKNOWN, 0, -1, 0x1201})
    void aLocalInjectionTakesNeitherFloatingNorUnknownTypes(int rawType) {
        assertThat(TestMachine.of(1).cpu(0).handle().inject(rawType, 1)).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10000, -1, Integer.MIN_VALUE, 0x7fff0000})
    void aProgramInterruptionCodeHas16Bits(int code) {
        Vcpu vcpu = TestMachine.of(1).cpu(0).vcpu();

        assertThat(vcpu.handle().injectProgram(code)).isEqualTo(INVALID);
        assertThat(vcpu.handle().inject(PROGRAM.rawNumber(), code)).isEqualTo(INVALID);
        assertThat(vcpu.raiseProgram(code)).isEqualTo(INVALID);
        assertThat(vcpu.handle().injectProgram(0xffff)).isEqualTo(ACCEPTED);
        assertThat(vcpu.handle().inject(PROGRAM.rawNumber(), 0)).isEqualTo(ACCEPTED);
        assertThat(vcpu.raiseProgram(0xffff)).isEqualTo(ACCEPTED);
    }

    @Test
    void onlyProgramCodesAreLimitedTo16Bits() {
        Vcpu vcpu = TestMachine.of(1).cpu(0).vcpu();

        for (InterruptionType type : new InterruptionType[] {STOP, RESTART, EMERGENCY_SIGNAL}) {
            assertThat(vcpu.handle().inject(type.rawNumber(), -1))
                    .as("%s", type)
                    .isEqualTo(ACCEPTED);
        }
    }

    @Test
    void anInvalidInjectionHasNoEffectButItsCount() {
        TestMachine machine = TestMachine.of(1);
        TestVcpu cpu = machine.cpu(0).waits();

        machine.machine().inject(UNKNOWN, 1, 0);
        cpu.handle().inject(UNKNOWN, 1);
        cpu.handle().injectProgram(0x10000);
        assertThat(machine.woken()).isEmpty();
        assertThat(machine.attentive()).isEmpty();
        assertThat(cpu.queued()).isEmpty();
        assertThat(machine.machine().queuedFloating()).isEmpty();
        assertThat(machine.recorder().events()).containsExactly("wait 0");
        assertThat(cpu.counter(Counter.REFUSED)).isEqualTo(2);
        assertThat(machine.machine().floatingRefused()).isEqualTo(1);
    }

    @Test
    void aFullFloatingRingRefusesWithoutEffectUntilOneIsTaken() {
        TestMachine machine = small().virtio(1).virtio(2);
        TestVcpu cpu = machine.cpu(0).mask(TestMachine.FLOATING);
        cpu.deliver();

        assertThat(machine.machine().injectVirtio(3, 0)).isEqualTo(FULL);
        assertThat(machine.machine().injectService(3)).isEqualTo(FULL);
        assertThat(machine.attentive()).isEmpty();
        assertThat(machine.machine().floatingRefused()).isEqualTo(2);
        assertThat(machine.machine().floatingQueued()).isEqualTo(2);
        assertThat(machine.recorder().events()).hasSize(2);
        assertThat(cpu.cr0(-1).deliver()).hasSize(2);
        assertThat(machine.machine().injectService(3)).isEqualTo(ACCEPTED);
    }

    @Test
    void aFullLocalQueueRefusesWithoutEffectUntilOneIsTaken() {
        TestMachine machine = small();
        TestVcpu cpu = machine.cpu(0).program(1).program(2);

        assertThat(cpu.handle().injectProgram(3)).isEqualTo(FULL);
        assertThat(cpu.handle().injectStop()).isEqualTo(FULL);
        assertThat(cpu.handle().injectRestart()).isEqualTo(FULL);
        assertThat(cpu.handle().injectSetPrefix(0)).isEqualTo(FULL);
        assertThat(cpu.handle().isStopOnStop()).isFalse();
        assertThat(cpu.counter(Counter.REFUSED)).isEqualTo(4);
        assertThat(machine.recorder().events()).hasSize(2);
        assertThat(cpu.deliver()).containsExactly(PROGRAM, PROGRAM);
        assertThat(cpu.handle().injectStop()).isEqualTo(ACCEPTED);
    }

    @Test
    void theVcpusOwnProgramInterruptionHasAPlaceInAQueueThatOthersHaveFilled() {
        TestMachine machine = small();
        TestVcpu cpu = machine.cpu(0).restart().restart();
        for (int i = 0; i < 5; i++) {
            cpu.raise(i);
            assertThat(cpu.handle().injectRestart()).isEqualTo(FULL);
            assertThat(cpu.vcpu().raiseProgram(9)).isEqualTo(FULL); // a second one before a delivery
            machine.recorder().atNextDelivery(cpu.handle()::kick);
            assertThat(cpu.deliver()).containsExactly(PROGRAM);
            cpu.vcpu().takeKick();
            assertThat(cpu.handle().injectRestart()).isEqualTo(FULL); // what it left is no place for others
        }
        assertThat(cpu.deliver()).containsExactly(RESTART, RESTART);
    }

    @Test
    void anInterruptionOccupiesItsPlaceWhereverTheEngineKeepsIt() {
        TestVcpu cpu = small().cpu(0).restart().restart();
        cpu.vcpu().isPending(); // has drained the ring

        assertThat(cpu.handle().injectRestart()).isEqualTo(FULL);
    }

    @Test
    void aQueueCanBeFilledToTheLastPlaceAsOftenAsOneLikes() {
        TestVcpu cpu = small().cpu(0);
        for (int i = 0; i < 100; i++) {
            cpu.restart();
            assertThat(cpu.deliver()).hasSize(1);
            cpu.restart().program(i);
            assertThat(cpu.deliver()).hasSize(2);
        }
    }

    @Test
    void invalidComesBeforeClosedAndClosedBeforeFull() {
        TestMachine machine = small().virtio(1).virtio(2);
        Vcpu vcpu = machine.cpu(0).restart().restart().vcpu();

        assertThat(machine.machine().inject(UNKNOWN, 0, 0)).isEqualTo(INVALID);
        assertThat(vcpu.handle().injectProgram(0x10000)).isEqualTo(INVALID);
        assertThat(vcpu.handle().inject(UNKNOWN, 0)).isEqualTo(INVALID);
        assertThat(vcpu.raiseProgram(0x10000)).isEqualTo(INVALID);
        machine.machine().close();
        assertThat(machine.machine().inject(UNKNOWN, 0, 0)).isEqualTo(INVALID);
        assertThat(vcpu.handle().injectProgram(0x10000)).isEqualTo(INVALID);
        assertThat(vcpu.handle().inject(UNKNOWN, 0)).isEqualTo(INVALID);
        assertThat(vcpu.raiseProgram(0x10000)).isEqualTo(INVALID);
        assertThat(machine.machine().injectVirtio(0, 0)).isEqualTo(CLOSED);
        assertThat(machine.machine().injectService(0)).isEqualTo(CLOSED);
        assertThat(vcpu.handle().injectProgram(0)).isEqualTo(CLOSED);
        assertThat(vcpu.raiseProgram(0)).isEqualTo(CLOSED);
        assertThat(vcpu.handle().injectEmergency()).isEqualTo(CLOSED);
    }

    @Test
    void emergencySignalsOccupyNoPlaceAndFindOneInAFullQueue() {
        TestVcpu cpu = small().cpu(0).restart().restart();
        for (int i = 0; i < 1000; i++) {
            cpu.emergency();
        }

        assertThat(cpu.handle().queued()).isEqualTo(1002);
        assertThat(cpu.queued()).containsExactly("restart", "restart", "emergency*1000");
    }

    @Test
    void maskedEmergencySignalsKeepNoStopRestartOrProgramInterruptionOut() {
        TestVcpu cpu = small().cpu(0).mask(EMERGENCY).emergenciesArrived(LocalQueue.MAX_EMERGENCIES);

        assertThat(cpu.handle().injectEmergency()).isEqualTo(FULL);
        assertThat(cpu.stopOrder().restart().deliver()).containsExactly(STOP, RESTART);
        assertThat(cpu.program(1).raise(2).deliver()).containsExactly(PROGRAM, PROGRAM);
    }

    @Test
    void anEmergencySignalIsRefusedAsFullOnlyAt2To30Outstanding() {
        TestVcpu cpu = TestMachine.of(1).cpu(0).mask(EMERGENCY).emergenciesArrived((1 << 30) - 2);
        cpu.emergency().emergency();
        cpu.deliver();

        assertThat(cpu.handle().injectEmergency()).isEqualTo(FULL);
        assertThat(cpu.vcpu().isAttention()).isFalse();
        assertThat(cpu.handle().queued()).isEqualTo(1 << 30);
        assertThat(cpu.counter(Counter.REFUSED)).isEqualTo(1);
    }

    @Test
    void theLimitOfEmergencySignalsCountsThoseOutstandingNotThoseEverAccepted() {
        TestVcpu cpu = TestMachine.of(1).cpu(0).emergenciesArrived(1 << 30);
        assertThat(cpu.handle().injectEmergency()).isEqualTo(FULL);
        cpu.registers().psw(0, 0);
        cpu.vcpu().stop();
        cpu.vcpu().reset();
        cpu.handle().start();

        cpu.pswMask(-1).emergency().emergency();
        assertThat(cpu.deliver()).isEqualTo(Collections.nCopies(2, EMERGENCY_SIGNAL));
        cpu.mask(EMERGENCY).emergenciesArrived((1L << 31) + 1).emergency();
        assertThat(cpu.handle().queued()).isEqualTo(1 << 30);
        assertThat(cpu.handle().injectEmergency()).isEqualTo(FULL);
    }

    @Test
    void anEmergencySignalDeliveredMakesRoomForAnother() {
        TestVcpu cpu = TestMachine.of(1, options -> options.localCapacity(2).floatingCapacity(2))
                .cpu(0)
                .emergenciesArrived(1 << 30);
        assertThat(cpu.deliver()).hasSize(4); // the limit of a pass

        cpu.emergency().emergency().emergency().emergency();
        assertThat(cpu.handle().injectEmergency()).isEqualTo(FULL);
    }
}
