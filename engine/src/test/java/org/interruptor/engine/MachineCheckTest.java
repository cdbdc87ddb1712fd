package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ENABLED;

import java.util.List;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;

/** Machine checks: what merges, what a delivery takes, and what it stores. */
class MachineCheckTest {
    /** WP, MS, PM, IA, CR, CT, CC. */
    private static final long ALWAYS_VALID = 0x0000_0f04_0003_0000L;

    private static final long VALID_AS_INJECTED = MachineCheck.STORAGE_LOGICAL_VALID
            | MachineCheck.FAILING_STORAGE_ADDRESS_VALID
            | MachineCheck.EXTERNAL_DAMAGE_CODE_VALID;

    private final TestMachine machine = ArchitectureMachine.of(2);
    private final TestVcpu cpu = machine.cpu(0);

    MachineCheckTest() {
        machine.cpu(1).vcpu().stop(); // floating ones are for the first
    }

    private long stored(int offset) {
        return machine.storage().getLong(cpu.lowcore() + offset);
    }

    private int storedInt(int offset) {
        return machine.storage().getInt(cpu.lowcore() + offset);
    }

    private void inject(long code) {
        assertThat(cpu.handle().injectMachineCheck(new MachineCheck(code)))
                .isIn(InjectResult.ACCEPTED, InjectResult.COALESCED);
    }

    @Test
    void whatIsStored() {
        cpu.registers().control(5, 0x55);
        cpu.vcpu().cpuTimer(0x7000_0000_0000_0000L);
        MachineCheck check = new MachineCheck(
                MachineCheck.EXTERNAL_DAMAGE | VALID_AS_INJECTED | 0x0001_0000_0000_0000L,
                0x0080_0000,
                0x1234_5000L,
                0x0102_0304_0506_0708L,
                0x090a_0b0c_0d0e_0f10L);

        assertThat(cpu.handle().injectMachineCheck(check)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.MACHINE_CHECK);

        assertThat(stored(0xe8))
                .isEqualTo(MachineCheck.EXTERNAL_DAMAGE | 0x0001_0000_0000_0000L | VALID_AS_INJECTED | ALWAYS_VALID);
        assertThat(machine.storage().getByte(cpu.lowcore() + 0xa3)).isEqualTo((byte) 1);
        assertThat(storedInt(0xf4)).isEqualTo(0x0080_0000);
        assertThat(stored(0xf8)).isEqualTo(0x1234_5000L);
        assertThat(stored(0x1300)).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(stored(0x1308)).isEqualTo(0x090a_0b0c_0d0e_0f10L);
        assertThat(storedInt(0x1318)).isEqualTo((int) cpu.lowcore());
        assertThat(stored(0x1328)).isPositive().isLessThanOrEqualTo(0x7000_0000_0000_0000L);
        assertThat(stored(0x1330)).isEqualTo(-1L >>> 8);
        assertThat(stored(0x13a8)).isEqualTo(0x55);
        assertThat(stored(0x160)).isEqualTo(ENABLED);
        assertThat(stored(0x168)).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(cpu.registers().pswAddress()).isEqualTo(ArchitectureMachine.MACHINE_CHECK_NEW_ADDRESS);
    }

    @Test
    void theGroupsThatTheEmbedderStoresAreValid() {
        machine.storage().putLong(cpu.lowcore() + 0x11b0, 0x4000);
        cpu.vcpu().statusProvider(area -> {
            area.general(15, 0xf);
            area.floatingPoint(1, 0x11);
            area.access(2, 0x22);
            area.floatingPointControl(0x33);
            area.todProgrammable(0x44);
            area.vector(31, 0x55, 0x66);
            return 0x3f;
        });
        inject(MachineCheck.SYSTEM_DAMAGE);
        cpu.deliver();

        assertThat(stored(0xe8)).isEqualTo(MachineCheck.SYSTEM_DAMAGE | ALWAYS_VALID | 0x0000_0058_4030_0000L);
        assertThat(stored(0x1280 + 15 * 8)).isEqualTo(0xf);
        assertThat(stored(0x1208)).isEqualTo(0x11);
        assertThat(storedInt(0x1348)).isEqualTo(0x22);
        assertThat(storedInt(0x131c)).isEqualTo(0x33);
        assertThat(storedInt(0x1324)).isEqualTo(0x44);
        assertThat(machine.storage().getLong(0x4000 + 31 * 16)).isEqualTo(0x55);
        assertThat(machine.storage().getLong(0x4000 + 31 * 16 + 8)).isEqualTo(0x66);
    }

