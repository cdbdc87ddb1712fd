package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.gate.CpuFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2: what each delivery stores, byte for byte, and what becomes of the vCPU. */
class StoredBytesTest {
    /** The first PSW of a vCPU, as it is stored. */
    private static final String FIRST_PSW = "0304000000000000" + "0000000123456789";

    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpuWithItsLowcoreAt0x2000() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    private String delivery() {
        return machine.stored(cpu.vcpu()::deliverPending);
    }

    private void assertNewPsw(long address) {
        assertThat(cpu.registers().pswAddress()).isEqualTo(address);
        assertThat(cpu.registers().pswMask()).isEqualTo(TestMachine.ENABLED);
    }

    @Test
    void programStoresLengthAndCodeAndSwapsTheProgramPsw() {
        cpu.registers().ipa(0xb2b2);
        cpu.program(0x1234);

        assertThat(delivery()).isEqualTo("208c:00041234 2150:" + FIRST_PSW);
        assertNewPsw(TestMachine.PROGRAM_NEW_ADDRESS);
    }

    @Test
    void restartSwapsTheRestartPsw() {
        cpu.restart();

        assertThat(delivery()).isEqualTo("2120:" + FIRST_PSW);
        assertNewPsw(TestMachine.RESTART_NEW_ADDRESS);
    }

    @Test
    void emergencySignalStoresItsCodeAndSwapsTheExternalPsw() {
        cpu.emergency();

        assertThat(delivery()).isEqualTo("2086:1201 2130:" + FIRST_PSW);
        assertNewPsw(TestMachine.EXTERNAL_NEW_ADDRESS);
    }

    @Test
    void clockComparatorStoresItsCodeAndSwapsTheExternalPsw() {
        cpu.comparatorDue();

        assertThat(delivery()).isEqualTo("2086:1004 2130:" + FIRST_PSW);
        assertNewPsw(TestMachine.EXTERNAL_NEW_ADDRESS);
    }

    @Test
    void serviceSignalStoresItsCodeAndParameterAndSwapsTheExternalPsw() {
        machine.machine().injectService(0x11223344);

        assertThat(delivery()).isEqualTo("2080:11223344 2086:2401 2130:" + FIRST_PSW);
        assertNewPsw(TestMachine.EXTERNAL_NEW_ADDRESS);
    }

    @Test
    void virtioStoresItsCodeTheCpuAddressBothParametersAndSwapsTheExternalPsw() {
        machine.machine().injectVirtio(0x11223344, 0x5566778899aabbccL);

        assertThat(delivery())
                .isEqualTo("2080:11223344" + "0d00" + "2603 2130:" + FIRST_PSW + " 31b8:5566778899aabbcc");
        assertNewPsw(TestMachine.EXTERNAL_NEW_ADDRESS);
    }

    @Test
    void stopStoresNothingAndSetsItsFlag() {
        cpu.stopOrder();

        assertThat(delivery()).isEmpty();
        assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.STOP);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
    }

    @ParameterizedTest
    @CsvSource({"0x4000", "0", "0x80001234", "0xffffffff"})
    void setPrefixTakesAnyPrefixAndMarksTranslationsStale(String prefix) {
        cpu.registers().lastHostCpu(3);
        cpu.setPrefix(Long.decode(prefix).intValue());

        assertThat(delivery()).isEmpty();
        assertThat(cpu.registers().prefix()).isEqualTo(Long.decode(prefix));
        assertThat(cpu.registers().lastHostCpu()).isEqualTo(0xffff);
    }

    @Test
    void whatComesAfterASetPrefixGoesToTheNewLowcore() {
        TestMachine two = TestMachine.of(2);
        two.cpu(0).setPrefix(0x4000).restart();

        assertThat(two.stored(two.cpu(0)::deliver)).isEqualTo("4120:" + FIRST_PSW);
    }

    @ParameterizedTest
    @CsvSource({"0x0000, 2", "0x3fff, 2", "0x4000, 4", "0x7fff, 4", "0x8000, 4", "0xbfff, 4", "0xc000, 6", "0xffff, 6"})
    void theLengthCodeIsByTheTwoTopBitsOfTheInstructionAtDelivery(String ipa, String length) {
        cpu.registers().ipa(0xffff ^ Integer.decode(ipa));
        cpu.program(0);
        cpu.registers().ipa(Integer.decode(ipa));

        assertThat(delivery()).startsWith("208c:000" + length + "0000 ");
    }

    @Test
    void theOldPswIsTheOneThatTheDeliveryBeforeHasLoaded() {
        cpu.emergency().restart();

        assertThat(delivery()).contains("2120:0304000000000000" + "000000000000e000");
    }

    @Test
    void parametersAreStoredUnsignedAndWhole() {
        machine.machine().injectVirtio(-1, -1);

        assertThat(delivery()).startsWith("2080:ffffffff0d002603").endsWith("31b8:ffffffffffffffff");
    }
}
