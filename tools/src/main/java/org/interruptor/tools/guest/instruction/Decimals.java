package org.interruptor.tools.guest.instruction;

import java.math.BigInteger;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Packed decimal arithmetic, and conversions between it and binary integers. Condition code: 0 zero, 1 below zero, 2 above zero,
 * 3 overflow. Source: Principles of Operation, chapters Decimal Instructions and General Instructions.
 */
final class Decimals {
    private static final int LONGEST_MULTIPLIER = 8;

    private Decimals() {}

    static void define(Definitions on) {
        arithmetic(on);
        conversions(on);
    }

    private static void arithmetic(Definitions on) {
        on.ssNibbles(0xf8, "zap", (c, m, l1, l2, a1, a2) -> {
            m.checkStore(a1, l1 + 1);
            result(c, m, a1, l1 + 1, PackedDecimal.load(c, m, a2, l2 + 1));
        });
        on.ssNibbles(0xfa, "ap", (c, m, l1, l2, a1, a2) -> add(c, m, l1 + 1, l2 + 1, a1, a2, false));
        on.ssNibbles(0xfb, "sp", (c, m, l1, l2, a1, a2) -> add(c, m, l1 + 1, l2 + 1, a1, a2, true));
        on.ssNibbles(0xf9, "cp", (c, m, l1, l2, a1, a2) -> {
            PackedDecimal first = PackedDecimal.load(c, m, a1, l1 + 1);
            PackedDecimal second = PackedDecimal.load(c, m, a2, l2 + 1);
            c.ccCompare(first.signed().compareTo(second.signed()));
        });
        on.ssNibbles(0xfc, "mp", Decimals::multiply);
        on.ssNibbles(0xfd, "dp", Decimals::divide);
        on.ssNibbles(0xf0, "srp", (c, m, l1, i3, a1, a2) -> shiftAndRound(c, m, l1 + 1, i3, a1, (int) a2));
        on.rsy(0xebc0, "tp", (c, m, l1, r3, a) -> c.cc(PackedDecimal.test(m, a, l1 + 1)));
    }

    private static void conversions(Definitions on) {
        on.rx(0x4f, "cvb", (c, m, r1, a) -> toBinary32(c, r1, PackedDecimal.load(c, m, a, 8)));
        on.rxy(0xe306, "cvby", (c, m, r1, a) -> toBinary32(c, r1, PackedDecimal.load(c, m, a, 8)));
        on.rxy(0xe30e, "cvbg", (c, m, r1, a) -> {
            BigInteger value = PackedDecimal.load(c, m, a, 16).signed();
            if (value.bitLength() >= Long.SIZE) {
                throw ProgramException.FIXED_POINT_DIVIDE;
            }
            c.gr(r1, value.longValue());
        });
        on.rx(0x4e, "cvd", (c, m, r1, a) -> PackedDecimal.of(c.gr32(r1)).store(m, a, 8));
        on.rxy(0xe326, "cvdy", (c, m, r1, a) -> PackedDecimal.of(c.gr32(r1)).store(m, a, 8));
        on.rxy(0xe32e, "cvdg", (c, m, r1, a) -> PackedDecimal.of(c.gr(r1)).store(m, a, 16));
    }

    private static void toBinary32(Cpu c, int r1, PackedDecimal decimal) {
        BigInteger value = decimal.signed();
        c.gr32(r1, value.intValue());
        if (value.bitLength() >= Integer.SIZE) {
            throw ProgramException.FIXED_POINT_DIVIDE;
        }
    }

    private static void add(Cpu c, Storage m, int length1, int length2, long a1, long a2, boolean isSubtracted) {
        m.checkStore(a1, length1);
        BigInteger first = PackedDecimal.load(c, m, a1, length1).signed();
        BigInteger second = PackedDecimal.load(c, m, a2, length2).signed();
        BigInteger sum = isSubtracted ? first.subtract(second) : first.add(second);
        result(c, m, a1, length1, new PackedDecimal(sum.abs(), sum.signum() < 0));
    }

    /** Stores a result, cut off on the left where it is too long. A zero is positive, but for one that was cut off. */
    private static void result(Cpu c, Storage m, long a, int length, PackedDecimal exact) {
        if (exact.fits(length)) {
            PackedDecimal result = exact.magnitude().signum() == 0 ? exact.withSign(false) : exact;
            result.store(m, a, length);
            c.ccSign(result.signed().signum());
        } else {
            exact.store(m, a, length);
            c.decimalOverflow();
        }
    }

    private static void checkMultiplier(int length1, int length2) {
        if (length2 > LONGEST_MULTIPLIER || length2 >= length1) {
            throw ProgramException.SPECIFICATION;
        }
    }

    private static void multiply(Cpu c, Storage m, int l1, int l2, long a1, long a2) {
        int length1 = l1 + 1;
        int length2 = l2 + 1;
        checkMultiplier(length1, length2);
        m.checkStore(a1, length1);
        PackedDecimal first = PackedDecimal.load(c, m, a1, length1);
        PackedDecimal second = PackedDecimal.load(c, m, a2, length2);
        if (!first.fits(length1 - length2)) {
            throw PackedDecimal.invalid(c);
        }
        new PackedDecimal(first.magnitude().multiply(second.magnitude()), first.isNegative() != second.isNegative())
                .store(m, a1, length1);
    }

    /** The quotient on the left, the remainder, as long as the divisor, on the right. */
    private static void divide(Cpu c, Storage m, int l1, int l2, long a1, long a2) {
        int length1 = l1 + 1;
        int length2 = l2 + 1;
        checkMultiplier(length1, length2);
        m.checkStore(a1, length1);
        PackedDecimal dividend = PackedDecimal.load(c, m, a1, length1);
        PackedDecimal divisor = PackedDecimal.load(c, m, a2, length2);
        if (divisor.magnitude().signum() == 0) {
            throw ProgramException.DECIMAL_DIVIDE;
        }
        BigInteger[] parts = dividend.magnitude().divideAndRemainder(divisor.magnitude());
        PackedDecimal quotient = new PackedDecimal(parts[0], dividend.isNegative() != divisor.isNegative());
        if (!quotient.fits(length1 - length2)) {
            throw ProgramException.DECIMAL_DIVIDE;
        }
        quotient.store(m, a1, length1 - length2);
        new PackedDecimal(parts[1], dividend.isNegative()).store(m, a1 + length1 - length2, length2);
    }

    /** The last six bits of the address are the shift with its sign; to the right the last digit that leaves is rounded. */
    private static void shiftAndRound(Cpu c, Storage m, int length, int rounding, long a, int address) {
        int shift = address << 26 >> 26;
        m.checkStore(a, length);
        PackedDecimal operand = PackedDecimal.load(c, m, a, length);
        if (rounding > 9) {
            throw PackedDecimal.invalid(c);
        }
        BigInteger magnitude = operand.magnitude();
        if (shift >= 0) {
            magnitude = magnitude.multiply(BigInteger.TEN.pow(shift));
        } else {
            BigInteger last = BigInteger.TEN.pow(-shift - 1);
            magnitude = magnitude.divide(last).add(BigInteger.valueOf(rounding)).divide(BigInteger.TEN);
        }
        result(c, m, a, length, new PackedDecimal(magnitude, operand.isNegative()));
    }
}