    @Test
    void vectorRegistersGoNowhereWhereTheGuestNamesNoAreaInStorage() {
        cpu.vcpu().statusProvider(area -> StatusArea.HAS_VECTOR);
        for (long designation : new long[] {0, -1024, 0x4001, machine.storage().size()}) {
            machine.storage().putLong(cpu.lowcore() + 0x11b0, designation);
            inject(MachineCheck.SYSTEM_DAMAGE);
            cpu.deliver();

            assertThat(stored(0xe8)).isEqualTo(MachineCheck.SYSTEM_DAMAGE | ALWAYS_VALID);
        }
    }

    @Test
    void aFloatingChannelReportAloneHasAValidityOfItsOwn() {
        machine.machine().injectChannelReport();
        cpu.deliver();

        assertThat(stored(0xe8))
                .isEqualTo(MachineCheck.CHANNEL_REPORT | MachineCheck.STORAGE_LOGICAL_VALID | ALWAYS_VALID);
    }

    @Test
    void whatMayBeTakenIsOneInterruptionAndTheRestStays() {
        cpu.registers().control(14, 0x1900_0000L); // channel report, recovery and warning
        inject(MachineCheck.WARNING);
        inject(MachineCheck.RECOVERY | MachineCheck.DEGRADATION);
        machine.machine().injectChannelReport();

        assertThat(cpu.deliver()).containsExactly(InterruptionType.MACHINE_CHECK);
        assertThat(stored(0xe8) & MachineCheck.CONDITIONS)
                .isEqualTo(MachineCheck.WARNING | MachineCheck.RECOVERY | MachineCheck.CHANNEL_REPORT);
        assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(0x0002);
        assertThat(cpu.handle().counter(Counter.DELIVER_MACHINE_CHECK)).isEqualTo(1);
        assertThat(cpu.handle().counter(Counter.DELIVER_CHANNEL_REPORT)).isEqualTo(1);

        assertThat(cpu.vcpu().loadControl(14, 0x0400_0000L)).isTrue();
        assertThat(cpu.deliver()).containsExactly(InterruptionType.MACHINE_CHECK);
        assertThat(stored(0xe8) & MachineCheck.CONDITIONS).isEqualTo(MachineCheck.DEGRADATION);
        assertThat(cpu.deliver()).isEmpty();
    }

    @Test
    void anExigentOneTakesTheRepressibleOnesThatAreOpen() {
        cpu.registers().control(14, 0x0800_0000L);
        inject(MachineCheck.RECOVERY | MachineCheck.WARNING);
        inject(MachineCheck.PROCESSING_DAMAGE);

        assertThat(cpu.deliver()).containsExactly(InterruptionType.MACHINE_CHECK);
        assertThat(stored(0xe8) & MachineCheck.CONDITIONS)
                .isEqualTo(MachineCheck.PROCESSING_DAMAGE | MachineCheck.RECOVERY);
    }

    @Test
    void aRepressibleOneComesBehindAProgramInterruptionAndBeforeAnExternalOne() {
        cpu.pswMask(0);
        inject(MachineCheck.WARNING);
        machine.machine().injectInterruptKey();
        cpu.program(0x11);
        cpu.pswMask(ENABLED);

        assertThat(cpu.deliver())
                .isEqualTo(List.of(
                        InterruptionType.PROGRAM, InterruptionType.MACHINE_CHECK, InterruptionType.INTERRUPT_KEY));
    }

    @Test
    void theLaterCodeAddressAndLogoutWin() {
        long valid = MachineCheck.EXTERNAL_DAMAGE | MachineCheck.EXTERNAL_DAMAGE_CODE_VALID;
        MachineCheck first = new MachineCheck(valid, 1, 0x1000, 1, 2);

        assertThat(first.mergedWith(new MachineCheck(valid, 2, 0x2000, 3, 4)))
                .isEqualTo(new MachineCheck(valid, 2, 0x2000, 3, 4));
        assertThat(first.mergedWith(new MachineCheck(MachineCheck.WARNING, 0, 0x2000, 3, 4)))
                .as("the validity is that of the later one")
                .isEqualTo(new MachineCheck(MachineCheck.EXTERNAL_DAMAGE | MachineCheck.WARNING, 0, 0x2000, 3, 4));
    }

