package org.interruptor.tools.guest.fp;

import java.math.BigInteger;
import org.interruptor.tools.guest.cpu.DataException;
import org.interruptor.tools.guest.fp.BinaryValue.Kind;

/**
 * Rounds numbers, and meets the exceptions of that: overflow, underflow, inexact. A result is tiny, and may be an underflow, if
 * it is below the smallest normal number before it is rounded.
 *
 * <p>Threads: any.
 */
public final class Rounder {
    private Rounder() {}

    /**
     * Rounds to a format.
     *
     * @param operation how, and where exceptions go.
     * @param format the format.
     * @param exact the result as it is before rounding; what is no number stays as it is.
     * @return a value that fits; one that traps for overflow or underflow is scaled, to fit as well.
     */
    public static BinaryValue round(BinaryOperation operation, BinaryFormat format, BinaryValue exact) {
        return round(operation, format, exact, format.trapScale());
    }

    /**
     * Rounds to a shorter format than that of the operand.
     *
     * @param operation how, and where exceptions go.
     * @param format the format.
     * @param exact the operand.
     * @return the value. One that traps for overflow or underflow is rounded to the precision of the format, but does not fit its
     *     range: it is meant for a register of the operand's format.
     */
    public static BinaryValue shorten(BinaryOperation operation, BinaryFormat format, BinaryValue exact) {
        return round(operation, format, exact, 0);
    }

    private static BinaryValue round(BinaryOperation operation, BinaryFormat format, BinaryValue exact, int trapScale) {
        if (exact.kind() != Kind.NUMBER) {
            return exact;
        }
        boolean isTiny = exact.magnitude() < format.minExponent();
        boolean isUnderflowTrap = isTiny && operation.traps(BinaryOperation.UNDERFLOW);
        int unit = exact.magnitude() - format.precision() + 1;
        if (isTiny && !isUnderflowTrap) {
            unit = format.minExponent() - format.precision() + 1;
        }
        Cut cut = cut(operation, exact, unit);
        BinaryValue rounded = BinaryValue.number(exact.isNegative(), cut.significand, unit);
        if (isUnderflowTrap) {
            operation.trapped(DataException.UNDERFLOW, cut.isInexact, cut.isIncremented);
            return scaled(rounded, trapScale);
        }
        if (!rounded.isZero() && rounded.magnitude() > format.maxExponent()) {
            return overflow(operation, format, rounded, cut, trapScale);
        }
        if (cut.isInexact) {
            if (isTiny) {
                operation.flag(BinaryOperation.UNDERFLOW);
            }
            operation.inexact(cut.isIncremented);
        }
        return rounded;
    }

    private static BinaryValue overflow(
            BinaryOperation operation, BinaryFormat format, BinaryValue rounded, Cut cut, int trapScale) {
        if (operation.traps(BinaryOperation.OVERFLOW)) {
            operation.trapped(DataException.OVERFLOW, cut.isInexact, cut.isIncremented);
            return scaled(rounded, -trapScale);
        }
        boolean isInfinite = operation.rounding().isOverflowInfinite(rounded.isNegative());
        operation.flag(BinaryOperation.OVERFLOW);
        operation.inexact(isInfinite);
        return isInfinite ? BinaryValue.infinity(rounded.isNegative()) : format.largest(rounded.isNegative());
    }

    private static BinaryValue scaled(BinaryValue value, int power) {
        return BinaryValue.number(value.isNegative(), value.significand(), value.exponent() + power);
    }

    /**
     * Rounds to an integer.
     *
     * @param operation how, and where exceptions go.
     * @param value a value; what is no number stays as it is.
     * @return an integer, a zero with the sign of the value, or what is no number.
     */
    public static BinaryValue toInteger(BinaryOperation operation, BinaryValue value) {
        if (value.kind() != Kind.NUMBER || value.exponent() >= 0) {
            return value;
        }
        Cut cut = cut(operation, value, 0);
        if (cut.isInexact) {
            operation.inexact(cut.isIncremented);
        }
        return BinaryValue.number(value.isNegative(), cut.significand, 0);
    }

    /** A magnitude in whole units. */
    private record Cut(BigInteger significand, boolean isInexact, boolean isIncremented) {}

    private static Cut cut(BinaryOperation operation, BinaryValue value, int unit) {
        int excess = unit - value.exponent();
        if (excess <= 0) {
            return new Cut(value.significand().shiftLeft(-excess), false, false);
        }
        BigInteger whole = value.significand().shiftRight(excess);
        int lowest = value.significand().getLowestSetBit();
        if (lowest >= excess) {
            return new Cut(whole, false, false);
        }
        boolean isHalfOrMore = value.significand().testBit(excess - 1);
        int half = !isHalfOrMore ? -1 : lowest == excess - 1 ? 0 : 1;
        boolean isIncremented = operation.rounding().isIncremented(value.isNegative(), whole.testBit(0), half);
        return new Cut(isIncremented ? whole.add(BigInteger.ONE) : whole, true, isIncremented);
    }

    /** What an inexact rounding to an integer would be, without its exception. */
    static BigInteger integerOf(Rounding rounding, BinaryValue value) {
        return cut(new BinaryOperation(0, rounding, true), value, 0).significand;
    }
}
