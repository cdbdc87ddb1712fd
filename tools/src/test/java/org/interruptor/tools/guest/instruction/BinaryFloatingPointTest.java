package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Binary floating point, by hand: traps, flags, special operands, conversions. What is a matter of rounding alone is elsewhere. */
class BinaryFloatingPointTest {
    private static final int SPECIFICATION = 0x06;
    private static final int DATA = 0x07;

    // FPC: masks and flags.
    private static final int MASK_INVALID = 0x8000_0000;
    private static final int MASK_DIVIDE = 0x4000_0000;
    private static final int MASK_OVERFLOW = 0x2000_0000;
    private static final int MASK_UNDERFLOW = 0x1000_0000;
    private static final int MASK_INEXACT = 0x0800_0000;
    private static final int INVALID = 0x80_0000;
    private static final int DIVIDE = 0x40_0000;
    private static final int OVERFLOW = 0x20_0000;
    private static final int UNDERFLOW = 0x10_0000;
    private static final int INEXACT = 0x08_0000;

    private static final long SIGNALING = 0x7ff4_0000_0000_0001L;
    private static final String ADBR = "b31a 0001"; // adbr %f0,%f1
    private static final String SDBR = "b31b 0001";
    private static final String MDBR = "b31c 0001";
    private static final String DDBR = "b31d 0001";
    private static final String SQDBR = "b315 0001";

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    private void operands(double a, double b) {
        cpu.cpu().fpr(0, Double.doubleToRawLongBits(a));
        cpu.cpu().fpr(1, Double.doubleToRawLongBits(b));
    }

    private double result() {
        return Double.longBitsToDouble(cpu.cpu().fpr(0));
    }

    private void fpc(int value) {
        cpu.cpu().fpc(value);
    }

    private int flags() {
        return cpu.cpu().fpc() & 0x00f8_0000;
    }

    private void traps(String code, int dxc) {
        assertThat(cpu.once(code)).isEqualTo(DATA);
        assertThat(cpu.load(0x90, 4)).isEqualTo(String.format("%08x", dxc));
        assertThat(cpu.cpu().fpc() & 0xff00).isEqualTo(dxc << 8);
        assertThat(flags()).as("a trap sets no flag of its own").isZero();
    }

    @Test
    void aSumSetsTheConditionCodeAndInexactWhereItIs() {
        operands(1, 2);
        cpu.once(ADBR);
        assertThat(result()).isEqualTo(3.0);
        assertThat(cpu.cc()).isEqualTo(2);
        assertThat(flags()).isZero();
        operands(-1, 0x1p-60);
        cpu.once(ADBR);
        assertThat(result()).isEqualTo(-1.0);
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(flags()).isEqualTo(INEXACT);
        operands(5, 5);
        cpu.once(SDBR);
        assertThat(cpu.cc()).isZero();
    }

