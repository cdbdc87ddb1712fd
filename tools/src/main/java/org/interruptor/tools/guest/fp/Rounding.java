package org.interruptor.tools.guest.fp;

/**
 * How a result that does not fit is rounded. Source: Principles of Operation, chapter Floating-Point Overview and Support
 * Instructions, Rounding Methods.
 *
 * <p>Threads: any.
 */
public enum Rounding {
    /** To the nearest, a tie to the one whose last bit is zero. */
    NEAREST_EVEN,
    /** To the nearest, a tie away from zero. */
    NEAREST_AWAY,
    /** Toward zero. */
    ZERO,
    /** Toward positive infinity. */
    UP,
    /** Toward negative infinity. */
    DOWN,
    /** To the neighbor whose last bit is one: a later rounding to a shorter format comes out as if it were the only one. */
    PREPARE_FOR_SHORTER;

    private static final Rounding[] OF_CONTROL = {NEAREST_EVEN, ZERO, UP, DOWN, null, null, null, PREPARE_FOR_SHORTER};
    private static final Rounding[] OF_MODIFIER = {
        null, NEAREST_AWAY, null, PREPARE_FOR_SHORTER, NEAREST_EVEN, ZERO, UP, DOWN
    };

    /**
     * The mode that the FPC asks for.
     *
     * @param fpc the floating-point-control register; its modes 4 to 6, which cannot be set, are to nearest.
     * @return the mode.
     */
    public static Rounding ofControl(int fpc) {
        Rounding mode = OF_CONTROL[fpc & 7];
        return mode == null ? NEAREST_EVEN : mode;
    }

    /**
     * The mode that an instruction asks for.
     *
     * @param modifier its rounding-method field, 4 bits: 0 for that of the FPC.
     * @param fpc the floating-point-control register.
     * @return the mode; null for a modifier that means none.
     */
    public static Rounding ofModifier(int modifier, int fpc) {
        return modifier == 0 ? ofControl(fpc) : modifier >= OF_MODIFIER.length ? null : OF_MODIFIER[modifier];
    }

    /**
     * Whether a magnitude that was cut off has to be incremented.
     *
     * @param isNegative the sign.
     * @param isOdd whether the last bit that is left is one.
     * @param half what was cut off against one half of that bit: negative, zero, or positive; it is not nothing.
     * @return whether to add one to the last bit.
     */
    boolean isIncremented(boolean isNegative, boolean isOdd, int half) {
        return switch (this) {
            case NEAREST_EVEN -> half > 0 || (half == 0 && isOdd);
            case NEAREST_AWAY -> half >= 0;
            case ZERO -> false;
            case UP -> !isNegative;
            case DOWN -> isNegative;
            case PREPARE_FOR_SHORTER -> !isOdd;
        };
    }

    /** Whether a result beyond the range becomes infinity, and not the largest number. */
    boolean isOverflowInfinite(boolean isNegative) {
        return switch (this) {
            case NEAREST_EVEN, NEAREST_AWAY -> true;
            case ZERO, PREPARE_FOR_SHORTER -> false;
            case UP -> !isNegative;
            case DOWN -> isNegative;
        };
    }
}
