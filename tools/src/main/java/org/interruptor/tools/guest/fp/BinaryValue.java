package org.interruptor.tools.guest.fp;

import java.math.BigInteger;

/**
 * A floating-point datum apart from its format.
 *
 * <p>Threads: any; immutable.
 *
 * @param kind what it is.
 * @param isNegative its sign; a NaN has one, too.
 * @param significand of a number other than zero: the value is significand times 2 to the exponent. Of a NaN: the fraction, as
 *     an integer below 2 to the exponent, of which the leftmost bit says that it is quiet.
 * @param exponent see there.
 */
public record BinaryValue(Kind kind, boolean isNegative, BigInteger significand, int exponent) {
    /** What a datum is. */
    public enum Kind {
        /** Zero. */
        ZERO,
        /** A number other than zero. */
        NUMBER,
        /** An infinity. */
        INFINITY,
        /** A NaN that propagates. */
        QUIET_NAN,
        /** A NaN that is an invalid operation. */
        SIGNALING_NAN
    }

    /**
     * A zero.
     *
     * @param isNegative its sign.
     * @return zero.
     */
    public static BinaryValue zero(boolean isNegative) {
        return new BinaryValue(Kind.ZERO, isNegative, BigInteger.ZERO, 0);
    }

    /**
     * An infinity.
     *
     * @param isNegative its sign.
     * @return infinity.
     */
    public static BinaryValue infinity(boolean isNegative) {
        return new BinaryValue(Kind.INFINITY, isNegative, BigInteger.ZERO, 0);
    }

    /**
     * A number.
     *
     * @param isNegative its sign.
     * @param significand its magnitude without the exponent, zero or above.
     * @param exponent power of two that the significand is multiplied by.
     * @return the number, or zero.
     */
    public static BinaryValue number(boolean isNegative, BigInteger significand, int exponent) {
        return significand.signum() == 0
                ? zero(isNegative)
                : new BinaryValue(Kind.NUMBER, isNegative, significand, exponent);
    }

    /**
     * An integer.
     *
     * @param value any.
     * @return the number, or positive zero.
     */
    public static BinaryValue integer(BigInteger value) {
        return number(value.signum() < 0, value.abs(), 0);
    }

    /**
     * The NaN that an invalid operation gives.
     *
     * @return positive, quiet, the rest of the fraction zero.
     */
    public static BinaryValue defaultNan() {
        return new BinaryValue(Kind.QUIET_NAN, false, BigInteger.ONE, 1);
    }

    /**
     * Whether it is a NaN of either kind.
     *
     * @return whether it is no number and no infinity.
     */
    public boolean isNan() {
        return kind == Kind.QUIET_NAN || kind == Kind.SIGNALING_NAN;
    }

    /**
     * Whether it is a NaN that signals.
     *
     * @return whether an operation on it is invalid.
     */
    public boolean isSignaling() {
        return kind == Kind.SIGNALING_NAN;
    }

    /**
     * Whether it is zero.
     *
     * @return for either sign.
     */
    public boolean isZero() {
        return kind == Kind.ZERO;
    }

    /**
     * Whether it is infinite.
     *
     * @return for either sign.
     */
    public boolean isInfinite() {
        return kind == Kind.INFINITY;
    }

    /**
     * The same with another sign.
     *
     * @param negative the sign.
     * @return the value.
     */
    public BinaryValue withSign(boolean negative) {
        return new BinaryValue(kind, negative, significand, exponent);
    }

    /**
     * The same with the other sign.
     *
     * @return the value.
     */
    public BinaryValue negated() {
        return withSign(!isNegative);
    }

    /**
     * The same, quiet if it is a NaN.
     *
     * @return the value.
     */
    public BinaryValue quiet() {
        return isSignaling()
                ? new BinaryValue(Kind.QUIET_NAN, isNegative, significand.setBit(exponent - 1), exponent)
                : this;
    }

    /**
     * The condition code that most operations set by their result.
     *
     * @return 0 zero, 1 below zero, 2 above zero, 3 a NaN.
     */
    public int conditionCode() {
        return isNan() ? 3 : isZero() ? 0 : isNegative ? 1 : 2;
    }

    /**
     * Whether a number is normal.
     *
     * @param format in which format.
     * @return false if it is below the smallest normal number.
     */
    public boolean isNormal(BinaryFormat format) {
        return magnitude() >= format.minExponent();
    }

    /** The power of two of the leftmost bit of a number. */
    int magnitude() {
        return exponent + significand.bitLength() - 1;
    }
}
