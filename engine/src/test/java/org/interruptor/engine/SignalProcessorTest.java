package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGNAL PROCESSOR: every order, its condition codes and status, and what it does to the addressed CPU. */
class SignalProcessorTest {
    private static final int SENSE = 0x01;
    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY = 0x03;
    private static final int START = 0x04;
    private static final int STOP = 0x05;
    private static final int RESTART = 0x06;
    private static final int STOP_AND_STORE = 0x09;
    private static final int INITIAL_RESET = 0x0b;
    private static final int CPU_RESET = 0x0c;
    private static final int SET_PREFIX = 0x0d;
    private static final int STORE_STATUS = 0x0e;
    private static final int CONDITIONAL_EMERGENCY = 0x13;
    private static final int RUNNING = 0x15;

    private final TestMachine machine = ArchitectureMachine.of(3);
    private final TestVcpu target = machine.cpu(1);
    private final List<ResetKind> resets = new ArrayList<>();
    private final AtomicInteger goOns = new AtomicInteger();

    /** A guest that completes one instruction a turn. */
    private final GuestCpu guest = new GuestCpu() {
        @Override
        public long execute(Vcpu vcpu) {
            return 1;
        }

        @Override
        public int storeStatus(StatusArea area) {
            area.general(1, 0x1111);
            return StatusArea.HAS_GENERAL;
        }

        @Override
        public void reset(ResetKind kind) {
            resets.add(kind);
        }

        @Override
        public void goOn(VcpuHandle vcpu) {
            goOns.incrementAndGet();
        }
    };

    private String signal(int address, int order, long parameter) {
        long answer = machine.machine().signalProcessor(0, address, order, parameter);
        int status = Machine.statusOf(answer);
        return Machine.conditionCodeOf(answer) + (status == 0 ? "" : " " + Integer.toHexString(status));
    }

    private String signal(int order) {
        return signal(1, order, 0);
    }

    /** Turns of the target's loop, until it waits or is stopped, at most three. */
    private RunOutcome steps() {
        RunOutcome outcome = RunOutcome.AGAIN;
        for (int i = 0; i < 3 && outcome == RunOutcome.AGAIN; i++) {
            outcome = target.vcpu().step(guest);
        }
        return outcome;
    }

    private void stopped() {
        target.vcpu().stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {SENSE, EMERGENCY, STOP, CPU_RESET, 0x77})
    void aCpuThatDoesNotExistIsNotOperational(int order) {
        assertThat(signal(3, order, 0)).isEqualTo("3");
        assertThat(signal(0x10001, order, 0)).isEqualTo("3");
        assertThat(signal(-1, order, 0)).isEqualTo("3");
    }

    @Test
    void cpusHaveTheAddressesOfTheBuilder() {
        TestMachine other = ArchitectureMachine.of(2, builder -> builder.cpuAddresses(1, 7));
        assertThat(other.machine().signalProcessor(0, 7, STOP, 0)).isZero();
        assertThat(other.machine().signalProcessor(0, 0, STOP, 0)).isEqualTo(3);
        other.cpu(1).deliver();
        assertThat(other.cpu(1).handle().isOperating()).isFalse();
        assertThat(other.cpu(0).handle().isOperating()).isTrue();
    }

