package org.interruptor.tools.guest.fp;

import java.math.BigInteger;

/**
 * Sums, products, quotients and roots as they are before rounding. What cannot be exact, quotients and roots, has more bits than
 * any format asks for, and one more that says whether there is a rest.
 *
 * <p>A NaN as an operand is the result, quiet: the first one that signals, which is an invalid operation, or else the first
 * one.
 *
 * <p>Threads: any.
 */
public final class ExactArithmetic {
    /** Bits of a quotient or root: more than the precision of the longest format, and enough for a tie to be seen. */
    private static final int ENOUGH_BITS = 120;

    private ExactArithmetic() {}

    /**
     * The NaN that is the result of an operation on NaNs.
     *
     * @param operation where an invalid operation goes.
     * @param operands in the order in which they count.
     * @return the NaN; null if none of them is one.
     */
    private static BinaryValue nan(BinaryOperation operation, BinaryValue... operands) {
        BinaryValue first = null;
        for (BinaryValue operand : operands) {
            if (operand.isSignaling()) {
                operation.invalidOperation();
                return operand.quiet();
            }
            if (first == null && operand.isNan()) {
                first = operand;
            }
        }
        return first;
    }

    /**
     * The operand itself, if it is not a NaN that signals.
     *
     * @param operation where exceptions go.
     * @param a operand.
     * @return the operand, quiet.
     */
    public static BinaryValue quieted(BinaryOperation operation, BinaryValue a) {
        BinaryValue nan = nan(operation, a);
        return nan == null ? a : nan;
    }

    /**
     * A sum.
     *
     * @param operation where exceptions go.
     * @param a operand.
     * @param b operand.
     * @return the sum before rounding.
     */
    public static BinaryValue add(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        BinaryValue nan = nan(operation, a, b);
        return nan == null ? sum(operation, a, b) : nan;
    }

    /**
     * A difference.
     *
     * @param operation where exceptions go.
     * @param a minuend.
     * @param b subtrahend.
     * @return the difference before rounding.
     */
    public static BinaryValue subtract(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        BinaryValue nan = nan(operation, a, b);
        return nan == null ? sum(operation, a, b.negated()) : nan;
    }

    private static BinaryValue sum(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        if (a.isInfinite() || b.isInfinite()) {
            if (a.isInfinite() && b.isInfinite() && a.isNegative() != b.isNegative()) {
                return operation.invalid();
            }
            return a.isInfinite() ? a : b;
        }
        int exponent = a.isZero() ? b.exponent() : b.isZero() ? a.exponent() : Math.min(a.exponent(), b.exponent());
        BigInteger sum = signed(a, exponent).add(signed(b, exponent));
        if (sum.signum() == 0) {
            boolean isSameSign = a.isNegative() == b.isNegative();
            return BinaryValue.zero(isSameSign ? a.isNegative() : operation.rounding() == Rounding.DOWN);
        }
        return BinaryValue.number(sum.signum() < 0, sum.abs(), exponent);
    }

    private static BigInteger signed(BinaryValue value, int exponent) {
        if (value.isZero()) {
            return BigInteger.ZERO;
        }
        BigInteger magnitude = value.significand().shiftLeft(value.exponent() - exponent);
        return value.isNegative() ? magnitude.negate() : magnitude;
    }

    /**
     * A product.
     *
     * @param operation where exceptions go.
     * @param a operand.
     * @param b operand.
     * @return the product before rounding.
     */
    public static BinaryValue multiply(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        BinaryValue nan = nan(operation, a, b);
        return nan == null ? product(operation, a, b) : nan;
    }

    private static BinaryValue product(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        boolean isNegative = a.isNegative() != b.isNegative();
        if (a.isInfinite() || b.isInfinite()) {
            return a.isZero() || b.isZero() ? operation.invalid() : BinaryValue.infinity(isNegative);
        }
        return BinaryValue.number(isNegative, a.significand().multiply(b.significand()), a.exponent() + b.exponent());
    }

