package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MVCL, MVCLE, MVCLU, CLCL, CLCLE, CLCLU, CKSM: lengths, padding, interruption points, exceptions in the middle. */
class LongOperandsTest {
    private static final int ADDRESSING = 0x05;
    private static final int SPECIFICATION = 0x06;
    private static final String MVCL = "0e24"; // mvcl %r2,%r4
    private static final String MVCLE = "a824 0040"; // mvcle %r2,%r4,0x40
    private static final String CLCL = "0f24";

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    private void operands(long address1, long length1, long address2, long length2) {
        cpu.gr(2, address1).gr(3, length1).gr(4, address2).gr(5, length2);
    }

    @Test
    void moveLongPadsAndLeavesTheBitsAroundItsLengths() {
        cpu.store(0x3000, "0102030405");
        operands(0x2000, 0xaaaa_aaaa_5500_0008L, 0x3000, 0xbbbb_bbbb_ee00_0005L);
        assertThat(cpu.untilDone(MVCL)).isEqualTo(1);
        assertThat(cpu.load(0x2000, 9)).isEqualTo("0102030405eeeeee00");
        assertThat(cpu.cc()).as("first operand longer").isEqualTo(2);
        assertThat(cpu.gr(2)).isEqualTo(0x2008);
        assertThat(cpu.gr(3)).isEqualTo(0xaaaa_aaaa_5500_0000L);
        assertThat(cpu.gr(4)).isEqualTo(0x3005);
        assertThat(cpu.gr(5)).isEqualTo(0xbbbb_bbbb_ee00_0000L);
    }

