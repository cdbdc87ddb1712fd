package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PswMaskTest {

    @Test
    void theBitsAreThoseOfThePrinciplesOfOperation() {
        assertThat(PswMask.PER).isEqualTo(bits(1, 1));
        assertThat(PswMask.DAT).isEqualTo(bits(5, 5));
        assertThat(PswMask.IO).isEqualTo(bits(6, 6));
        assertThat(PswMask.EXTERNAL).isEqualTo(bits(7, 7));
        assertThat(PswMask.KEY).isEqualTo(bits(8, 11));
        assertThat(PswMask.MACHINE_CHECK).isEqualTo(bits(13, 13));
        assertThat(PswMask.WAIT).isEqualTo(bits(14, 14));
        assertThat(PswMask.PROBLEM_STATE).isEqualTo(bits(15, 15));
        assertThat(PswMask.ADDRESS_SPACE_CONTROL).isEqualTo(bits(16, 17));
        assertThat(PswMask.CONDITION_CODE).isEqualTo(bits(18, 19));
        assertThat(PswMask.PROGRAM_MASK).isEqualTo(bits(20, 23));
        assertThat(PswMask.EXTENDED_ADDRESSING).isEqualTo(bits(31, 31));
        assertThat(PswMask.BASIC_ADDRESSING).isEqualTo(bits(32, 32));
    }

    /** Bits from first to last, 0 being the leftmost. */
    private static long bits(int first, int last) {
        long mask = 0;
        for (int bit = first; bit <= last; bit++) {
            mask |= 1L << (63 - bit);
        }
        return mask;
    }

    @Test
    void eachQuestionLooksAtItsOwnBitOnly() {
        assertLooksAt(PswMask::isExternalEnabled, 0x0100_0000_0000_0000L);
        assertLooksAt(PswMask::isIoEnabled, 0x0200_0000_0000_0000L);
        assertLooksAt(PswMask::isMachineCheckEnabled, 0x0004_0000_0000_0000L);
        assertLooksAt(PswMask::isPerEnabled, 0x4000_0000_0000_0000L);
        assertLooksAt(PswMask::isWait, 0x0002_0000_0000_0000L);
    }

    private static void assertLooksAt(LongPredicate question, long bit) {
        assertThat(question.test(bit)).isTrue();
        assertThat(question.test(-1)).isTrue();
        assertThat(question.test(0)).isFalse();
        assertThat(question.test(~bit)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                  | all zero",
                "0x4000000000000000 | program-event-recording mask",
                "0x0400000000000000 | DAT mode",
                "0x0200000000000000 | input/output mask",
                "0x0100000000000000 | external mask",
                "0x00f0000000000000 | key f",
                "0x0030000000000000 | key 3",
                "0x0004000000000000 | machine-check mask",
                "0x0002000000000000 | wait state",
                "0x0001000000000000 | problem state",
                "0x0000c00000000000 | address-space control 3",
                "0x0000200000000000 | condition code 2",
                "0x00000a0000000000 | program mask 0xa",
                "0x0000000180000000 | extended addressing, basic addressing",
                "0x8008000000000001 | unassigned 0x8008000000000001",
                "0x0706100180000000 | DAT mode, input/output mask, external mask, machine-check mask, wait state,"
                        + " condition code 1, extended addressing, basic addressing",
            })
    void aMaskIsSpeltOut(String mask, String description) {
        assertThat(PswMask.describe(Long.parseUnsignedLong(mask.replaceFirst("^0x", ""), 16)))
                .isEqualTo(description);
    }
}
