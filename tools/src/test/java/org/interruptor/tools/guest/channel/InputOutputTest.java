package org.interruptor.tools.guest.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.interruptor.tools.guest.channel.ChannelFixture.DATA;
import static org.interruptor.tools.guest.channel.ChannelFixture.PROGRAM;
import static org.interruptor.tools.guest.channel.ChannelFixture.SIZE;

import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.instruction.Instruction;
import org.interruptor.tools.guest.instruction.InstructionTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The I/O instructions: condition codes, operands, and exceptions that change nothing. */
@Timeout(60)
class InputOutputTest {
    private static final int STSCH = 0xb234;
    private static final int MSCH = 0xb232;
    private static final int SSCH = 0xb233;
    private static final int TSCH = 0xb235;
    private static final int CSCH = 0xb230;
    private static final int HSCH = 0xb231;
    private static final int RSCH = 0xb238;
    private static final int RCHP = 0xb23b;
    private static final int STCRW = 0xb239;
    private static final int SCHM = 0xb23c;
    private static final int CHSC = 0xb25f;
    private static final int TPI = 0xb236;
    private static final int XSCH = 0xb276;
    private static final int SAL = 0xb237;

    private static final long EXTENDED_MODE = 0x0000_0001_8000_0000L;
    private static final int OPERAND = 0x8000;
    private static final int SUBCHANNEL = 0x0001_0000;
    private static final int ENABLED = 0x1880_0000;

    private final ChannelFixture fixture = new ChannelFixture();
    private final GuestMemory memory = fixture.memory();
    private final Cpu cpu = new Cpu(fixture.vcpu(), new PlatformStub().with(fixture.channels()));
    private final EchoDevice device = new EchoDevice();
    private final Subchannel subchannel = fixture.channels().add(0x1234, device);

    @BeforeEach
    void extendedMode() {
        cpu.registers().psw(EXTENDED_MODE, 0);
        cpu.pswLoaded();
        cpu.gr(1, SUBCHANNEL);
        cpu.gr(5, OPERAND);
    }

    @AfterEach
    void close() {
        device.release();
        fixture.close();
    }

    private Instruction instruction(int opcode) {
        return InstructionTable.all().find((long) opcode << 48);
    }

    /** The condition code of an S-format instruction whose operand is at general register 5. */
    private int execute(int opcode) {
        instruction(opcode).execute(cpu, (long) opcode << 48 | 0x5000L << 32);
        return cpu.cc();
    }

    private int execute(int opcode, long address) {
        cpu.gr(5, address);
        return execute(opcode);
    }

    private void fails(int opcode, ProgramException exception) {
        byte[] before = fixture.bytes(0, SIZE);
        cpu.cc(2);
        assertThatThrownBy(() -> execute(opcode)).isSameAs(exception);
        assertThat(cpu.cc()).isEqualTo(2);
        assertThat(fixture.bytes(0, SIZE)).isEqualTo(before);
    }

