package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.CLOCK_COMPARATOR;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 2: the types, their raw numbers, and when each may be taken. */
class GatesTest {
    /** External, by type and subclass mask. */
    private static final String EMERGENCY = "EMERGENCY_SIGNAL, 0x4000";

    private static final String COMPARATOR = "CLOCK_COMPARATOR, 0x800";
    private static final String SERVICE = "SERVICE_SIGNAL, 0x200";
    private static final String VIRTIO = "VIRTIO, 0x200";

    @ParameterizedTest
    @EnumSource(names = {"PROGRAM", "STOP", "SET_PREFIX", "RESTART"})
    void programStopSetPrefixAndRestartAreTakenAlways(InterruptionType type) {
        TestVcpu cpu = TestMachine.of(1).cpu(0).pswMask(0).cr0(0).inject(type);

        assertThat(cpu.deliver()).containsExactly(type);
    }

    @ParameterizedTest
    @CsvSource({EMERGENCY, COMPARATOR, SERVICE, VIRTIO})
    void externalOnesNeedTheirSubclassMaskAndTheExternalMaskAndNothingElse(InterruptionType type, String mask) {
        TestVcpu cpu = TestMachine.of(1).cpu(0).pswMask(PswMask.EXTERNAL).cr0(Long.decode(mask));

        assertThat(cpu.inject(type).deliver()).containsExactly(type);
    }

    @ParameterizedTest
    @CsvSource({EMERGENCY, COMPARATOR, SERVICE, VIRTIO})
    void noOtherSubclassMaskOpensTheGate(InterruptionType type, String mask) {
        TestVcpu cpu = TestMachine.of(1).cpu(0).pswMask(-1).cr0(~Long.decode(mask));

        assertThat(cpu.inject(type).deliver()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({EMERGENCY, COMPARATOR, SERVICE, VIRTIO})
    void noOtherPswBitOpensTheGate(InterruptionType type, String mask) {
        TestVcpu cpu = TestMachine.of(1).cpu(0).pswMask(~PswMask.EXTERNAL).cr0(-1);

        assertThat(cpu.inject(type).deliver()).isEmpty();
        assertThat(type.subclassMask()).isEqualTo(Long.decode(mask));
    }

    @ParameterizedTest
    @CsvSource({
        "0xfffe0001, PROGRAM",
        "0xfffe0000, STOP",
        "0xfffe0002, SET_PREFIX",
        "0xfffe0003, RESTART",
        "0xffff1201, EMERGENCY_SIGNAL"
    })
    void localTypesGoByTheirRawNumbers(String number, InterruptionType type) {
        TestVcpu cpu = TestMachine.of(1).cpu(0);
        int raw = Long.decode(number).intValue();

        assertThat(cpu.handle().inject(raw, (int) cpu.lowcore())).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.deliver()).containsExactly(type);
        assertThat(type.rawNumber()).isEqualTo(raw);
        assertThat(type.isLocal()).isTrue();
        assertThat(type.isFloating()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0xffff2401, SERVICE_SIGNAL", "0xffff2603, VIRTIO"})
    void floatingTypesGoByTheirRawNumbers(String number, InterruptionType type) {
        TestMachine machine = TestMachine.of(1);
        int raw = Long.decode(number).intValue();

        assertThat(machine.machine().inject(raw, 5, 6)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.cpu(0).deliver()).containsExactly(type);
        assertThat(type.rawNumber()).isEqualTo(raw);
        assertThat(type.isFloating()).isTrue();
        assertThat(type.isLocal()).isFalse();
    }

    @Test
    void theClockComparatorIsAConditionAndNeverQueued() {
        TestMachine machine = TestMachine.of(1);

        assertThat(CLOCK_COMPARATOR.isLocal() || CLOCK_COMPARATOR.isFloating()).isFalse();
        machine.cpu(0).comparatorDue().deliver();
        assertThat(machine.cpu(0).handle().accepted() + machine.machine().floatingAccepted())
                .isZero();
    }

    @Test
    void theClockComparatorStaysForAsLongAsItIsBehindTheClock() {
        TestVcpu cpu = TestMachine.of(1).cpu(0).comparatorDue();

        assertThat(cpu.deliver()).containsExactly(CLOCK_COMPARATOR);
        assertThat(cpu.deliver()).containsExactly(CLOCK_COMPARATOR);
        assertThat(cpu.comparator(TestMachine.CLOCK_AT_FIRST + 1).deliver()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // comparator, clock, epoch, due
        "0x0fff, 0x1000, 0, true",
        "0x1000, 0x1000, 0, false",
        "0x1001, 0x1000, 0, false",
        "0x1fff, 0x1000, 0x1000, true",
        "0x2000, 0x1000, 0x1000, false",
        "0x0000, -1, 2, true", // clock and epoch wrap around to 1
        "0x0001, -1, 2, false",
        "0x7fffffffffffffff, 0x8000000000000000, 0, true", // unsigned
        "0x8000000000000000, 0x7fffffffffffffff, 0, false",
        "0xfffffffffffffffe, -1, 0, true",
        "0xffffffffffffffff, -1, 0, false" // all ones never comes
    })
    void theClockComparatorIsDueWhenStrictlyBehindClockPlusEpoch(
            String comparator, String clock, String epoch, boolean due) {
        TestMachine machine = TestMachine.of(1);
        machine.clock().set(bits(clock));
        machine.cpu(0).registers().epoch(bits(epoch));

        assertThat(machine.cpu(0).comparator(bits(comparator)).deliver()).hasSize(due ? 1 : 0);
    }

    static long bits(String number) {
        return number.startsWith("0x") ? Long.parseUnsignedLong(number.substring(2), 16) : Long.parseLong(number);
    }
}
