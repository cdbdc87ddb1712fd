package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/** Multiplication and division: no condition code. Source: Principles of Operation, chapter General Instructions. */
final class MultiplyDivide {
    private MultiplyDivide() {}

    static void define(Definitions on) {
        multiply(on);
        multiplySingle(on);
        divide(on);
    }

    /** The product is twice as wide, in an even-odd pair. */
    private static void multiply(Definitions on) {
        on.rr(0x1c, "mr", (c, r1, r2) -> product32(c, r1, c.gr32(r2)));
        on.rx(0x5c, "m", (c, m, r1, a) -> product32(c, r1, m.load32(a)));
        on.rxy(0xe35c, "mfy", (c, m, r1, a) -> product32(c, r1, m.load32(a)));
        on.rre(0xb996, "mlr", (c, r1, r2) -> logicalProduct32(c, r1, c.gr32(r2)));
        on.rxy(0xe396, "ml", (c, m, r1, a) -> logicalProduct32(c, r1, m.load32(a)));
        on.rre(0xb986, "mlgr", (c, r1, r2) -> logicalProduct64(c, r1, c.gr(r2)));
        on.rxy(0xe386, "mlg", (c, m, r1, a) -> logicalProduct64(c, r1, m.load64(a)));
    }

    /** The product is cut off. */
    private static void multiplySingle(Definitions on) {
        on.rre(0xb252, "msr", (c, r1, r2) -> c.gr32(r1, c.gr32(r1) * c.gr32(r2)));
        on.rx(0x71, "ms", (c, m, r1, a) -> c.gr32(r1, c.gr32(r1) * m.load32(a)));
        on.rxy(0xe351, "msy", (c, m, r1, a) -> c.gr32(r1, c.gr32(r1) * m.load32(a)));
        on.rx(0x4c, "mh", (c, m, r1, a) -> c.gr32(r1, c.gr32(r1) * m.load16(a)));
        on.rxy(0xe37c, "mhy", (c, m, r1, a) -> c.gr32(r1, c.gr32(r1) * m.load16(a)));
        on.ri(0xa7c, "mhi", (c, r1, i) -> c.gr32(r1, c.gr32(r1) * (int) i));
        on.ril(0xc21, "msfi", (c, r1, i) -> c.gr32(r1, c.gr32(r1) * (int) i));
        on.rre(0xb90c, "msgr", (c, r1, r2) -> c.gr(r1, c.gr(r1) * c.gr(r2)));
        on.rre(0xb91c, "msgfr", (c, r1, r2) -> c.gr(r1, c.gr(r1) * c.gr32(r2)));
        on.rxy(0xe30c, "msg", (c, m, r1, a) -> c.gr(r1, c.gr(r1) * m.load64(a)));
        on.rxy(0xe31c, "msgf", (c, m, r1, a) -> c.gr(r1, c.gr(r1) * m.load32(a)));
        on.ri(0xa7d, "mghi", (c, r1, i) -> c.gr(r1, c.gr(r1) * i));
        on.ril(0xc20, "msgfi", (c, r1, i) -> c.gr(r1, c.gr(r1) * i));
    }

    /** Remainder and quotient go to an even-odd pair. */
    private static void divide(Definitions on) {
        on.rr(0x1d, "dr", (c, r1, r2) -> divide32(c, r1, c.gr32(r2)));
        on.rx(0x5d, "d", (c, m, r1, a) -> divide32(c, r1, m.load32(a)));
        on.rre(0xb997, "dlr", (c, r1, r2) -> logicalDivide32(c, r1, c.gr32(r2)));
        on.rxy(0xe397, "dl", (c, m, r1, a) -> logicalDivide32(c, r1, m.load32(a)));
        on.rre(0xb90d, "dsgr", (c, r1, r2) -> divideSingle(c, r1, c.gr(r2)));
        on.rre(0xb91d, "dsgfr", (c, r1, r2) -> divideSingle(c, r1, c.gr32(r2)));
        on.rxy(0xe30d, "dsg", (c, m, r1, a) -> divideSingle(c, r1, m.load64(a)));
        on.rxy(0xe31d, "dsgf", (c, m, r1, a) -> divideSingle(c, r1, m.load32(a)));
        on.rre(0xb987, "dlgr", (c, r1, r2) -> logicalDivide64(c, r1, c.gr(r2)));
        on.rxy(0xe387, "dlg", (c, m, r1, a) -> logicalDivide64(c, r1, m.load64(a)));
    }

    private static void product32(Cpu c, int r1, int factor) {
        Cpu.even(r1);
        c.pair32(r1, (long) c.gr32(r1 + 1) * factor);
    }

    private static void logicalProduct32(Cpu c, int r1, int factor) {
        Cpu.even(r1);
        c.pair32(r1, Integer.toUnsignedLong(c.gr32(r1 + 1)) * Integer.toUnsignedLong(factor));
    }

    private static void logicalProduct64(Cpu c, int r1, long b) {
        Cpu.even(r1);
        long a = c.gr(r1 + 1);
        // The product with sign, and what the signs have taken away.
        c.gr(r1, Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a));
        c.gr(r1 + 1, a * b);
    }

    private static void divide32(Cpu c, int r1, int divisor) {
        long dividend = c.pair32(r1);
        if (divisor == 0) {
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
        long quotient = dividend / divisor;
        // The one quotient of 64 bits that overflows comes out as itself, and does not fit either.
        if (quotient != (int) quotient) {
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
        c.gr32(r1, (int) (dividend % divisor));
        c.gr32(r1 + 1, (int) quotient);
    }

    private static void logicalDivide32(Cpu c, int r1, int divisor) {
        long dividend = c.pair32(r1);
        long unsigned = Integer.toUnsignedLong(divisor);
        if (dividend >>> 32 >= unsigned) { // also a divisor of zero
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
        c.gr32(r1, (int) Long.remainderUnsigned(dividend, unsigned));
        c.gr32(r1 + 1, (int) Long.divideUnsigned(dividend, unsigned));
    }

    private static void divideSingle(Cpu c, int r1, long divisor) {
        Cpu.even(r1);
        long dividend = c.gr(r1 + 1);
        if (divisor == 0 || (dividend == Long.MIN_VALUE && divisor == -1)) {
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
        c.gr(r1, dividend % divisor);
        c.gr(r1 + 1, dividend / divisor);
    }

    private static void logicalDivide64(Cpu c, int r1, long divisor) {
        Cpu.even(r1);
        long high = c.gr(r1);
        long low = c.gr(r1 + 1);
        if (Long.compareUnsigned(high, divisor) >= 0) { // also a divisor of zero
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
        if (high == 0) {
            c.gr(r1, Long.remainderUnsigned(low, divisor));
            c.gr(r1 + 1, Long.divideUnsigned(low, divisor));
            return;
        }
        long remainder = high;
        long quotient = low;
        for (int i = 0; i < Long.SIZE; i++) {
            boolean carry = remainder < 0;
            remainder = (remainder << 1) | (quotient >>> 63);
            quotient <<= 1;
            if (carry || Long.compareUnsigned(remainder, divisor) >= 0) {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        c.gr(r1, remainder);
        c.gr(r1 + 1, quotient);
    }
}
