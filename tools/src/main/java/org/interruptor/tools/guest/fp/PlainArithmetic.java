package org.interruptor.tools.guest.fp;

/**
 * Whether the result of Java's own arithmetic, which rounds to the nearest, is exact. The answer is {@link #UNKNOWN} near the ends
 * of the range, where there may be other exceptions, and where an operand or the result is not finite.
 *
 * <p>The rounding error of a sum is itself a sum of floating-point numbers; those of a product, a quotient and a root come out of a
 * fused multiplication and addition, or of the longer format. Source: T. J. Dekker, A floating-point technique for extending the
 * available precision, 1971; D. E. Knuth, The Art of Computer Programming, volume 2, section 4.2.2.
 *
 * <p>Threads: any.
 */
public final class PlainArithmetic {
    /** The result is exact. */
    public static final int EXACT = 0;

    /** The result was rounded, and that is all there is to it. */
    public static final int INEXACT = 1;

    /** Look by {@link ExactArithmetic}. */
    public static final int UNKNOWN = -1;

    // Between these magnitudes no error term of a long operation underflows, and no sum in between overflows.
    private static final double LEAST = 0x1p-900;
    private static final double MOST = 0x1p1000;

    private static final float MOST_SHORT = 0x1p120f;

    private PlainArithmetic() {}

    private static boolean isInside(double value) {
        double magnitude = Math.abs(value);
        return magnitude > LEAST && magnitude < MOST;
    }

    private static boolean isInside(float value) {
        float magnitude = Math.abs(value);
        return magnitude > Float.MIN_NORMAL && magnitude < MOST_SHORT;
    }

    private static int exactness(boolean isExact) {
        return isExact ? EXACT : INEXACT;
    }

    /**
     * Whether a long sum is exact.
     *
     * @param a operand.
     * @param b operand.
     * @param sum a + b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofSum(double a, double b, double sum) {
        if (!(Math.abs(sum) < MOST)) {
            return UNKNOWN;
        }
        double ofB = sum - a;
        return exactness((a - (sum - ofB)) + (b - ofB) == 0);
    }

    /**
     * Whether a short sum is exact.
     *
     * @param a operand.
     * @param b operand.
     * @param sum a + b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofSum(float a, float b, float sum) {
        if (!(Math.abs(sum) < MOST_SHORT)) {
            return UNKNOWN;
        }
        float ofB = sum - a;
        return exactness((a - (sum - ofB)) + (b - ofB) == 0);
    }

    /**
     * Whether a long product is exact.
     *
     * @param a operand.
     * @param b operand.
     * @param product a * b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofProduct(double a, double b, double product) {
        if (!isInside(product)) {
            return product == 0 && (a == 0 || b == 0) ? EXACT : UNKNOWN;
        }
        return exactness(Math.fma(a, b, -product) == 0);
    }

    /**
     * Whether a short product is exact.
     *
     * @param a operand.
     * @param b operand.
     * @param product a * b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofProduct(float a, float b, float product) {
        if (!isInside(product)) {
            return product == 0 && (a == 0 || b == 0) ? EXACT : UNKNOWN;
        }
        return exactness((double) a * b == product);
    }

    /**
     * Whether a long quotient is exact.
     *
     * @param a dividend.
     * @param b divisor.
     * @param quotient a / b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofQuotient(double a, double b, double quotient) {
        if (!isInside(quotient) || !isInside(a)) {
            return quotient == 0 && a == 0 ? EXACT : UNKNOWN;
        }
        return exactness(Math.fma(-quotient, b, a) == 0);
    }

    /**
     * Whether a short quotient is exact.
     *
     * @param a dividend.
     * @param b divisor.
     * @param quotient a / b.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofQuotient(float a, float b, float quotient) {
        if (!isInside(quotient)) {
            return quotient == 0 && a == 0 ? EXACT : UNKNOWN;
        }
        return exactness((double) quotient * b == a);
    }

    /**
     * Whether a long square root is exact.
     *
     * @param a operand.
     * @param root its root.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofRoot(double a, double root) {
        return a > LEAST && a < MOST ? exactness(Math.fma(-root, root, a) == 0) : UNKNOWN;
    }

    /**
     * Whether a short square root is exact.
     *
     * @param a operand.
     * @param root its root.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofRoot(float a, float root) {
        return a > 0 && a < MOST_SHORT ? exactness((double) root * root == a) : UNKNOWN;
    }

    /**
     * Whether a long operand that was rounded to a short one is exact.
     *
     * @param a operand.
     * @param shortened (float) a.
     * @return {@link #EXACT}, {@link #INEXACT} or {@link #UNKNOWN}.
     */
    public static int ofShortened(double a, float shortened) {
        return isInside(shortened) || a == 0 ? exactness(shortened == a) : UNKNOWN;
    }

    /**
     * Whether the result of a fused multiplication and addition has no other exception than inexact.
     *
     * @param result the result.
     * @return whether it is well inside the range.
     */
    public static boolean isAtMostInexact(double result) {
        return isInside(result);
    }

    /**
     * Whether the result of a fused multiplication and addition has no other exception than inexact.
     *
     * @param result the result.
     * @return whether it is well inside the range.
     */
    public static boolean isAtMostInexact(float result) {
        return isInside(result);
    }

    /**
     * Rounds to an integer.
     *
     * @param value finite.
     * @param rounding how.
     * @return the integer, a zero with the sign of the value; NaN for a way of rounding that Java does not have.
     */
    public static double toInteger(double value, Rounding rounding) {
        return switch (rounding) {
            case NEAREST_EVEN -> Math.rint(value);
            case ZERO -> value < 0 ? Math.ceil(value) : Math.floor(value);
            case UP -> Math.ceil(value);
            case DOWN -> Math.floor(value);
            case NEAREST_AWAY, PREPARE_FOR_SHORTER -> Double.NaN;
        };
    }
}