    @Test
    void storageIsLogicallyValidIfAllSaySo() {
        long valid = MachineCheck.STORAGE_LOGICAL_VALID;
        MachineCheck warning = new MachineCheck(MachineCheck.WARNING | valid);

        assertThat(warning.mergedWith(warning)).isEqualTo(warning);
        assertThat(warning.mergedWith(new MachineCheck(MachineCheck.RECOVERY)))
                .isEqualTo(new MachineCheck(MachineCheck.WARNING | MachineCheck.RECOVERY));
        assertThat(new MachineCheck(MachineCheck.RECOVERY).mergedWith(warning))
                .isEqualTo(new MachineCheck(MachineCheck.WARNING | MachineCheck.RECOVERY));
    }

    @Test
    void aCodeWithoutAConditionIsInvalid() {
        assertThat(cpu.handle().injectMachineCheck(new MachineCheck(ALWAYS_VALID | VALID_AS_INJECTED)))
                .isEqualTo(InjectResult.INVALID);
        assertThat(cpu.handle().inject(0xfffe_1000, 0)).isEqualTo(InjectResult.INVALID);
    }

    @Test
    void rawNumbers() {
        assertThat(cpu.handle().inject(0xfffe_1000, 0, MachineCheck.WARNING)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xfffe_1000, 0, MachineCheck.CHANNEL_REPORT))
                .isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xfffe_1000, 0, MachineCheck.WARNING))
                .isEqualTo(InjectResult.INVALID);
        assertThat(cpu.handle().inject(0xfffe_0004, 0, 7)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xfffe_0005, 0, 8)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0x0001_0005, 0x0001_0005, 0x9L << 32 | 0x1800_0000L))
                .isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0x0400_0000, 0, 0xa000_0000L)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0x0001_0005, 0x0001_0005, 0x8000_0000L))
                .as("an adapter interruption by the number of a subchannel")
                .isEqualTo(InjectResult.INVALID);
        assertThat(machine.machine().inject(0xfbfd_ffff, 0x0001_ffff, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xfffe_0006, 0, 0)).isEqualTo(InjectResult.INVALID);

        assertThat(cpu.deliver())
                .isEqualTo(List.of(
                        InterruptionType.MACHINE_CHECK,
                        InterruptionType.PAGE_FAULT_INITIAL,
                        InterruptionType.PAGE_FAULT_COMPLETION,
                        InterruptionType.IO,
                        InterruptionType.IO,
                        InterruptionType.ADAPTER));
        assertThat(stored(0x11b8)).isEqualTo(8);
    }

    @Test
    void aSourceTooManyIsFullByRawNumber() {
        TestMachine small = ArchitectureMachine.of(1, builder -> builder.ioSources(1));
        assertThat(small.machine().inject(1, 1, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(small.machine().inject(2, 2, 0)).isEqualTo(InjectResult.FULL);
    }

    @Test
    void aFaultLosesNothing() {
        inject(MachineCheck.SYSTEM_DAMAGE);
        machine.machine().injectChannelReport();
        cpu.prefix(0x8000_0000L);

        assertThat(cpu.vcpu().deliverPending()).isEqualTo(Vcpu.FAULT);
        assertThat(cpu.vcpu().fault())
                .isEqualTo(new LowcoreFault(0, cpu.registers().prefix(), InterruptionType.MACHINE_CHECK));
        assertThat(cpu.handle().counter(Counter.DELIVER_MACHINE_CHECK)).isZero();
        cpu.registers().prefix(cpu.lowcore());
        assertThat(cpu.deliver()).containsExactly(InterruptionType.MACHINE_CHECK);
        assertThat(stored(0xe8) & MachineCheck.CONDITIONS)
                .isEqualTo(MachineCheck.SYSTEM_DAMAGE | MachineCheck.CHANNEL_REPORT);
    }

    @Test
    void aResetDiscardsThemAndCountsOne() {
        cpu.pswMask(0);
        inject(MachineCheck.SYSTEM_DAMAGE);
        inject(MachineCheck.WARNING);
        cpu.handle().injectPageFault(1);
        cpu.vcpu().reset();
        cpu.pswMask(ENABLED);

        assertThat(cpu.handle().counter(Counter.DISCARDED_BY_RESET)).isEqualTo(2);
        assertThat(cpu.deliver()).isEmpty();
    }
}
