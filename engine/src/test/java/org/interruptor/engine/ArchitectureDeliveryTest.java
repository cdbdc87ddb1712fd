package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.interruptor.engine.TestMachine.ENABLED;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;

/** What the classes have of their own under architecture rules: senders, parameters, suppression, orders, program interruptions. */
class ArchitectureDeliveryTest {
    private static final int PREFIX_OF_NOBODY = 0;

    private final TestMachine machine = ArchitectureMachine.of(3);
    private final TestVcpu cpu = machine.cpu(0);

    private int halfword(int offset) {
        return machine.storage().getShort(cpu.lowcore() + offset) & 0xffff;
    }

    private int word(int offset) {
        return machine.storage().getInt(cpu.lowcore() + offset);
    }

    // Senders.

    @Test
    void ofSeveralEmergencySignalsTheLowestSenderIsFirst() {
        cpu.externalNewPsw(0);
        assertThat(cpu.handle().injectEmergency(2)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectEmergency(1)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectEmergency(2)).isEqualTo(InjectResult.COALESCED);

        assertThat(cpu.deliver()).hasSize(1);
        assertThat(halfword(0x84)).isEqualTo(1);
        cpu.pswMask(ENABLED);
        assertThat(cpu.deliver()).hasSize(1);
        assertThat(halfword(0x84)).isEqualTo(2);
        cpu.pswMask(ENABLED);
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void anEmergencySignalWithoutASenderIsThatOfCpu0() {
        assertThat(cpu.handle().injectEmergency()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectEmergency(0)).isEqualTo(InjectResult.COALESCED);
    }

    @Test
    void whatIsStoredIsTheSendersAddress() {
        TestMachine numbered = ArchitectureMachine.of(2, builder -> builder.cpuAddresses(4, 0x1234));
        TestVcpu first = numbered.cpu(0);
        first.handle().injectExternalCall(1);

        first.deliver();
        assertThat(numbered.storage().getInt(first.lowcore() + 0x84)).isEqualTo(0x1234_1202);
    }

    @Test
    void aSenderThatDoesNotExistIsInvalid() {
        assertThat(cpu.handle().injectEmergency(3)).isEqualTo(InjectResult.INVALID);
        assertThat(cpu.handle().injectExternalCall(-1)).isEqualTo(InjectResult.INVALID);
        assertThat(cpu.handle().inject(InterruptionType.MALFUNCTION_ALERT.rawNumber(), 3))
                .isEqualTo(InjectResult.INVALID);
    }

    @Test
    void aPendingExternalCallShowsInTheFlags() {
        cpu.handle().injectExternalCall(1);
        assertThat(cpu.vcpu().flags() & CpuFlags.ECALL).isEqualTo(CpuFlags.ECALL);
        cpu.deliver();
        assertThat(cpu.vcpu().flags() & CpuFlags.ECALL).isZero();
    }

    // Parameters.

    @Test
    void parameterBitsOfAlertsAreOred() {
        cpu.pswMask(0);
        cpu.handle().inject(InterruptionType.MEASUREMENT_ALERT.rawNumber(), 0x8000_0001);
        cpu.handle().inject(InterruptionType.MEASUREMENT_ALERT.rawNumber(), 6);
        cpu.pswMask(ENABLED).deliver();
        assertThat(word(0x80)).isEqualTo(0x8000_0007);

        cpu.pswMask(0);
        machine.machine().injectTimingAlert(0x10);
        machine.machine().injectTimingAlert(0x20);
        cpu.pswMask(ENABLED).deliver();
        assertThat(word(0x80)).isEqualTo(0x30);
    }

    @Test
    void anAlertWithoutAParameterIsPendingToo() {
        machine.machine().injectTimingAlert(0);
        cpu.sees();

        assertThat(cpu.deliver()).containsExactly(InterruptionType.TIMING_ALERT);
    }

    @Test
    void aServiceSignalStoresAZeroCpuAddressAndVirtioItsOwn() {
        machine.storage().putShort(cpu.lowcore() + 0x84, (short) 0x7777);
        machine.machine().injectService(1);
        cpu.deliver();
        assertThat(halfword(0x84)).isZero();
        machine.machine().injectVirtio(1, PendingClass.PARAMETER_64);
        cpu.deliver();
        assertThat(halfword(0x84)).isEqualTo(0x0d00);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x11b8)).isEqualTo(PendingClass.PARAMETER_64);
    }

    // Timers.

    @Test
    void signControlMakesTheComparisonSigned() {
        machine.clock().set(0x1000);
        cpu.comparator(-2);
        assertThat(cpu.deliver()).isEmpty();

        assertThat(cpu.vcpu().loadControl(0, cpu.registers().control(0) | 0x0020_0000_0000_0000L))
                .isTrue();
        assertThat(cpu.deliver()).containsExactly(InterruptionType.CLOCK_COMPARATOR);
    }

    @Test
    void aTimerConditionIsDeliveredOnceAPass() {
        cpu.vcpu().cpuTimer(-1);
        cpu.comparatorDue();

        assertThat(cpu.deliver()).containsExactly(InterruptionType.CLOCK_COMPARATOR, InterruptionType.CPU_TIMER);
        assertThat(cpu.vcpu().isPending()).isTrue();
        cpu.vcpu().cpuTimer(5);
        cpu.comparator(-1);
        assertThat(cpu.vcpu().isPending()).isFalse();
    }

    @Test
    void theCpuTimerRunsWhileTheCpuOperates() {
        cpu.deliver();
        cpu.vcpu().cpuTimer(100);
        machine.clock().set(machine.clock().tod() + 30);
        assertThat(cpu.vcpu().cpuTimer()).isEqualTo(70);
        cpu.vcpu().stop();
        machine.clock().set(machine.clock().tod() + 30);
        assertThat(cpu.vcpu().cpuTimer()).isEqualTo(70);
        cpu.handle().start();
        cpu.deliver();
        machine.machine().setClock(7);
        assertThat(cpu.vcpu().cpuTimer()).isEqualTo(70);
        machine.clock().set(machine.clock().tod() + 71);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.CPU_TIMER);
    }

    // I/O.

    @Test
    void aWithdrawnInterruptionIsNotDelivered() {
        IoSource source = machine.machine().subchannel(0x10001);
        assertThat(source.withdraw()).isFalse();
        source.inject(1, 0);
        assertThat(source.isPending()).isTrue();
        assertThat(source.withdraw()).isTrue();
        assertThat(source.isPending()).isFalse();
        assertThat(cpu.deliver()).isEmpty();
        assertThat(source.inject(2, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(source.withdraw()).isTrue();
        assertThat(source.inject(3, 0)).isEqualTo(InjectResult.ACCEPTED); // its entry is valid again

        assertThat(cpu.deliver()).containsExactly(InterruptionType.IO);
        assertThat(word(0xbc)).isEqualTo(3);
        assertThat(source.withdraw()).isFalse();
    }

    @Test
    void aSecondInjectionReplacesParameterAndWord() {
        IoSource source = machine.machine().subchannel(0x10001);
        source.inject(1, 0);
        assertThat(source.inject(2, 5)).isEqualTo(InjectResult.COALESCED);

        assertThat(cpu.deliver()).hasSize(1);
        assertThat(word(0xb8)).isEqualTo(0x10001);
        assertThat(word(0xbc)).isEqualTo(2);
        assertThat(word(0xc0)).isEqualTo(5);
    }

    @Test
    void aWithdrawnSubchannelChangesItsSubclass() {
        IoSource source = machine.machine().subchannel(0x10001);
        source.inject(1, 0);
        source.withdraw();
        source.inject(2, 0x3800_0000);
        cpu.registers().control(6, 0x0100_0000);

        assertThat(cpu.deliver()).containsExactly(InterruptionType.IO);
        assertThat(word(0xc0)).isEqualTo(0x3800_0000);
        cpu.registers().control(6, 0xff00_0000L);
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void aWordWithTheAdapterBitIsInvalid() {
        assertThat(machine.machine().subchannel(1).inject(0, 0x8000_0000)).isEqualTo(InjectResult.INVALID);
        assertThat(machine.machine().injectAdapter(8, false)).isEqualTo(InjectResult.INVALID);
    }

    @Test
    void theModeSingleSuppressesWhatFollowsTheFirst() {
        machine.machine().suppression(3, true);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.SUPPRESSED);
        assertThat(machine.machine().injectAdapter(3, false)).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.deliver()).hasSize(1);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.SUPPRESSED);
        machine.machine().suppression(3, true);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.ACCEPTED);
        machine.machine().suppression(3, false);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.COALESCED);
    }

    @Test
    void aRouteSetsItsIndicatorsAndInterruptsWhereTheSummaryWasClear() {
        machine.storage().putInt(0, 0);
        AdapterRoute route = machine.machine().adapterRoute(1, 0x40, 3, 0x80, 2, false);
        assertThat(route.trigger()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.storage().getInt(0)).isEqualTo(0x0040_0080);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.ADAPTER);
        assertThat(word(0xc0)).isEqualTo(0x9000_0000);
        assertThat(route.trigger()).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.deliver()).isEmpty();
        machine.storage().putInt(0, 0);
        route.mask(true);
        assertThat(route.trigger()).isEqualTo(InjectResult.MASKED);
        assertThat(machine.storage().getInt(0)).isEqualTo(0x0040_0080);
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void aRouteOutsideStorageIsRefused() {
        long size = machine.storage().size();
        assertThatThrownBy(() -> machine.machine().adapterRoute(size, 1, 0, 1, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("indicator=0x");
        assertThatThrownBy(() -> TestMachine.of(1).machine().adapterRoute(0, 1, 0, 1, 0, false))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void testPendingInterruptionTakesTheLowestSubclassOfTheMask() {
        IoInterruption out = new IoInterruption();
        machine.machine().subchannel(1).inject(11, 0);
        machine.machine().subchannel(2).inject(22, 0x1800_0000);
        machine.machine().injectAdapter(3, false);
        cpu.pswMask(0);

        assertThat(cpu.vcpu().takeIo(0x10, out)).isTrue();
        assertThat(out.subsystemId()).isEqualTo(2);
        assertThat(out.parameter()).isEqualTo(22);
        assertThat(out.word()).isEqualTo(0x1800_0000);
        assertThat(cpu.vcpu().takeIo(0x10, out)).isTrue();
        assertThat(out.subsystemId()).isZero();
        assertThat(out.word()).isEqualTo(0x9800_0000);
        assertThat(cpu.vcpu().takeIo(0x10, out)).isFalse();
        assertThat(cpu.vcpu().takeIo(0xff, out)).isTrue();
        assertThat(out.parameter()).isEqualTo(11);
        assertThat(cpu.counter(Counter.DELIVER_IO)).isEqualTo(2);
    }

    // Orders.

    @Test
    void ordersThatArePendingTwice() {
        assertThat(cpu.handle().injectSetPrefix(0x2000)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectSetPrefix(PREFIX_OF_NOBODY)).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.handle().injectStop()).isEqualTo(InjectResult.BUSY);
        assertThat(cpu.handle().injectRestart()).isEqualTo(InjectResult.BUSY);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.SET_PREFIX);
        assertThat(cpu.registers().prefix()).isZero();
        cpu.prefix(cpu.lowcore());

        assertThat(cpu.handle().injectRestart()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectRestart()).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.RESTART);

        assertThat(cpu.handle().injectStop()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().injectStop()).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.STOP);
        assertThat(cpu.handle().injectStop()).isEqualTo(InjectResult.COALESCED);
        assertThat(cpu.handle().isOperating()).isFalse();
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void aStoppedCpuTakesSetPrefixAndRestartWhichStartsIt() {
        cpu.vcpu().stop();
        cpu.program(0x11);
        cpu.handle().injectSetPrefix((int) cpu.lowcore());
        assertThat(cpu.deliver()).containsExactly(InterruptionType.SET_PREFIX);
        cpu.restart();
        assertThat(cpu.deliver()).containsExactly(InterruptionType.RESTART, InterruptionType.PROGRAM);
        assertThat(cpu.handle().isOperating()).isTrue();
    }

    @Test
    void aStopComesBehindEverythingThatMayBeTaken() {
        cpu.stopOrder();
        cpu.emergency();
        machine.machine().injectAdapter(7, false);

        assertThat(cpu.deliver())
                .containsExactly(InterruptionType.EMERGENCY_SIGNAL, InterruptionType.ADAPTER, InterruptionType.STOP);
    }

    @Test
    void anInterruptionLoopDoesNotKeepAStopOut() {
        cpu.programNewPsw(1L << 63); // reserved
        cpu.program(1);
        cpu.stopOrder();

        assertThat(cpu.vcpu().deliverPending()).isEqualTo(1025);
        assertThat(cpu.handle().isOperating()).isFalse();
        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.deliver()).isEmpty();
    }

    // Program interruptions and supervisor calls.

    @Test
    void aProgramInterruptionStoresItsParameters() {
        cpu.programNewPsw(PswMask.MACHINE_CHECK);
        cpu.vcpu()
                .programInterruption()
                .begin(0x11, 6)
                .teid(0x1_2345_6800L)
                .exceptionAccess(5)
                .operandAccess(0x12)
                .breakingEvent(0x8000);
        assertThat(cpu.vcpu().raiseProgram()).isEqualTo(InjectResult.ACCEPTED);

        assertThat(cpu.deliver()).containsExactly(InterruptionType.PROGRAM);
        assertThat(word(0x8c)).isEqualTo(0x0006_0011);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0xa8)).isEqualTo(0x1_2345_6800L);
        assertThat(machine.storage().getByte(cpu.lowcore() + 0xa0)).isEqualTo((byte) 5);
        assertThat(machine.storage().getByte(cpu.lowcore() + 0xa2)).isEqualTo((byte) 0x12);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x110)).isEqualTo(0x8000);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestMachine.PROGRAM_NEW_ADDRESS);
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void aProgramEventIsStoredWithTheOtherCode() {
        cpu.vcpu().programInterruption().begin(0x85, 4).per(0x40, 0x80, 0x1234, 7);
        cpu.vcpu().raiseProgram();
        cpu.deliver();

        assertThat(word(0x8c)).isEqualTo(0x0004_0085);
        assertThat(halfword(0x96)).isEqualTo(0x4080);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x98)).isEqualTo(0x1234);
        assertThat(machine.storage().getByte(cpu.lowcore() + 0xa1)).isEqualTo((byte) 7);
    }

    @Test
    void aSupervisorCallIsTakenAtOnce() {
        cpu.pswMask(0);
        machine.machine().injectService(1);
        cpu.deliver();

        assertThat(cpu.vcpu().supervisorCall(0x42, 2)).isEqualTo(1); // its PSW opens a gate that a request waits for
        assertThat(word(0x88)).isEqualTo(0x0002_0042);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x148)).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(cpu.registers().pswAddress()).isEqualTo(ArchitectureMachine.SUPERVISOR_CALL_NEW_ADDRESS);
        cpu.deliver();
        assertThat(cpu.vcpu().supervisorCall(0x43, 2)).isZero();
        assertThat(cpu.counter(Counter.DELIVER_SUPERVISOR_CALL)).isEqualTo(2);
        cpu.prefix(machine.storage().size());
        assertThat(cpu.vcpu().supervisorCall(1, 2)).isEqualTo(Vcpu.FAULT);
    }

    @Test
    void anInvalidPswOfASupervisorCallGivesASpecificationException() {
        machine.storage().putLong(cpu.lowcore() + 0x1c0, 1L << 63);

        cpu.vcpu().supervisorCall(1, 2);

        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.deliver()).containsExactly(InterruptionType.PROGRAM);
        assertThat(word(0x8c)).isEqualTo(6);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x150)).isEqualTo(1L << 63);
    }

    @Test
    void anInvalidNewPswGivesASpecificationExceptionNext() {
        cpu.externalNewPsw(1L << 63);
        cpu.emergency();

        assertThat(cpu.deliver()).containsExactly(InterruptionType.EMERGENCY_SIGNAL, InterruptionType.PROGRAM);
        assertThat(word(0x8c)).isEqualTo(6);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x150)).isEqualTo(1L << 63);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestMachine.PROGRAM_NEW_ADDRESS);
    }

    // What a lowcore outside storage leaves pending.

    @Test
    void aFaultLosesNothing() {
        for (PendingClass pending : PendingClass.values()) {
            TestMachine other = ArchitectureMachine.of(2);
            TestVcpu first = other.cpu(0).prefix(other.storage().size());
            pending.put(other, first);
            assertThat(first.fault().type()).isEqualTo(pending.type());
            first.prefix(first.lowcore());
            assertThat(first.deliver()).as(pending.name()).containsExactly(pending.type());
        }
    }

    @Test
    void aResetClearsAllThatIsPendingForTheCpuAndCountsIt() {
        cpu.vcpu().stop();
        for (PendingClass pending : PendingClass.values()) {
            if (pending.type().isLocal()) {
                pending.put(machine, cpu);
            }
        }
        cpu.vcpu().reset();
        cpu.handle().start();

        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.counter(Counter.DISCARDED_BY_RESET)).isEqualTo(8);
    }

    @Test
    void aSubsystemResetClearsWhatFloatsAndCountsIt() {
        machine.machine().suppression(3, true);
        for (PendingClass pending : PendingClass.values()) {
            if (pending.type().isFloating()) {
                pending.put(machine, cpu);
            }
        }
        machine.machine().injectAdapter(3, true);
        machine.machine().resetSubsystem();

        assertThat(machine.machine().floatingDiscarded()).isEqualTo(11);
        assertThat(cpu.deliver()).isEmpty();
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().injectAdapter(3, true)).isEqualTo(InjectResult.COALESCED);
    }
}
