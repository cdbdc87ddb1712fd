package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Translations by tables, substrings, Unicode, and what was interrupted in the middle. */
class TranslationsTest {
    private static final int ADDRESSING = 0x05;
    private static final int SPECIFICATION = 0x06;

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    @Test
    void twoBytesAreTranslatedToOneAndToTwo() {
        cpu.gr(0, 0xff).gr(1, 0x4003).store(0x4000 + 0x123, "77").store(0x4000 + 0x124, "ff");
        cpu.gr(2, 0x2000).gr(3, 6).gr(4, 0x3000).store(0x3000, "012301230124");
        cpu.once("b991 0024"); // trto
        assertThat(cpu.load(0x2000, 3)).isEqualTo("777700");
        assertThat(cpu.cc()).as("the test character was found").isEqualTo(1);
        assertThat(cpu.gr(2)).isEqualTo(0x2002);
        assertThat(cpu.gr(3)).isEqualTo(2);
        assertThat(cpu.gr(4)).isEqualTo(0x3004);
        cpu.once("b991 1024"); // without a test
        assertThat(cpu.load(0x2000, 3)).isEqualTo("7777ff");
        assertThat(cpu.cc()).isZero();
        cpu.gr(2, 0x2000).gr(3, 2).gr(4, 0x3000).store(0x4000 + 2 * 0x123, "abcd");
        cpu.once("b990 0024"); // trtt
        assertThat(cpu.load(0x2000, 2)).isEqualTo("abcd");
        assertThat(cpu.gr(3, 3).once("b990 0024")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("b993 0034")).isEqualTo(SPECIFICATION);
    }

    @Test
    void aLongTranslationEndsWithConditionCode3() {
        cpu.gr(0, 0xff).gr(1, 0x4000).gr(2, 0x2000).gr(3, 300).gr(4, 0x3000);
        cpu.once("b993 0024"); // troo
        assertThat(cpu.cc()).isEqualTo(3);
        cpu.once("b993 0024");
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(2)).isEqualTo(0x2000 + 300);
    }

    @Test
    void equalSubstringsAreFound() {
        cpu.store(0x2000, "0102030405").store(0x3000, "0909030499");
        cpu.gr(0, 2).gr(1, 0).gr(2, 0x2000).gr(3, 5).gr(4, 0x3000).gr(5, 5);
        cpu.once("b257 0024"); // cuse
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(2)).isEqualTo(0x2002);
        assertThat(cpu.gr(3)).isEqualTo(3);
        assertThat(cpu.gr(4)).isEqualTo(0x3002);
        cpu.gr(0, 3);
        cpu.once("b257 0024");
        assertThat(cpu.cc()).as("the last byte differs").isEqualTo(2);
        cpu.gr(2, 0x2000).gr(3, 4).gr(4, 0x3000).gr(5, 4);
        cpu.once("b257 0024");
        assertThat(cpu.cc()).as("ends in the middle of equal bytes").isEqualTo(1);
        assertThat(cpu.gr(2)).isEqualTo(0x2002);
    }

    @Test
    void anExceptionInTheMiddleOfEqualBytesLeavesTheRegistersAtTheFirst() {
        long end = OneCpu.SIZE;
        cpu.gr(0, 9).gr(1, 0).gr(2, end - 4).gr(3, 100).gr(4, 0x3000).gr(5, 100);
        cpu.store(0x3000, "01"); // the first differs, three are equal
        assertThat(cpu.once("b257 0024")).isEqualTo(ADDRESSING);
        assertThat(cpu.gr(2)).isEqualTo(end - 3);
        assertThat(cpu.gr(3)).isEqualTo(99);
        assertThat(cpu.gr(4)).isEqualTo(0x3001);
    }

    @Test
    void charactersAreConverted() {
        String utf8 = "41c3a4e282acf09f9880"; // A, a umlaut, euro, a face
        String utf16 = "004100e420acd83dde00";
        cpu.store(0x3000, utf8).gr(2, 0x2000).gr(3, 20).gr(4, 0x3000).gr(5, 10);
        cpu.once("b2a7 1024"); // cu12, checked
        assertThat(cpu.load(0x2000, 10)).isEqualTo(utf16);
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(3)).isEqualTo(10);
        cpu.gr(4, 0x2000).gr(5, 10).gr(2, 0x2100).gr(3, 10);
        cpu.once("b2a6 1024"); // cu21
        assertThat(cpu.load(0x2100, 10)).isEqualTo(utf8);
        cpu.gr(4, 0x2000).gr(5, 10).gr(2, 0x2100).gr(3, 15);
        cpu.once("b9b1 0024"); // cu24
        assertThat(cpu.load(0x2100, 12)).isEqualTo("00000041000000e4000020ac");
        assertThat(cpu.cc()).as("no room for the face").isEqualTo(1);
        assertThat(cpu.gr(5)).isEqualTo(4);
    }

    @Test
    void whatIsNotWellFormedIsConditionCode2() {
        for (String bad : new String[] {"c080", "eda080", "f4908080", "80", "e2e2ac", "ff"}) {
            cpu.store(0x3000, bad + "000000")
                    .gr(2, 0x2000)
                    .gr(3, 20)
                    .gr(4, 0x3000)
                    .gr(5, 4);
            cpu.once("b2a7 1024");
            assertThat(cpu.cc()).as(bad).isEqualTo(2);
            assertThat(cpu.gr(4)).isEqualTo(0x3000);
        }
        cpu.store(0x3000, "e282").gr(2, 0x2000).gr(3, 20).gr(4, 0x3000).gr(5, 2);
        cpu.once("b2a7 1024");
        assertThat(cpu.cc()).as("the rest may come").isZero();
        assertThat(cpu.gr(5)).isEqualTo(2);
    }

    @Test
    void stringsEndTheirUnitAtAPage() {
        cpu.gr(0, 0).gr(2, 0x2ffc).gr(4, 0x3800).store(0x3800, "010203040506").store(0x3806, "00");
        cpu.once("b255 0024"); // mvst
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(cpu.gr(2)).isEqualTo(0x3000);
        assertThat(cpu.gr(4)).isEqualTo(0x3804);
        cpu.once("b255 0024");
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.load(0x2ffc, 7)).isEqualTo("01020304050600");
    }

    @Test
    void aTableNeedBeThereOnlyWhereItIsLookedAt() {
        long end = OneCpu.SIZE;
        cpu.gr(2, 0x2000)
                .gr(3, end - 16)
                .store(0x2000, "010f")
                .store(end - 15, "aa")
                .store(end - 1, "bb");
        assertThat(cpu.once("dc01 2000 3000")).isZero(); // tr
        assertThat(cpu.load(0x2000, 2)).isEqualTo("aabb");
        cpu.store(0x2000, "0110");
        assertThat(cpu.once("dc01 2000 3000")).isEqualTo(ADDRESSING);
        assertThat(cpu.load(0x2000, 2)).as("unchanged").isEqualTo("0110");
    }
}
