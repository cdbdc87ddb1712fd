package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Packed decimal instructions, by hand; sums, products and quotients at random against BigInteger. */
class DecimalsTest {
    private static final int SPECIFICATION = 0x06;
    private static final int DATA = 0x07;
    private static final int FIXED_POINT_DIVIDE = 0x09;
    private static final int DECIMAL_OVERFLOW = 0x0a;
    private static final int DECIMAL_DIVIDE = 0x0b;
    private static final long MODE_64 = PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long DECIMAL_OVERFLOW_MASK = 0x0000_0400_0000_0000L;

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    /** Operands at 0x2000 and 0x3000, addressed by registers 2 and 3; opcode and lengths as four digits. */
    private int execute(String opcodeAndLengths, String first, String second) {
        cpu.gr(2, 0x2000).gr(3, 0x3000).store(0x2000, first).store(0x3000, second);
        return cpu.once(opcodeAndLengths + " 2000 3000");
    }

    private void isDone(String opcodeAndLengths, String first, String second, String result, int cc) {
        assertThat(execute(opcodeAndLengths, first, second)).isZero();
        assertThat(cpu.load(0x2000, result.length() / 2)).isEqualTo(result);
        assertThat(cpu.cc()).isEqualTo(cc);
    }

    @Test
    void sumsHavePreferredSignsAndAConditionCode() {
        isDone("fa11", "123f", "004a", "127c", 2);
        isDone("fa11", "123c", "123d", "000c", 0);
        isDone("fb11", "005c", "012c", "007d", 1);
        isDone("fb10", "005d", "5b", "000c", 0);
        isDone("f821", "ffffff", "012d", "00012d", 1);
        isDone("f810", "ffff", "0d", "000c", 0);
    }

    @Test
    void anOverflowCutsDigitsOffAndMayInterrupt() {
        isDone("fa11", "999c", "002c", "001c", 3);
        isDone("fa11", "999d", "001d", "000d", 3); // a zero that was cut off keeps its sign
        isDone("f801", "ff", "123d", "3d", 3);
        cpu.mode(MODE_64 | DECIMAL_OVERFLOW_MASK);
        assertThat(execute("fa11", "999c", "002c")).isEqualTo(DECIMAL_OVERFLOW);
        assertThat(cpu.load(0x2000, 2)).isEqualTo("001c");
        assertThat(cpu.cc()).isEqualTo(3);
    }

    @Test
    void invalidDigitsAndSignsAreDataExceptionsThatChangeNothing() {
        assertThat(execute("fa11", "1a3c", "001c")).isEqualTo(DATA);
        assertThat(execute("fa11", "123c", "0011")).isEqualTo(DATA);
        assertThat(cpu.load(0x2000, 2)).isEqualTo("123c");
        assertThat(cpu.load(0x90, 4)).isEqualTo("00000000");
        isDone("f911", "005c", "005f", "005c", 0);
        isDone("f911", "000d", "000c", "000d", 0);
        isDone("f910", "100d", "1c", "100d", 1);
        isDone("f910", "100c", "1c", "100c", 2);
    }

    @Test
    void aProductNeedsRoomOnTheLeft() {
        cpu.cpu().cc(1);
        isDone("fc31", "0000123c", "012d", "0001476d", 1); // unchanged condition code
        isDone("fc20", "00000d", "5c", "00000d", 1); // algebra, also of zero
        assertThat(execute("fc31", "0123456c", "012c")).isEqualTo(DATA);
        assertThat(execute("fc11", "001c", "002c")).isEqualTo(SPECIFICATION);
        assertThat(execute("fcf8", "00", "00")).isEqualTo(SPECIFICATION);
    }

    @Test
    void aQuotientHasItsRemainderBehindIt() {
        cpu.cpu().cc(2);
        isDone("fd31", "0012345d", "100c", "123d045d", 2);
        isDone("fd20", "00007c", "7d", "001d0c", 2);
        assertThat(execute("fd31", "1234567c", "001c")).isEqualTo(DECIMAL_DIVIDE);
        assertThat(execute("fd31", "0000001c", "000c")).isEqualTo(DECIMAL_DIVIDE);
        assertThat(cpu.load(0x2000, 4)).isEqualTo("0000001c");
        assertThat(execute("fd11", "001c", "002c")).isEqualTo(SPECIFICATION);
    }

    @Test
    void shiftsRoundToTheRightAndOverflowToTheLeft() {
        cpu.gr(2, 0x2000).store(0x2000, "0012345c");
        cpu.once("f035 2000 003e"); // srp 0(4,%r2),62,5: two to the right
        assertThat(cpu.load(0x2000, 4)).isEqualTo("0000123c");
        cpu.store(0x2000, "0012355d").once("f035 2000 003e");
        assertThat(cpu.load(0x2000, 4)).isEqualTo("0000124d");
        assertThat(cpu.cc()).isEqualTo(1);
        cpu.store(0x2000, "0012345c").once("f030 2000 0002");
        assertThat(cpu.load(0x2000, 4)).isEqualTo("1234500c");
        cpu.once("f030 2000 0001");
        assertThat(cpu.load(0x2000, 4)).isEqualTo("2345000c");
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(cpu.once("f03a 2000 0001")).isEqualTo(DATA);
        cpu.store(0x2000, "0000004d").once("f034 2000 003f");
        assertThat(cpu.load(0x2000, 4)).isEqualTo("0000000c");
        assertThat(cpu.cc()).isZero();
    }