    /**
     * A product and a sum, with one rounding.
     *
     * @param operation where exceptions go.
     * @param a factor.
     * @param b factor.
     * @param addend is added to the product.
     * @param isSubtracted whether it is subtracted from the product instead.
     * @return the result before rounding.
     */
    public static BinaryValue multiplyAndAdd(
            BinaryOperation operation, BinaryValue a, BinaryValue b, BinaryValue addend, boolean isSubtracted) {
        BinaryValue nan = nan(operation, a, b, addend);
        if (nan != null) {
            return nan;
        }
        BinaryValue product = product(operation, a, b);
        return product.isNan() ? product : sum(operation, product, isSubtracted ? addend.negated() : addend);
    }

    /**
     * A quotient.
     *
     * @param operation where exceptions go.
     * @param a dividend.
     * @param b divisor.
     * @return the quotient before rounding.
     */
    public static BinaryValue divide(BinaryOperation operation, BinaryValue a, BinaryValue b) {
        BinaryValue nan = nan(operation, a, b);
        if (nan != null) {
            return nan;
        }
        boolean isNegative = a.isNegative() != b.isNegative();
        if ((a.isInfinite() && b.isInfinite()) || (a.isZero() && b.isZero())) {
            return operation.invalid();
        }
        if (a.isInfinite()) {
            return BinaryValue.infinity(isNegative);
        }
        if (b.isInfinite() || a.isZero()) {
            return BinaryValue.zero(isNegative);
        }
        if (b.isZero()) {
            operation.divisionByZero();
            return BinaryValue.infinity(isNegative);
        }
        int shift = Math.max(
                0, ENOUGH_BITS + b.significand().bitLength() - a.significand().bitLength());
        BigInteger[] quotient = a.significand().shiftLeft(shift).divideAndRemainder(b.significand());
        return withRest(isNegative, quotient, a.exponent() - shift - b.exponent());
    }

    /**
     * A square root.
     *
     * @param operation where exceptions go.
     * @param a operand.
     * @return the root before rounding.
     */
    public static BinaryValue squareRoot(BinaryOperation operation, BinaryValue a) {
        BinaryValue nan = nan(operation, a);
        if (nan != null) {
            return nan;
        }
        if (a.isZero()) {
            return a;
        }
        if (a.isNegative()) {
            return operation.invalid();
        }
        if (a.isInfinite()) {
            return a;
        }
        int shift = Math.max(0, 2 * ENOUGH_BITS - a.significand().bitLength());
        shift += (a.exponent() - shift) & 1; // the exponent is halved
        BigInteger[] root = a.significand().shiftLeft(shift).sqrtAndRemainder();
        return withRest(false, root, (a.exponent() - shift) / 2);
    }

    private static BinaryValue withRest(boolean isNegative, BigInteger[] wholeAndRest, int exponent) {
        BigInteger whole = wholeAndRest[0].shiftLeft(1);
        return BinaryValue.number(isNegative, wholeAndRest[1].signum() == 0 ? whole : whole.setBit(0), exponent - 1);
    }

    /**
     * A comparison.
     *
     * @param operation where exceptions go.
     * @param a operand.
     * @param b operand.
     * @param isSignaling whether a quiet NaN is an invalid operation, too.
     * @return the condition code: 0 equal, 1 first low, 2 first high, 3 unordered.
     */
    public static int compare(BinaryOperation operation, BinaryValue a, BinaryValue b, boolean isSignaling) {
        if (a.isNan() || b.isNan()) {
            if (isSignaling || a.isSignaling() || b.isSignaling()) {
                operation.invalidOperation();
            }
            return 3;
        }
        int order = order(a, b);
        return order == 0 ? 0 : order < 0 ? 1 : 2;
    }

    private static int order(BinaryValue a, BinaryValue b) {
        if (a.isInfinite() || b.isInfinite()) {
            return Integer.compare(infinitySign(a), infinitySign(b));
        }
        int exponent = a.isZero() ? b.exponent() : b.isZero() ? a.exponent() : Math.min(a.exponent(), b.exponent());
        return signed(a, exponent).compareTo(signed(b, exponent));
    }

    private static int infinitySign(BinaryValue value) {
        return !value.isInfinite() ? 0 : value.isNegative() ? -1 : 1;
    }
}
