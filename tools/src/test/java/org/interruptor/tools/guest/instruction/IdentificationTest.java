package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the machine says of itself: STFL, STFLE, STIDP, STSI, ECAG. */
class IdentificationTest {
    private static final int PRIVILEGED = 0x02;
    private static final int SPECIFICATION = 0x06;
    private static final String STFLE = "b2b0 2000"; // 0(%r2)
    private static final String STSI = "b27d 2000";
    /** Bits 0 1 2 7, 18 21, 25 27, 32 33 34 35. */
    private static final String LIST = "e1002450f0000000";

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    @Test
    void theFirstWordOfFacilitiesIsStoredThroughThePrefix() {
        cpu.cpu().registers().prefix(0x4000);
        assertThat(cpu.once("b2b1 0000")).isZero();
        assertThat(cpu.load(0x40c8, 8)).isEqualTo(LIST.substring(0, 8) + "00000000");
        assertThat(cpu.load(0xc8, 4)).isEqualTo("00000000");
    }

    @Test
    void theListIsStoredAsFarAsThereIsRoom() {
        cpu.gr(0, 0x1234_5678_9abc_de03L).gr(2, 0x2000).store(0x2008, "ff");
        assertThat(cpu.once(STFLE)).isZero();
        assertThat(cpu.load(0x2000, 9)).isEqualTo(LIST + "ff");
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(0)).isEqualTo(0x1234_5678_9abc_de00L);
        cpu.gr(2, 0x2004);
        assertThat(cpu.once(STFLE)).isEqualTo(SPECIFICATION);
    }

    @Test
    void theCpuIdIsThatOfAVirtualMachine() {
        cpu.gr(2, 0x2000);
        assertThat(cpu.once("b202 2000")).isZero();
        assertThat(cpu.load(0x2000, 8)).isEqualTo("ff00000128178000");
        assertThat(cpu.once("b202 2004")).isEqualTo(SPECIFICATION);
    }

    @Test
    void theProblemStateIsRefusedButForTheExtendedList() {
        cpu.mode(PswMask.PROBLEM_STATE | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING);
        cpu.gr(2, 0x2000);
        assertThat(cpu.once("b2b1 0000")).isEqualTo(PRIVILEGED);
        assertThat(cpu.once("b202 2000")).isEqualTo(PRIVILEGED);
        assertThat(cpu.once(STSI)).isEqualTo(PRIVILEGED);
        assertThat(cpu.once(STFLE)).isZero();
    }

    private int storeInformation(int function, int selector1, int selector2) {
        cpu.gr(0, (long) function << 28 | selector1).gr(1, selector2).gr(2, 0x2000);
        int code = cpu.once(STSI);
        return code != 0 ? -code : cpu.cc();
    }

    private String text(long address, int length) {
        byte[] bytes = new byte[length];
        cpu.memory().getBytes(address, bytes, 0, length);
        return new String(bytes, Charset.forName("IBM1047"));
    }

    @Test
    void theLevelIsThatOfAVirtualMachine() {
        assertThat(storeInformation(0, 5, 5)).isZero();
        assertThat(cpu.gr(0)).isEqualTo(0x3000_0005L);
        assertThat(storeInformation(0, 0x100, 0)).isEqualTo(-SPECIFICATION);
    }

    @Test
    void theBasicMachineHasAManufacturerAndCpus() {
        assertThat(storeInformation(1, 1, 1)).isZero();
        assertThat(text(0x2000 + 32, 20)).isEqualTo("INTERRUPTOR     2817");
        assertThat(text(0x2000 + 80, 20)).isEqualTo("000000000000000101  ");
        assertThat(storeInformation(1, 2, 2)).isZero();
        assertThat(cpu.load(0x2000 + 36, 10)).isEqualTo("00010001000000000000");
    }

    @Test
    void thisCpuHasItsAddress() {
        for (int function = 1; function <= 2; function++) {
            assertThat(storeInformation(function, 2, 1)).isZero();
            assertThat(text(0x2000 + 80, 20)).isEqualTo("000000000000000101  ");
            assertThat(cpu.load(0x2000 + 100, 8)).isEqualTo("0001000000000000");
        }
    }

    @Test
    void aPartitionAndAVirtualMachineHaveNamesAndCpus() {
        assertThat(storeInformation(2, 2, 2)).isZero();
        assertThat(cpu.load(0x2000 + 36, 8)).isEqualTo("0001000100000000");
        assertThat(text(0x2000 + 44, 8)).isEqualTo("GUEST   ");
        assertThat(storeInformation(3, 2, 2)).isZero();
        assertThat(cpu.load(0x2000 + 28, 16)).isEqualTo("00000001000000000001000100000000");
        assertThat(text(0x2000 + 44, 8)).isEqualTo("GUEST   ");
        assertThat(text(0x2000 + 56, 16)).isEqualTo("KVM/Linux       ");
        assertThat(cpu.load(0x2000 + 75, 1)).isEqualTo("02");
        assertThat(cpu.load(0x2000 + 2048, 6)).isEqualTo("475545535400");
    }

    @Test
    void whatThereIsNotIsConditionCode3() {
        assertThat(storeInformation(1, 1, 2)).isEqualTo(3);
        assertThat(storeInformation(3, 2, 1)).isEqualTo(3);
        assertThat(storeInformation(4, 2, 2)).isEqualTo(3);
        assertThat(storeInformation(15, 1, 1)).isEqualTo(3);
        assertThat(cpu.load(0x2000, 32)).matches("0+");
    }

    @Test
    void reservedBitsAndAnUnalignedBlockAreSpecificationExceptions() {
        assertThat(storeInformation(1, 0x101, 1)).isEqualTo(-SPECIFICATION);
        assertThat(storeInformation(1, 1, 0x10001)).isEqualTo(-SPECIFICATION);
        cpu.gr(0, 0x1000_0001L).gr(1, 1).gr(2, 0x2008);
        assertThat(cpu.once(STSI)).isEqualTo(SPECIFICATION);
    }

    @Test
    void thereIsOneLevelOfCachesOfItsOwnForEachCpu() {
        cpu.once("eb20 0000 004c"); // topology
        assertThat(cpu.gr(2)).isEqualTo(0x0400_0000_0000_0000L);
        cpu.once("eb20 0010 004c"); // line of the data cache
        assertThat(cpu.gr(2)).isEqualTo(256);
        cpu.once("eb20 0023 004c"); // level 2
        assertThat(cpu.gr(2)).isEqualTo(-1);
    }
}