    @Test
    void binaryAndBack() {
        cpu.gr(2, 0x2000).gr(4, 0xffff_ffff_8000_0000L);
        cpu.once("4e40 2000"); // cvd
        assertThat(cpu.load(0x2000, 8)).isEqualTo("000002147483648d");
        cpu.gr(5, -1L << 32).once("4f50 2000"); // cvb
        assertThat(cpu.gr(5)).isEqualTo(0xffff_ffff_8000_0000L);
        cpu.store(0x2000, "000002147483648c");
        assertThat(cpu.once("4f50 2000")).isEqualTo(FIXED_POINT_DIVIDE);
        cpu.gr(4, Long.MIN_VALUE).once("e340 2000 002e"); // cvdg
        assertThat(cpu.load(0x2000, 16)).isEqualTo("0000000000009223372036854775808d");
        cpu.once("e350 2000 000e"); // cvbg
        assertThat(cpu.gr(5)).isEqualTo(Long.MIN_VALUE);
        cpu.store(0x200f, "8c");
        assertThat(cpu.gr(5, 7).once("e350 2000 000e")).isEqualTo(FIXED_POINT_DIVIDE);
        assertThat(cpu.gr(5)).isEqualTo(7);
        assertThat(cpu.store(0x2007, "1d").store(0x2000, "a0").once("4f50 2000"))
                .isEqualTo(DATA);
    }

    @Test
    void digitsMoveBetweenForms() {
        isDone("f224", "ffffff", "f1f2f3f4c5", "12345c", 0); // pack
        isDone("f233", "ffffffff", "f1f2f3d4", "0001234d", 0);
        isDone("f342", "ffffffffff", "12345d", "f1f2f3f4d5", 0); // unpk
        isDone("f332", "ffffffff", "12345c", "f2f3f4c5", 0);
        isDone("f350", "ffffffffffff", "5c", "f0f0f0f0f0c5", 0);
        isDone("f121", "77883c", "1234", "01234c", 0); // mvo
        isDone("e902", "ff", "313233", "0000000000000000000000000000123c", 0); // pka
        isDone("e105", "ff", "003100320033", "0000000000000000000000000000123c", 0); // pku
        isDone("ea04", "ff", "0000000000000000000000000012345d", "3132333435", 1); // unpka
        isDone("e203", "ff", "00000000000000000000000000123451", "00340035", 3); // unpku
        assertThat(execute("e920", "00", "00")).isEqualTo(SPECIFICATION);
        assertThat(execute("e104", "00", "00")).isEqualTo(SPECIFICATION);
        assertThat(execute("ea20", "00", "00")).isEqualTo(SPECIFICATION);
        cpu.store(0x2ffe, "0102030405").gr(2, 0x2000).gr(3, 0x3002);
        cpu.once("e804 2000 3000"); // mvcin
        assertThat(cpu.load(0x2000, 5)).isEqualTo("0504030201");
    }

    @Test
    void validityIsTested() {
        cpu.gr(2, 0x2000);
        String[] operands = {"123c", "1234", "a23d", "1f20"};
        for (int i = 0; i < operands.length; i++) {
            cpu.store(0x2000, operands[i]).once("eb10 2000 00c0");
            assertThat(cpu.cc()).as(operands[i]).isEqualTo(i);
        }
    }

    /** Blank, two digits, a comma, two digits, one that starts significance, a point, two digits, blank, CR. */
    private static final String PATTERN = "4020206b2020214b202040c3d9";

    /** The examples of the Principles of Operation, appendix A. */
    @Test
    void aNumberIsEdited() {
        isDone("de0c", PATTERN, "0257426c", "4040f26bf5f7f44bf2f6404040", 2);
        isDone("de0c", PATTERN, "0000026d", "404040404040404bf2f640c3d9", 1);
        isDone("de0c", PATTERN, "0000000c", "404040404040404bf0f0404040", 0);
        assertThat(execute("de0c", PATTERN, "00a0000c")).isEqualTo(DATA);
        assertThat(cpu.load(0x2000, 13)).as("nothing of it is stored").isEqualTo(PATTERN);
    }

    @Test
    void theFirstSignificantDigitIsMarked() {
        cpu.gr(1, -1);
        isDone("df0c", PATTERN, "0057426c", "40404040f5f7f44bf2f6404040", 2);
        assertThat(cpu.gr(1)).isEqualTo(0x2004);
        cpu.gr(1, 0x77);
        isDone("df0c", PATTERN, "0000026c", "404040404040404bf2f6404040", 2);
        assertThat(cpu.gr(1)).as("significance was started").isEqualTo(0x77);
    }

    @Test
    void atRandomAsBigInteger() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            long a = random.nextLong() >> random.nextInt(63);
            long b = random.nextLong() >> (16 + random.nextInt(47));
            String what = String.format("%d and %d, seed %d", a, b, seed);
            execute("faf7", packed(BigInteger.valueOf(a), 16), packed(BigInteger.valueOf(b), 8));
            assertThat(cpu.load(0x2000, 16))
                    .as(what)
                    .isEqualTo(packed(BigInteger.valueOf(a).add(BigInteger.valueOf(b)), 16));
            BigInteger small = BigInteger.valueOf(a).divide(BigInteger.valueOf(1_000_000));
            execute("fcf7", packed(small, 16), packed(BigInteger.valueOf(b), 8));
            if (small.signum() != 0 && b != 0) {
                assertThat(cpu.load(0x2000, 16)).as(what).isEqualTo(packed(small.multiply(BigInteger.valueOf(b)), 16));
            }
        }
    }

    private static String packed(BigInteger value, int length) {
        String digits = "0".repeat(2 * length) + value.abs();
        return digits.substring(digits.length() - 2 * length + 1) + (value.signum() < 0 ? "d" : "c");
    }
}