    private void enable() {
        assertThat(execute(STSCH, OPERAND)).isZero();
        memory.putInt(OPERAND + 4, memory.getInt(OPERAND + 4) | ENABLED);
        assertThat(execute(MSCH)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {STSCH, MSCH, SSCH, TSCH, CSCH, HSCH, RSCH, RCHP, STCRW, SCHM, CHSC, TPI, XSCH, SAL})
    void allArePrivileged(int opcode) {
        cpu.registers().psw(EXTENDED_MODE | 0x0001_0000_0000_0000L, 0);
        cpu.pswLoaded();
        fails(opcode, ProgramException.PRIVILEGED_OPERATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {STSCH, MSCH, SSCH, TSCH, CSCH, HSCH, RSCH, XSCH})
    void generalRegister1NamesASubchannel(int opcode) {
        memory.putInt(OPERAND + 4, 0x0000_8000); // an ORB and a SCHIB without ones where zeros must be
        int[] none = {0, 0x0002_0000, 0x0101_0000, 0x0009_0000, 0xfe01_0000};
        for (int word : none) {
            cpu.gr(1, word & 0xffff_ffffL);
            fails(opcode, ProgramException.OPERAND);
        }
        int[] notThere = {0x0001_0001, 0x0001_ffff, 0x0003_0000, 0x0007_0000};
        for (int word : notThere) {
            cpu.gr(1, 0xdead_0000_0000_0000L | word);
            assertThat(execute(opcode)).as("0x%08x", word).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"0xb234, 52", "0xb232, 52", "0xb233, 12", "0xb235, 96", "0xb239, 4", "0xb236, 8"})
    void operandsAreAlignedAndInStorage(int opcode, int length) {
        enable();
        memory.putInt(OPERAND + 4, 0x0000_8000);
        for (int i = 1; i < 4; i++) {
            cpu.gr(5, OPERAND + i);
            fails(opcode, ProgramException.SPECIFICATION);
        }
        cpu.gr(5, SIZE - length + 4);
        fails(opcode, ProgramException.ADDRESSING);
        cpu.gr(5, 0x7fff_ffff_ffff_f000L);
        fails(opcode, ProgramException.ADDRESSING);
        assertThat(execute(opcode, SIZE - length)).isLessThan(3);
    }

    @Test
    void storeSubchannelStoresItAll() {
        memory.putLong(OPERAND + 52, 0x1111_2222_3333_4444L);
        assertThat(execute(STSCH, OPERAND)).isZero();
        assertThat(memory.getInt(OPERAND + 4)).isEqualTo(0x0001_1234);
        assertThat(memory.getInt(OPERAND + 8)).isEqualTo(0x8000_0080);
        assertThat(memory.getInt(OPERAND + 12)).isEqualTo(0x0000_ff80);
        assertThat(memory.getLong(OPERAND + 52)).isEqualTo(0x1111_2222_3333_4444L);
    }

    @ParameterizedTest
    @CsvSource({"1, 0x80000000", "1, 0x40000000", "1, 0x00600000", "1, 0x04000000", "6, 0x80000000", "6, 2", "6, 8"})
    void modifySubchannelRefusesOnesWhereZerosMustBe(int word, long bits) {
        memory.putInt(OPERAND + 4 * word, (int) bits);
        fails(MSCH, ProgramException.OPERAND);
    }

    @ParameterizedTest
    @CsvSource({"1, 0x00048000", "1, 0x00008040", "1, 0x00008002", "2, 0x80002000"})
    void startSubchannelRefusesOnesWhereZerosMustBe(int word, long bits) {
        enable();
        memory.putLong(OPERAND, 0x0000_8000);
        memory.putInt(OPERAND + 4 * word, (int) bits);
        fails(SSCH, ProgramException.OPERAND);
        assertThat(subchannel.store()[7]).isZero();
    }

    @Test
    void aProgramRunsAndItsStatusIsTested() {
        enable();
        memory.putInt(OPERAND, 0x1234_5678);
        memory.putInt(OPERAND + 4, ChannelFixture.FORMAT_1);
        memory.putInt(OPERAND + 8, PROGRAM);
        fixture.ccw(0, 0xe4, 0, 7, DATA);
        assertThat(execute(TSCH, OPERAND + 0x200)).isEqualTo(1);
        memory.putLong(OPERAND + 0x200 + 96, 0x1111_2222_3333_4444L);
        assertThat(execute(SSCH, OPERAND)).isZero();
        fixture.await("status", () -> execute(TSCH, OPERAND + 0x200) == 0);
        assertThat(memory.getInt(OPERAND + 0x200)).isEqualTo(0x0080_4007);
        assertThat(memory.getInt(OPERAND + 0x204)).isEqualTo(PROGRAM + 8);
        assertThat(memory.getInt(OPERAND + 0x208)).isEqualTo(0x0c00_0000);
        assertThat(memory.getLong(OPERAND + 0x200 + 96)).isEqualTo(0x1111_2222_3333_4444L);
        assertThat(memory.getInt(DATA)).isEqualTo(0xff12_3456);
    }

    @Test
    void testSubchannelThatCannotStoreLeavesTheStatus() {
        enable();
        assertThat(execute(HSCH)).isZero();
        fixture.await("status", () -> ChannelFixture.isStatusPending(subchannel));
        cpu.gr(5, SIZE - 92);
        fails(TSCH, ProgramException.ADDRESSING);
        assertThat(execute(TSCH, SIZE - 96)).isZero();
        assertThat(execute(CSCH)).isZero();
        fixture.await("status", () -> execute(TSCH, OPERAND) == 0);
        assertThat(memory.getInt(OPERAND)).isEqualTo(0x1001);
        assertThat(execute(RSCH)).isEqualTo(2);
        assertThat(execute(XSCH)).isEqualTo(2);
    }

    @Test
    void testPendingInterruptionStoresTwoWordsOrThree() {
        enable();
        cpu.registers().control(6, 0x0800_0000); // subclass 4
        execute(STSCH, OPERAND);
        memory.putInt(OPERAND, 0x7777_7777);
        execute(MSCH);
        subchannel.attention();
        assertThat(execute(TPI, 0)).as("its subclass is not in the mask").isZero();
        cpu.registers().control(6, 0x1000_0000);
        assertThat(execute(TPI, 0)).isEqualTo(1);
        assertThat(memory.getLong(0xb8)).isEqualTo(0x0001_0000_7777_7777L);
        assertThat(memory.getInt(0xc0)).isEqualTo(0x1800_0000);
        assertThat(execute(TPI, 0)).isZero();
        assertThat(execute(TSCH, OPERAND)).isZero();

        subchannel.attention();
        memory.putInt(DATA + 8, 0x1111_1111);
        cpu.gr(5, SIZE - 4);
        fails(TPI, ProgramException.ADDRESSING);
        assertThat(execute(TPI, DATA)).isEqualTo(1);
        assertThat(memory.getLong(DATA)).isEqualTo(0x0001_0000_7777_7777L);
        assertThat(memory.getInt(DATA + 8)).isEqualTo(0x1111_1111);
    }

    @Test
    void resetChannelPathMakesAChannelReport() {
        assertThat(execute(STCRW, OPERAND)).isEqualTo(1);
        assertThat(memory.getInt(OPERAND)).isZero();
        cpu.gr(1, 0x100);
        fails(RCHP, ProgramException.OPERAND);
        cpu.gr(1, 1);
        assertThat(execute(RCHP)).isEqualTo(3);
        cpu.gr(1, 0xffff_ffff_0000_0000L);
        assertThat(execute(RCHP)).isZero();
        assertThat(execute(STCRW, OPERAND)).isZero();
        assertThat(memory.getInt(OPERAND)).isEqualTo(0x4402_0000);
        assertThat(execute(STCRW, OPERAND)).isEqualTo(1);
    }

    @Test
    void setChannelMonitorAndSetAddressLimitCheckTheirRegisters() {
        cpu.cc(1);
        for (int bit = 0; bit < 32; bit++) {
            cpu.gr(1, 1L << bit);
            cpu.gr(2, 0x20);
            if (bit >= 2 && bit < 28) {
                fails(SCHM, ProgramException.OPERAND);
            } else {
                execute(SCHM);
            }
            if (bit < 16 || bit == 31) {
                fails(SAL, ProgramException.OPERAND);
            } else {
                execute(SAL);
            }
        }
        cpu.gr(1, 2);
        cpu.gr(2, 0x28);
        fails(SCHM, ProgramException.OPERAND);
        cpu.gr(1, 1);
        execute(SCHM);
        assertThat(cpu.cc()).as("unchanged").isEqualTo(2);
    }

    private int channelSubsystemCall(int command, int length) {
        memory.putInt(OPERAND, length << 16 | command);
        instruction(CHSC).execute(cpu, (long) CHSC << 48 | 0x0050L << 32);
        return memory.getInt(OPERAND + length);
    }

    @Test
    void channelSubsystemCallAnswersBehindTheRequest() {
        assertThat(channelSubsystemCall(0x0010, 16)).isEqualTo(0x0ff0_0001);
        assertThat(memory.getInt(OPERAND + 16 + 12))
                .as("adapter interruptions, measurement blocks")
                .isEqualTo(0x0040_8000);
        assertThat(cpu.cc()).isZero();
        assertThat(channelSubsystemCall(0x0010, 24)).isEqualTo(0x0008_0003);
        assertThat(channelSubsystemCall(0x0031, 0x400)).isEqualTo(0x0008_0001);
        assertThat(channelSubsystemCall(0x0031, 16)).isEqualTo(0x0008_0003);
        for (int command : new int[] {0x0002, 0x0004, 0x0033, 0x0034, 0x004c, 0x1234}) {
            assertThat(channelSubsystemCall(command, 16)).isEqualTo(0x0008_0004);
        }
        for (int length : new int[] {0, 8, 20, 0x1000, 0xfffc, 0xff9}) {
            assertThatThrownBy(() -> channelSubsystemCall(0x0010, length)).isSameAs(ProgramException.OPERAND);
        }
        assertThat(channelSubsystemCall(0x0010, 0xff8))
                .as("in the last doubleword")
                .isEqualTo(0x0008_0003);
        cpu.gr(5, OPERAND + 8);
        assertThatThrownBy(() -> channelSubsystemCall(0x0010, 16)).isSameAs(ProgramException.SPECIFICATION);
        cpu.gr(5, SIZE);
        assertThatThrownBy(() -> channelSubsystemCall(0x0010, 16)).isSameAs(ProgramException.ADDRESSING);
    }
}