    @Test
    void theShorterFirstOperandLeavesTheRestOfTheSecond() {
        cpu.store(0x3000, "0102030405");
        operands(0x2000, 3, 0x3000, 5);
        cpu.untilDone(MVCL);
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.gr(4)).isEqualTo(0x3003);
        assertThat(cpu.gr(5)).isEqualTo(2);
    }

    @Test
    void aLongMoveIsInterruptedAndGoesOnWithTheConditionCodeOfItsWholeLength() {
        byte[] bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        cpu.memory().putBytes(0x8001, bytes, 0, bytes.length);
        operands(0x10003, bytes.length + 1, 0x8001, bytes.length);
        assertThat(cpu.untilDone(MVCL)).isEqualTo(5);
        byte[] moved = new byte[bytes.length];
        cpu.memory().getBytes(0x10003, moved, 0, moved.length);
        assertThat(moved).isEqualTo(bytes);
        assertThat(cpu.cc()).isEqualTo(2);
    }

    @Test
    void aDestructiveOverlapMovesNothing() {
        cpu.store(0x2000, "010203");
        operands(0x2001, 3, 0x2000, 3);
        cpu.untilDone(MVCL);
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(cpu.load(0x2000, 4)).isEqualTo("01020300");
        assertThat(cpu.gr(3)).isEqualTo(3);
        operands(0x2001, 3, 0x2000, 1); // padding follows the one byte
        cpu.untilDone(MVCL);
        assertThat(cpu.cc()).isEqualTo(2);
        operands(0x2000, 3, 0x2001, 3); // to the left
        cpu.untilDone(MVCL);
        assertThat(cpu.cc()).isEqualTo(0);
    }

    @Test
    void anExceptionFindsTheRegistersBehindWhatWasMoved() {
        long end = OneCpu.SIZE;
        operands(end - 5000, 6000, 0x2000, 6000);
        assertThat(cpu.once(MVCL)).isZero();
        assertThat(cpu.once(MVCL)).isEqualTo(ADDRESSING);
        assertThat(cpu.gr(2)).isEqualTo(end);
        assertThat(cpu.gr(3)).isEqualTo(1000);
        assertThat(cpu.gr(5)).isEqualTo(1000);
    }

    @Test
    void addressesWrapAroundInThe24BitMode() {
        cpu.mode(0);
        cpu.store(0, "a1a2");
        operands(0x2000, 2, 0xff00_0000_0100_0000L, 2);
        cpu.untilDone(MVCL);
        assertThat(cpu.load(0x2000, 2)).isEqualTo("a1a2");
        assertThat(cpu.gr(4)).isEqualTo(0xff00_0000_0000_0002L);
    }

    @Test
    void oddRegistersAreASpecificationException() {
        for (String code :
                new String[] {"0e34", "0e25", "0f34", "0f25", "a834 0000", "a825 0000", "a934 0000", "b241 0023"}) {
            assertThat(cpu.once(code)).as(code).isEqualTo(SPECIFICATION);
        }
    }

    @Test
    void anExtendedMoveEndsWithConditionCode3UntilItIsDone() {
        operands(0x8000, 10_000, 0, 0);
        int times = 1;
        while (cpu.once(MVCLE) == 0 && cpu.cc() == 3) {
            times++;
        }
        assertThat(times).isEqualTo(3);
        assertThat(cpu.cc()).isEqualTo(2);
        assertThat(cpu.load(0x8000 + 9998, 3)).isEqualTo("404000");
        assertThat(cpu.gr(2)).isEqualTo(0x8000 + 10_000);
        assertThat(cpu.gr(3)).isZero();
    }

    @Test
    void anExtendedLengthHas32BitsInThe31BitMode() {
        cpu.mode(0x8000_0000L);
        operands(0x1234_5678_8000_2000L, 0xffff_ffff_0000_0001L, 0, 0);
        cpu.untilDone(MVCLE);
        assertThat(cpu.cc()).isEqualTo(2);
        assertThat(cpu.load(0x2000, 2)).isEqualTo("4000");
        assertThat(cpu.gr(2)).isEqualTo(0x1234_5678_0000_2001L);
        assertThat(cpu.gr(3)).isEqualTo(0xffff_ffff_0000_0000L);
    }

    @Test
    void charactersOfTwoBytesMayCrossPages() {
        cpu.store(0x4fff, "00e4");
        operands(0x2fff, 6, 0x4fff, 2);
        cpu.untilDone("eb24 0020 008e"); // mvclu %r2,%r4,0x20
        assertThat(cpu.load(0x2ffe, 8)).isEqualTo("0000e40020002000");
        assertThat(cpu.cc()).isEqualTo(2);
        operands(0x2fff, 6, 0x4fff, 2);
        cpu.untilDone("eb24 0020 008f"); // clclu
        assertThat(cpu.cc()).isZero();
        operands(0x2000, 3, 0x4fff, 2);
        assertThat(cpu.once("eb24 0020 008e")).isEqualTo(SPECIFICATION);
    }

    @Test
    void comparisonsPointToWhatDiffers() {
        cpu.store(0x2ffc, "0102030405060708090a").store(0x3000 + 0x800, "010203040506070809ff");
        operands(0x2ffc, 10, 0x3800, 10);
        cpu.untilDone(CLCL);
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.gr(2)).isEqualTo(0x2ffc + 9);
        assertThat(cpu.gr(3)).isEqualTo(1);
        assertThat(cpu.gr(4)).isEqualTo(0x3809);
        assertThat(cpu.gr(5)).isEqualTo(1);
    }

    @Test
    void theShorterOperandIsPadded() {
        cpu.store(0x2000, "0102202020").store(0x3000, "0102");
        operands(0x2000, 5, 0x3000, 0x2000_0002L);
        cpu.untilDone(CLCL);
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(2)).isEqualTo(0x2005);
        assertThat(cpu.gr(5)).isEqualTo(0x2000_0000L);
        operands(0x2000, 5, 0x3000, 2);
        cpu.once("a924 0021"); // clcle with padding 0x21
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.gr(3)).isEqualTo(3);
    }

    @Test
    void comparedInUnitsWithoutLosingTheDifference() {
        cpu.store(0x8000 + 9000, "01");
        operands(0x8000, 10_000, 0x10000, 10_000);
        assertThat(cpu.untilDone(CLCL)).isEqualTo(3);
        assertThat(cpu.cc()).isEqualTo(2);
        assertThat(cpu.gr(3)).isEqualTo(1000);
    }

    @Test
    void aChecksumCarriesAroundAndPadsTheLastWord() {
        cpu.store(0x2000, "ffffffff 00000002 8001");
        cpu.gr(2, 0xaaaa_aaaa_8000_0000L).gr(4, 0x2000).gr(5, 10);
        assertThat(cpu.once("b241 0024")).isZero(); // cksm %r2,%r4
        // 80000000 + ffffffff = 1_7fffffff: 80000000; + 2: 80000002; + 80010000 = 1_00010002: 00010003
        assertThat(cpu.gr(2)).isEqualTo(0xaaaa_aaaa_0001_0003L);
        assertThat(cpu.gr(4)).isEqualTo(0x200a);
        assertThat(cpu.gr(5)).isZero();
        assertThat(cpu.cc()).isZero();
        cpu.gr(5, 5000);
        cpu.once("b241 0024");
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(cpu.gr(5)).isEqualTo(904);
    }
}