    @Test
    void setArchitectureIsAnInvalidParameterWhateverTheAddress() {
        assertThat(signal(1, 0x12, 1)).isEqualTo("1 100");
        assertThat(signal(99, 0x12, 1)).isEqualTo("1 100");
        signal(STOP);
        assertThat(signal(1, 0x12, 1)).isEqualTo("1 100");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x08, 0x0a, 0x0f, 0x10, 0x11, 0x14, 0x16, 0x17, 0x18, 0xff, -1})
    void anotherOrderIsInvalid(int order) {
        assertThat(signal(order)).isEqualTo("1 2");
        stopped();
        assertThat(signal(order)).isEqualTo("1 2");
    }

    @Test
    void sense() {
        assertThat(signal(SENSE)).isEqualTo("0");
        assertThat(signal(EXTERNAL_CALL)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("1 80");
        stopped();
        assertThat(signal(SENSE)).isEqualTo("1 c0");
        target.vcpu().load(true);
        assertThat(signal(SENSE)).isEqualTo("1 80");
    }

    @Test
    void externalCall() {
        assertThat(signal(EXTERNAL_CALL)).isEqualTo("0");
        assertThat(machine.machine().signalProcessor(2, 1, EXTERNAL_CALL, 0)).isEqualTo(0x80L << 32 | 1);
        assertThat(target.deliver()).containsExactly(InterruptionType.EXTERNAL_CALL);
        assertThat(machine.storage().getInt(target.lowcore() + 0x84)).isEqualTo(0x1202);
        assertThat(machine.machine().signalProcessor(2, 1, EXTERNAL_CALL, 0)).isZero();
        target.deliver();
        assertThat(machine.storage().getInt(target.lowcore() + 0x84)).isEqualTo(0x2_1202);
    }

    @Test
    void emergencySignal() {
        target.waits();
        assertThat(signal(EMERGENCY)).isEqualTo("0");
        assertThat(signal(EMERGENCY)).isEqualTo("0");
        assertThat(target.takeWakeUps()).isEqualTo(1);
        target.endWait();
        assertThat(target.deliver()).containsExactly(InterruptionType.EMERGENCY_SIGNAL);
    }

    @Test
    void startAndStop() {
        assertThat(signal(START)).isEqualTo("0");
        assertThat(target.vcpu().isAttention()).isFalse();
        assertThat(signal(STOP)).isEqualTo("0");
        assertThat(signal(STOP)).isEqualTo("2");
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertThat(signal(STOP)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("1 40");
        assertThat(goOns).hasValue(0);
        assertThat(signal(START)).isEqualTo("0");
        assertThat(goOns).hasValue(1);
        assertThat(signal(SENSE)).isEqualTo("0");
        assertThat(steps()).isEqualTo(RunOutcome.AGAIN);
    }

    @Test
    void restartMakesAStoppedCpuOperate() {
        signal(STOP);
        steps();
        assertThat(signal(RESTART)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("2");
        assertThat(goOns).hasValue(1);
        steps();
        assertThat(target.registers().pswAddress()).isEqualTo(TestMachine.RESTART_NEW_ADDRESS);
        assertThat(signal(SENSE)).isEqualTo("0");
        assertThat(signal(RESTART)).isEqualTo("0"); // of one that operates
        steps();
        assertThat(signal(SENSE)).isEqualTo("0");
    }

    @Test
    void inTheLoadStateStartStopAndRestartHaveNoEffect() {
        target.vcpu().load(true);
        for (int order : new int[] {START, STOP, RESTART}) {
            assertThat(signal(order)).isEqualTo("0");
            assertThat(signal(SENSE)).isEqualTo("0");
        }
        assertThat(signal(1, SET_PREFIX, 0)).isEqualTo("1 200");
        target.handle().injectEmergency(0);
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        target.handle().injectSetPrefix(0);
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED); // it takes nothing, and does not go round
        target.handle().kick();
        target.endWait();
        target.vcpu().load(false);
        assertThat(steps()).isEqualTo(RunOutcome.AGAIN);
        assertThat(machine.recorder().delivered())
                .containsExactly(InterruptionType.EMERGENCY_SIGNAL, InterruptionType.SET_PREFIX);
    }

    private void assertStatusAt(long address) {
        assertThat(machine.storage().getLong(address + 0x88)).isEqualTo(0x1111);
        assertThat(machine.storage().getLong(address + 0x100)).isEqualTo(TestMachine.ENABLED);
        assertThat(machine.storage().getLong(address + 0x108)).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(machine.storage().getInt(address + 0x118)).isEqualTo((int) target.lowcore());
        assertThat(machine.storage().getLong(address + 0x128)).isEqualTo(Long.MAX_VALUE); // the CPU timer
        assertThat(machine.storage().getLong(address + 0x180 + 6 * 8)).isEqualTo(0xff00_0000L);
    }

    @Test
    void stopAndStoreStatus() {
        assertThat(signal(STOP_AND_STORE)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("2");
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertStatusAt(0x1200);
        assertThat(machine.storage().getByte(0xa3)).isEqualTo((byte) 1);
        assertThat(signal(SENSE)).isEqualTo("1 40");
        machine.storage().putByte(0xa3, (byte) 0);
        assertThat(signal(STOP_AND_STORE)).isEqualTo("0"); // of one that is stopped
        assertThat(signal(SENSE)).isEqualTo("2");
        steps();
        assertThat(machine.storage().getByte(0xa3)).isEqualTo((byte) 1);
    }

    @Test
    void storeStatusAtAddress() {
        assertThat(signal(1, STORE_STATUS, 0x400)).isEqualTo("1 200");
        stopped();
        assertThat(signal(1, STORE_STATUS, machine.storage().size())).isEqualTo("1 100");
        assertThat(signal(1, STORE_STATUS, 0x5ff | 1L << 40)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("2");
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertStatusAt(0x400);
        assertThat(machine.storage().getByte(0xa3)).isEqualTo(TestMachine.FILL);
        assertThat(signal(SENSE)).isEqualTo("1 40");
    }

    @Test
    void setPrefix() {
        assertThat(signal(1, SET_PREFIX, 0x2000)).isEqualTo("1 200");
        stopped();
        target.registers().lastHostCpu(5);
        assertThat(signal(1, SET_PREFIX, machine.storage().size())).isEqualTo("1 100");
        assertThat(signal(1, SET_PREFIX, machine.storage().size() - 0x2000 | 0x1fff))
                .isEqualTo("0");
        assertThat(signal(START)).isEqualTo("2");
        steps();
        assertThat(target.registers().prefix()).isEqualTo(machine.storage().size() - 0x2000);
        assertThat(target.registers().lastHostCpu()).isEqualTo(0xffff);
        assertThat(signal(SENSE)).isEqualTo("1 40");
    }

    @Test
    void resets() {
        target.emergency();
        signal(EXTERNAL_CALL);
        signal(RESTART);
        assertThat(signal(CPU_RESET)).isEqualTo("0");
        assertThat(signal(SENSE)).isEqualTo("2");
        assertThat(signal(EXTERNAL_CALL)).isEqualTo("2");
        assertThat(signal(CPU_RESET)).isEqualTo("0");
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertThat(signal(SENSE)).isEqualTo("1 40");
        assertThat(resets).containsExactly(ResetKind.CPU);
        assertThat(machine.recorder().delivered()).isEmpty();
        assertThat(target.registers().pswAddress()).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(target.registers().lastHostCpu()).isEqualTo(0xffff);
    }

    @Test
    void initialResetWinsOverCpuReset() {
        target.vcpu().cpuTimer(5);
        target.comparator(6);
        signal(INITIAL_RESET);
        signal(CPU_RESET);
        steps();
        assertThat(resets).containsExactly(ResetKind.INITIAL_CPU);
        assertThat(target.registers().pswMask()).isZero();
        assertThat(target.registers().pswAddress()).isZero();
        assertThat(target.registers().prefix()).isZero();
        assertThat(target.registers().clockComparator()).isZero();
        assertThat(target.vcpu().cpuTimer()).isZero();
        assertThat(target.registers().control(0)).isEqualTo(0xe0);
        assertThat(target.registers().control(6)).isZero();
        assertThat(target.registers().control(14)).isEqualTo(0xc200_0000L);
    }

    @Test
    void aFloatingInterruptionIsNotLeftWithACpuThatWasReset() {
        target.vcpu().load(true);
        target.vcpu().load(false);
        signal(CPU_RESET);
        steps();
        for (int i = 0; i < 3; i++) {
            machine.virtio(i);
            assertThat(machine.attentive()).doesNotContain(1);
        }
    }

    @Test
    void checkStop() {
        target.vcpu().checkStop();
        assertThat(machine.cpu(0).deliver()).containsExactly(InterruptionType.MALFUNCTION_ALERT);
        assertThat(machine.storage().getInt(machine.cpu(0).lowcore() + 0x84)).isEqualTo(0x1_1200);
        assertThat(machine.cpu(2).deliver()).containsExactly(InterruptionType.MALFUNCTION_ALERT);
        assertThat(target.deliver()).isEmpty();
        assertThat(signal(SENSE)).isEqualTo("1 10");
        assertThat(signal(RUNNING)).isEqualTo("1 400");
        for (int order : new int[] {EXTERNAL_CALL, EMERGENCY, START, STOP, RESTART, STOP_AND_STORE, SET_PREFIX, 0x77}) {
            assertThat(signal(order)).isEqualTo("1 10");
        }
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertThat(signal(CPU_RESET)).isEqualTo("0");
        assertThat(goOns).hasValue(1);
        steps();
        assertThat(signal(SENSE)).isEqualTo("1 40");
    }

    @Test
    void anOrderInProgressHasNoEffectOnceTheCpuIsInCheckStop() {
        signal(STOP_AND_STORE);
        target.vcpu().checkStop();
        assertThat(steps()).isEqualTo(RunOutcome.STOPPED);
        assertThat(signal(SENSE)).isEqualTo("1 10");
    }

    @Test
    void senseRunningStatus() {
        assertThat(signal(RUNNING)).isEqualTo("0");
        target.waits();
        assertThat(signal(RUNNING)).isEqualTo("1 400");
        target.handle().kick();
        target.endWait();
        assertThat(signal(RUNNING)).isEqualTo("0");
        stopped();
        assertThat(signal(RUNNING)).isEqualTo("1 400");
    }

    @ParameterizedTest
    @CsvSource({
        // accepted, PSW mask, PSW address
        "true,  0x0000000000000000, 0",
        "true,  0x0200000000000000, 0", // I/O alone
        "true,  0x0100000000000000, 0", // external alone
        "false, 0x0302000000000000, 0", // waits, address 0
        "true,  0x0302000000000000, 8",
        "false, 0x0300000000000000, 8", // neither address space
    })
    void conditionalEmergencySignalByThePswOfAStoppedCpu(boolean isAccepted, String mask, long address) {
        target.registers().psw(Long.decode(mask), address);
        target.registers().control(4, 0x1_0005);
        target.registers().control(3, 0x6);
        signal(STOP);
        steps();
        assertThat(signal(1, CONDITIONAL_EMERGENCY, 0x17)).isEqualTo(isAccepted ? "0" : "1 200");
        boolean isWait = PswMask.isWait(Long.decode(mask));
        for (int asn : new int[] {5, 6, 0x10005}) {
            assertThat(signal(1, CONDITIONAL_EMERGENCY, asn)).isEqualTo(isWait && !isAccepted ? "1 200" : "0");
        }
    }

    @Test
    void conditionalEmergencySignalOfAnOperatingCpu() {
        assertThat(signal(1, CONDITIONAL_EMERGENCY, 9)).isEqualTo("0");
        assertThat(target.deliver()).containsExactly(InterruptionType.EMERGENCY_SIGNAL);
    }

    @Test
    void ordersToOneself() {
        for (int order : new int[] {STOP, RESTART, CPU_RESET}) {
            assertThat(machine.machine().signalProcessor(1, 1, order, 0)).isZero();
            assertThat(target.vcpu().isAttention()).isTrue();
            steps();
            assertThat(target.handle().isOperating()).isEqualTo(order == RESTART);
        }
        target.handle().start();
        steps();
        assertThat(machine.machine().signalProcessor(1, 1, EMERGENCY, 0)).isZero();
        assertThat(machine.machine().signalProcessor(1, 1, EXTERNAL_CALL, 0)).isZero();
        assertThat(target.deliver()).containsExactly(InterruptionType.EMERGENCY_SIGNAL, InterruptionType.EXTERNAL_CALL);
    }

    @Test
    void aClosedMachineIsBusy() {
        machine.machine().close();
        assertThat(signal(SENSE)).isEqualTo("2");
    }

    @Test
    void underOriginalRulesThereIsNone() {
        Machine original = TestMachine.of(1).machine();
        assertThatThrownBy(() -> original.signalProcessor(0, 0, SENSE, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> original.reset(ResetKind.CPU, () -> {})).isInstanceOf(IllegalStateException.class);
    }

    // Resets of the machine.

    @Test
    void theLastCpuToBeResetTellsOfIt() {
        AtomicInteger done = new AtomicInteger();
        machine.machine().injectInterruptKey();
        machine.machine().reset(ResetKind.CLEAR, done::incrementAndGet);
        machine.cpu(0).vcpu().step(guest);
        machine.cpu(1).vcpu().step(guest);
        assertThat(done).hasValue(0);
        machine.cpu(2).vcpu().step(guest);

        assertThat(done).hasValue(1);
        assertThat(resets).containsExactly(ResetKind.CLEAR, ResetKind.CLEAR, ResetKind.CLEAR);
        assertThat(machine.machine().operatingCount()).isZero();
        assertThat(machine.machine().floatingDiscarded()).isEqualTo(1);
    }

    @Test
    void aStrongerResetDuringAResetIsCarriedOutBeforeBothAreDone() {
        AtomicInteger done = new AtomicInteger();
        machine.machine().reset(ResetKind.CPU, done::incrementAndGet);
        machine.cpu(0).vcpu().step(guest);
        machine.machine().reset(ResetKind.CLEAR, done::incrementAndGet);
        machine.cpu(1).vcpu().step(guest);
        machine.cpu(2).vcpu().step(guest);
        assertThat(done).hasValue(0);
        machine.cpu(0).vcpu().step(guest);

        assertThat(done).hasValue(2);
        assertThat(resets).containsExactly(ResetKind.CPU, ResetKind.CLEAR, ResetKind.CLEAR, ResetKind.CLEAR);
    }

    @Test
    void aResetThatIsAcceptedWhileAnotherIsCarriedOutIsNotTakenAsDone() {
        AtomicInteger done = new AtomicInteger();
        GuestCpu asksAgain = new GuestCpu() {
            @Override
            public long execute(Vcpu vcpu) {
                return 1;
            }

            @Override
            public void reset(ResetKind kind) {
                if (resets.isEmpty()) {
                    machine.machine().reset(ResetKind.CLEAR, done::incrementAndGet);
                }
                resets.add(kind);
            }
        };
        machine.machine().reset(ResetKind.CPU, done::incrementAndGet);
        machine.cpu(1).vcpu().step(guest);
        machine.cpu(2).vcpu().step(guest);
        resets.clear();
        machine.cpu(0).vcpu().step(asksAgain);
        assertThat(done).hasValue(0);
        machine.cpu(0).vcpu().step(asksAgain);
        machine.cpu(1).vcpu().step(guest);
        machine.cpu(2).vcpu().step(guest);

        assertThat(done).hasValue(2);
        assertThat(resets).containsExactly(ResetKind.CPU, ResetKind.CLEAR, ResetKind.CLEAR, ResetKind.CLEAR);
    }
}