    @Test
    void anExactZeroIsNegativeOnlyTowardMinusInfinity() {
        operands(5, 5);
        cpu.once(SDBR);
        assertThat(cpu.cpu().fpr(0)).isZero();
        fpc(3);
        operands(5, 5);
        cpu.once(SDBR);
        assertThat(cpu.cpu().fpr(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void invalidOperationsHaveTheDefaultNanOrTrapAndLeaveAll() {
        operands(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        cpu.once(SDBR);
        assertThat(cpu.cpu().fpr(0)).isEqualTo(0x7ff8_0000_0000_0000L);
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(flags()).isEqualTo(INVALID);
        fpc(MASK_INVALID);
        operands(0, 0);
        cpu.cpu().cc(2);
        traps(DDBR, 0x80);
        assertThat(result()).isZero();
        operands(7, -1);
        traps(SQDBR, 0x80);
        assertThat(result()).isEqualTo(7.0);
        assertThat(cpu.cc()).isEqualTo(2);
    }

    @Test
    void nansPropagateTheFirstSignalingOneFirst() {
        cpu.cpu().fpr(0, 0x7ff8_0000_0000_00aaL);
        cpu.cpu().fpr(1, 0xfff8_0000_0000_00bbL);
        cpu.once(ADBR);
        assertThat(cpu.cpu().fpr(0)).isEqualTo(0x7ff8_0000_0000_00aaL);
        assertThat(flags()).isZero();
        cpu.cpu().fpr(1, SIGNALING);
        cpu.once(MDBR);
        assertThat(cpu.cpu().fpr(0)).isEqualTo(SIGNALING | 0x0008_0000_0000_0000L);
        assertThat(flags()).isEqualTo(INVALID);
    }

    @Test
    void aDivisionByZero() {
        operands(-3, 0);
        cpu.once(DDBR);
        assertThat(result()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(flags()).isEqualTo(DIVIDE);
        fpc(MASK_DIVIDE);
        operands(-3, 0);
        traps(DDBR, 0x40);
        assertThat(result()).isEqualTo(-3.0);
    }

    @Test
    void anOverflowIsInfiniteOrTheLargestNumberByTheMode() {
        for (int mode = 0; mode < 4; mode++) {
            fpc(mode);
            operands(Double.MAX_VALUE, 2);
            cpu.once(MDBR);
            assertThat(result()).isEqualTo(mode == 0 || mode == 2 ? Double.POSITIVE_INFINITY : Double.MAX_VALUE);
            assertThat(flags()).isEqualTo(OVERFLOW | INEXACT);
        }
        fpc(MASK_INEXACT);
        operands(Double.MAX_VALUE, 2);
        assertThat(cpu.once(MDBR)).isEqualTo(DATA);
        assertThat(cpu.cpu().fpc()).isEqualTo(MASK_INEXACT | OVERFLOW | 0x0c00);
        assertThat(result()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void anOverflowThatTrapsCompletesWithAScaledResult() {
        fpc(MASK_OVERFLOW);
        operands(0x1p1000, 0x1p1000);
        traps(MDBR, 0x20);
        assertThat(result()).isEqualTo(0x1p464); // 2^(2000 - 1536)
        operands(0x1.0000000000001p1000, 0x1.0000000000001p1000); // 1 + 2^-51 + 2^-104: cut off
        traps(MDBR, 0x28);
        assertThat(result()).isEqualTo(0x1.0000000000002p464);
        fpc(MASK_OVERFLOW | 2);
        operands(0x1.0000000000001p1000, 0x1.0000000000001p1000);
        traps(MDBR, 0x2c);
        assertThat(result()).isEqualTo(0x1.0000000000003p464);
        operands(Double.MAX_VALUE, Double.MAX_VALUE);
        cpu.once(ADBR);
        assertThat(cpu.cc()).as("by the scaled result").isEqualTo(2);
    }

    @Test
    void aTinyResultIsAnUnderflowWhereItIsInexact() {
        operands(0x1p-600, 0x1p-460);
        cpu.once(MDBR);
        assertThat(result()).isEqualTo(0x1p-1060);
        assertThat(flags()).isZero();
        operands(0x1.8p-600, 0x1p-474); // 1.5 times the smallest: a tie, to even
        cpu.once(MDBR);
        assertThat(result()).isEqualTo(0x1p-1073);
        assertThat(flags()).isEqualTo(UNDERFLOW | INEXACT);
        fpc(0);
        operands(0x1.fffffffffffffp-512, 0x1p-511); // a tie just below the smallest normal number, to even
        cpu.once(MDBR);
        assertThat(result()).isEqualTo(Double.MIN_NORMAL);
        assertThat(flags()).isEqualTo(UNDERFLOW | INEXACT);
    }

    @Test
    void anUnderflowThatTrapsCompletesWithAScaledResult() {
        fpc(MASK_UNDERFLOW);
        operands(0x1p-600, 0x1p-460);
        traps(MDBR, 0x10);
        assertThat(result()).isEqualTo(0x1p476); // 2^(-1060 + 1536)
        operands(0x1.0000000000001p-600, 0x1.0000000000001p-600);
        traps(MDBR, 0x18);
        fpc(MASK_UNDERFLOW | 2);
        operands(0x1.0000000000001p-600, 0x1.0000000000001p-600);
        traps(MDBR, 0x1c);
        assertThat(result()).isEqualTo(0x1.0000000000003p336);
    }

    @Test
    void inexactTrapsBehindTheResult() {
        fpc(MASK_INEXACT);
        operands(1, 0x1p-60);
        traps(ADBR, 0x08);
        assertThat(result()).isEqualTo(1.0);
        assertThat(cpu.cc()).isEqualTo(2);
        fpc(MASK_INEXACT | 2);
        operands(1, 0x1p-60);
        traps(ADBR, 0x0c);
        assertThat(result()).isEqualTo(Math.nextUp(1.0));
    }

    @Test
    void comparisonsWithANan() {
        operands(Double.NaN, 1);
        cpu.once("b319 0001"); // cdbr
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(flags()).isZero();
        cpu.once("b318 0001"); // kdbr
        assertThat(flags()).isEqualTo(INVALID);
        fpc(0);
        cpu.cpu().fpr(1, SIGNALING);
        cpu.once("b319 0001");
        assertThat(flags()).isEqualTo(INVALID);
        fpc(MASK_INVALID);
        cpu.cpu().cc(1);
        traps("b319 0001", 0x80);
        assertThat(cpu.cc()).isEqualTo(1);
        operands(-0.0, 0);
        cpu.once("b319 0001");
        assertThat(cpu.cc()).isZero();
    }

    @Test
    void loadAndTestMakesANanQuiet() {
        cpu.cpu().fpr(1, SIGNALING);
        cpu.once("b312 0001"); // ltdbr
        assertThat(cpu.cpu().fpr(0)).isEqualTo(SIGNALING | 0x0008_0000_0000_0000L);
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(flags()).isEqualTo(INVALID);
        cpu.once("b313 0001"); // lcdbr: a sign is no operation
        assertThat(cpu.cpu().fpr(0)).isEqualTo(SIGNALING | Long.MIN_VALUE);
        assertThat(cpu.cc()).isEqualTo(3);
    }

    @Test
    void multiplyAndAddRoundsOnce() {
        operands(-1, 0x1.0000000000001p0);
        cpu.cpu().fpr(2, cpu.cpu().fpr(1));
        for (int fpc : new int[] {0, INEXACT}) { // exactly, and by Java's own
            fpc(fpc);
            operands(-1, 0x1.0000000000001p0);
            cpu.once("b31e 0012"); // madbr %f0,%f1,%f2
            assertThat(result()).isEqualTo(0x1.00000000000008p-51);
            assertThat(flags()).isEqualTo(INEXACT);
        }
        operands(1, 3);
        cpu.cpu().fpr(2, Double.doubleToRawLongBits(5));
        cpu.once("b31f 0012"); // msdbr
        assertThat(result()).isEqualTo(14.0);
    }

    @Test
    void aProductOfShortOperandsIsLongAndExact() {
        cpu.cpu().fpr(0, (long) Float.floatToIntBits(0x1.000002p100f) << 32);
        cpu.cpu().fpr(1, (long) Float.floatToIntBits(0x1.000002p100f) << 32);
        cpu.once("b30c 0001"); // mdebr
        assertThat(result()).isEqualTo(0x1.000002p100 * 0x1.000002p100);
        assertThat(flags()).isZero();
    }

    @Test
    void classesAreTested() {
        cpu.cpu().fpr(0, 0x8000_0000_0000_0001L);
        assertClass(0x040);
        cpu.cpu().fpr(0, 0);
        assertClass(0x800);
        operands(-1, 0);
        assertClass(0x100);
        operands(Double.POSITIVE_INFINITY, 0);
        assertClass(0x020);
        cpu.cpu().fpr(0, SIGNALING);
        assertClass(0x002);
        cpu.cpu().fpr(0, -1);
        assertClass(0x004);
    }

    /** tcdb %f0,mask */
    private void assertClass(int mask) {
        cpu.once(String.format("ed00 0%03x 0011", mask));
        assertThat(cpu.cc()).isEqualTo(1);
        cpu.once(String.format("ed00 0%03x 0011", 0xfff & ~mask));
        assertThat(cpu.cc()).isZero();
    }

    @Test
    void integersAreRoundedAsTheModifierSays() {
        double[] expected = {0, 2.0, 0, 3.0, 2.0, 2.0, 3.0, 2.0}; // odd for 3
        expected[1] = 3.0;
        for (int modifier : new int[] {1, 3, 4, 5, 6, 7}) {
            operands(0, 2.5);
            fpc(0);
            cpu.once(String.format("b35f %x001", modifier)); // fidbr
            assertThat(result()).as("%d", modifier).isEqualTo(expected[modifier]);
            assertThat(flags()).isEqualTo(INEXACT);
        }
        fpc(0);
        cpu.once("b35f 5401"); // without inexact
        assertThat(flags()).isZero();
        assertThat(cpu.once("b35f 2001")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("b35f 8001")).isEqualTo(SPECIFICATION);
    }

    @Test
    void conversionsToIntegersEndAtTheRange() {
        cpu.gr(2, -1);
        operands(0, -2.75);
        cpu.once("b399 5021"); // cfdbr %r2,5,%f1
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_ffff_fffeL);
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(flags()).isEqualTo(INEXACT);
        fpc(0);
        operands(0, 0x1p31);
        cpu.once("b399 5021");
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_7fff_ffffL);
        assertThat(cpu.cc()).isEqualTo(3);
        assertThat(flags()).isEqualTo(INVALID | INEXACT);
        operands(0, 0x1p31);
        cpu.once("b39d 5021"); // clfdbr
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_8000_0000L);
        operands(0, Double.NaN);
        cpu.once("b3a9 5021"); // cgdbr
        assertThat(cpu.gr(2)).isEqualTo(Long.MIN_VALUE);
        operands(0, -1);
        cpu.once("b3ad 5021"); // clgdbr
        assertThat(cpu.gr(2)).isZero();
        assertThat(cpu.cc()).isEqualTo(3);
        operands(0, 0x1.fffffffffffffp63);
        cpu.once("b3ad 5021");
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_ffff_f800L);
        assertThat(cpu.cc()).isEqualTo(2);
    }

    @Test
    void conversionsFromIntegers() {
        cpu.gr(2, -7);
        cpu.once("b395 0002"); // cdfbr
        assertThat(result()).isEqualTo(-7.0);
        cpu.once("b391 0002"); // cdlfbr
        assertThat(result()).isEqualTo(4294967289.0);
        assertThat(flags()).isZero();
        cpu.once("b3a1 0002"); // cdlgbr
        assertThat(result()).isEqualTo(0x1p64);
        assertThat(flags()).isEqualTo(INEXACT);
        fpc(0);
        cpu.gr(2, Long.MAX_VALUE);
        cpu.once("b3a5 5002"); // cdgbra, toward zero
        assertThat(result()).isEqualTo(0x1.fffffffffffffp62);
        assertThat(flags()).isEqualTo(INEXACT);
    }

    @Test
    void aShortenedOperandThatTrapsStaysInItsFormat() {
        fpc(MASK_OVERFLOW);
        operands(0, 0x1.0000018p200);
        traps("b344 0001", 0x2c); // ledbr
        assertThat(result()).isEqualTo(0x1.000002p200);
        fpc(0);
        cpu.once("b344 0001");
        assertThat((int) (cpu.cpu().fpr(0) >>> 32)).isEqualTo(Float.floatToIntBits(Float.POSITIVE_INFINITY));
    }

    @Test
    void extendedOperandsAreInPairs() {
        operands(1, 0);
        cpu.once("b305 0050"); // lxdbr %f5,%f0
        assertThat(cpu.cpu().fpr(5)).isEqualTo(0x3fff_0000_0000_0000L);
        assertThat(cpu.cpu().fpr(7)).isZero();
        cpu.cpu().fpr(9, 0x3f8f_0000_0000_0000L); // 2^-112, of the last bit of 1
        cpu.cpu().fpr(11, 0);
        cpu.once("b34a 0059"); // axbr %f5,%f9
        assertThat(cpu.cpu().fpr(5)).isEqualTo(0x3fff_0000_0000_0000L);
        assertThat(cpu.cpu().fpr(7)).isEqualTo(1);
        assertThat(cpu.once("b34a 0052")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("b305 0020")).isEqualTo(SPECIFICATION);
    }
}
