package org.interruptor.tools.guest.fp;

import java.math.BigInteger;
import org.interruptor.tools.guest.fp.BinaryValue.Kind;

/**
 * The three formats:
 *
 * <pre>
 *              sign   exponent   fraction   bias    bits
 *   short        1        8         23        127     32
 *   long         1       11         52       1023     64
 *   extended     1       15        112      16383    128, in two doublewords
 * </pre>
 *
 * <p>Threads: any.
 */
public enum BinaryFormat {
    /** 32 bits. */
    SHORT(8, 23, 192),
    /** 64 bits. */
    LONG(11, 52, 1536),
    /** 128 bits. */
    EXTENDED(15, 112, 24576);

    private final int exponentBits;
    private final int fractionBits;
    private final int trapScale;

    BinaryFormat(int exponentBits, int fractionBits, int trapScale) {
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
        this.trapScale = trapScale;
    }

    /** Bits of a significand, with the one that is not stored. */
    int precision() {
        return fractionBits + 1;
    }

    /** The power of two of the leftmost bit of the largest numbers. */
    int maxExponent() {
        return (1 << (exponentBits - 1)) - 1;
    }

    /** The power of two of the smallest normal number. */
    int minExponent() {
        return 1 - maxExponent();
    }

    /** By this power of two a result is scaled that traps for overflow or underflow. */
    int trapScale() {
        return trapScale;
    }

    /** The largest number. */
    BinaryValue largest(boolean isNegative) {
        return BinaryValue.number(
                isNegative,
                BigInteger.ONE.shiftLeft(precision()).subtract(BigInteger.ONE),
                maxExponent() - fractionBits);
    }

    /**
     * What a short or long datum is.
     *
     * @param bits its bits on the right; those in front of it are ignored.
     * @return the value.
     */
    public BinaryValue unpack(long bits) {
        long fraction = bits & ((1L << fractionBits) - 1);
        return unpack(bits >>> fractionBits, BigInteger.valueOf(fraction));
    }

    /**
     * What an extended datum is.
     *
     * @param high its left 64 bits.
     * @param low its right 64 bits.
     * @return the value.
     */
    public static BinaryValue unpack(long high, long low) {
        int inHigh = EXTENDED.fractionBits - Long.SIZE;
        BigInteger fraction = BigInteger.valueOf(high & ((1L << inHigh) - 1))
                .shiftLeft(Long.SIZE)
                .or(unsigned(low));
        return EXTENDED.unpack(high >>> inHigh, fraction);
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : signed;
    }

    private BinaryValue unpack(long signAndExponent, BigInteger fraction) {
        int most = (1 << exponentBits) - 1;
        boolean isNegative = ((signAndExponent >>> exponentBits) & 1) != 0;
        int biased = (int) signAndExponent & most;
        if (biased == most) {
            return fraction.signum() == 0 ? BinaryValue.infinity(isNegative) : nan(isNegative, fraction);
        }
        int lowest = minExponent() - fractionBits;
        return biased == 0
                ? BinaryValue.number(isNegative, fraction, lowest)
                : BinaryValue.number(isNegative, fraction.setBit(fractionBits), lowest + biased - 1);
    }

    private BinaryValue nan(boolean isNegative, BigInteger fraction) {
        Kind kind = fraction.testBit(fractionBits - 1) ? Kind.QUIET_NAN : Kind.SIGNALING_NAN;
        return new BinaryValue(kind, isNegative, fraction, fractionBits);
    }

    /**
     * The bits of a short or long datum, on the right; of an extended one, the right 64.
     *
     * @param value a value that fits; a NaN's fraction is cut off on the right, or gets zeros there.
     * @return the bits.
     */
    public long pack(BinaryValue value) {
        return packed(value).longValue();
    }

    /**
     * The left 64 bits of an extended datum.
     *
     * @param value see {@link #pack}.
     * @return the bits.
     */
    public static long packHigh(BinaryValue value) {
        return EXTENDED.packed(value).shiftRight(Long.SIZE).longValue();
    }

    private BigInteger packed(BinaryValue value) {
        int most = (1 << exponentBits) - 1;
        BigInteger magnitude = switch (value.kind()) {
            case ZERO -> BigInteger.ZERO;
            case INFINITY -> BigInteger.valueOf(most).shiftLeft(fractionBits);
            case QUIET_NAN, SIGNALING_NAN ->
                BigInteger.valueOf(most)
                        .shiftLeft(fractionBits)
                        .or(value.significand().shiftLeft(fractionBits - value.exponent()));
            case NUMBER -> packedNumber(value);
        };
        return value.isNegative() ? magnitude.setBit(exponentBits + fractionBits) : magnitude;
    }

    private BigInteger packedNumber(BinaryValue value) {
        int lowest = minExponent() - fractionBits;
        int unit = Math.max(value.magnitude() - fractionBits, lowest);
        BigInteger significand = value.significand().shiftLeft(value.exponent() - unit);
        // A normal number's leftmost bit, which is not stored, makes the biased exponent one higher.
        return significand.add(BigInteger.valueOf(unit - lowest).shiftLeft(fractionBits));
    }
}
