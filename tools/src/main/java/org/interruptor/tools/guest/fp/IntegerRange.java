package org.interruptor.tools.guest.fp;

import java.math.BigInteger;

/**
 * The integers that a conversion can have as its result.
 *
 * <p>Threads: any.
 */
public enum IntegerRange {
    /** 32 bits with sign. */
    FIXED_32(true, 32),
    /** 64 bits with sign. */
    FIXED_64(true, 64),
    /** 32 bits without sign. */
    LOGICAL_32(false, 32),
    /** 64 bits without sign. */
    LOGICAL_64(false, 64);

    /** In front of it are the integers that a {@code long} and a {@code double} both have. */
    private static final double PLAIN = 0x1p62;

    private final boolean is64;
    private final BigInteger least;
    private final BigInteger most;
    private final double plainLeast;
    private final double plainMost;

    IntegerRange(boolean isSigned, int bits) {
        is64 = bits == Long.SIZE;
        BigInteger size = BigInteger.ONE.shiftLeft(isSigned ? bits - 1 : bits);
        least = isSigned ? size.negate() : BigInteger.ZERO;
        most = size.subtract(BigInteger.ONE);
        plainLeast = Math.max(least.doubleValue(), -PLAIN);
        plainMost = is64 ? PLAIN : most.doubleValue();
    }

    /**
     * How wide the result is.
     *
     * @return whether it has 64 bits, and not 32.
     */
    public boolean is64() {
        return is64;
    }

    /**
     * Whether an integer is certainly one of the range.
     *
     * @param integer an integer, or a NaN.
     * @return whether it is, and a {@code long}, too.
     */
    public boolean isWellInside(double integer) {
        return integer >= plainLeast && integer <= plainMost;
    }

    /**
     * An integer, or what is there instead.
     *
     * @param integer its bits; those on the left are ignored where there are 32.
     * @param isInside whether the value fitted.
     */
    public record Result(long integer, boolean isInside) {}

    /**
     * Converts a value.
     *
     * @param operation how it is rounded, and where exceptions go.
     * @param value any value.
     * @return the integer; the end of the range for a value that does not fit, the least one for a NaN.
     */
    public Result convert(BinaryOperation operation, BinaryValue value) {
        if (value.isNan()) {
            operation.invalidOperation();
            return new Result(least.longValue(), false);
        }
        if (value.isInfinite()) {
            return outside(operation, value.isNegative());
        }
        if (value.isZero()) {
            return new Result(0, true);
        }
        if (value.magnitude() > Long.SIZE) { // no integer of that many bits has to be made
            return outside(operation, value.isNegative());
        }
        BigInteger magnitude = Rounder.integerOf(operation.rounding(), value);
        BigInteger integer = value.isNegative() ? magnitude.negate() : magnitude;
        if (integer.compareTo(least) < 0 || integer.compareTo(most) > 0) {
            return outside(operation, value.isNegative());
        }
        Rounder.toInteger(operation, value);
        return new Result(integer.longValue(), true);
    }

    /** An invalid operation, and where that does not trap, inexact besides: the end of the range is not the value. */
    private Result outside(BinaryOperation operation, boolean isBelow) {
        operation.invalidOperation();
        if (!operation.isSuppressed()) {
            operation.inexact(false);
        }
        return new Result((isBelow ? least : most).longValue(), false);
    }
}
