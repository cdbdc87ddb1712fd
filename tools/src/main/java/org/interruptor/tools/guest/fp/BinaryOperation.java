package org.interruptor.tools.guest.fp;

import org.interruptor.tools.guest.cpu.DataException;

/**
 * One operation: how it rounds, which exceptions trap, and what exceptions it has met.
 *
 * <p>An exception whose mask is zero sets its flag. The others trap: invalid operation and division by zero suppress the operation,
 * so that it has no result; the others complete it.
 *
 * <p>Threads: one.
 */
public final class BinaryOperation {
    /** FPC flag: invalid operation. */
    public static final int INVALID = 0x0080_0000;

    /** FPC flag: division by zero. */
    public static final int DIVISION_BY_ZERO = 0x0040_0000;

    /** FPC flag: overflow. */
    public static final int OVERFLOW = 0x0020_0000;

    /** FPC flag: underflow. */
    public static final int UNDERFLOW = 0x0010_0000;

    /** FPC flag: inexact. */
    public static final int INEXACT = 0x0008_0000;

    /** A flag's mask stands so many bits on the left of it. */
    private static final int FLAG_TO_MASK_SHIFT = 8;

    private final int masks;
    private final Rounding rounding;
    private final boolean isInexactSuppressed;
    private int flags;
    private int trap;
    private boolean isSuppressed;

    /**
     * An operation that rounds as the FPC asks for.
     *
     * @param fpc the floating-point-control register.
     */
    public BinaryOperation(int fpc) {
        this(fpc, Rounding.ofControl(fpc), false);
    }

    /**
     * An operation that rounds in its own way.
     *
     * @param fpc the floating-point-control register.
     * @param rounding how to round.
     * @param isInexactSuppressed whether an inexact result is no exception.
     */
    public BinaryOperation(int fpc, Rounding rounding, boolean isInexactSuppressed) {
        this.masks = fpc >>> FLAG_TO_MASK_SHIFT;
        this.rounding = rounding;
        this.isInexactSuppressed = isInexactSuppressed;
    }

    Rounding rounding() {
        return rounding;
    }

    boolean traps(int flag) {
        return (masks & flag) != 0;
    }

    /**
     * The flags that the operation sets.
     *
     * @return in their places in the FPC.
     */
    public int flags() {
        return flags;
    }

    /**
     * The data-exception code of the trap.
     *
     * @return see {@link DataException}; 0 for no trap.
     */
    public int trap() {
        return trap;
    }

    /**
     * Whether the trap leaves all as it was.
     *
     * @return true where there is no result.
     */
    public boolean isSuppressed() {
        return isSuppressed;
    }

    /**
     * Whether the trap is that of an overflow or underflow.
     *
     * @return true where the result does not fit the range of its format.
     */
    public boolean isOutOfRange() {
        int code = trap & ~DataException.INEXACT_INCREMENTED;
        return code == DataException.OVERFLOW || code == DataException.UNDERFLOW;
    }

    /** Meets an invalid operation: the result, where it does not trap. */
    BinaryValue invalid() {
        invalidOperation();
        return BinaryValue.defaultNan();
    }

    /** Meets an invalid operation. */
    void invalidOperation() {
        suppressing(INVALID, DataException.INVALID_OPERATION);
    }

    void divisionByZero() {
        suppressing(DIVISION_BY_ZERO, DataException.DIVISION_BY_ZERO);
    }

    private void suppressing(int flag, int code) {
        if (traps(flag)) {
            trap = code;
            isSuppressed = true;
        } else {
            flags |= flag;
        }
    }

    /** Meets an overflow or underflow whose trap completes the operation. */
    void trapped(int code, boolean isInexact, boolean isIncremented) {
        trap = code | (isInexact ? inexactCode(isIncremented) : 0);
    }

    /** Sets the flag of an overflow or underflow that does not trap. */
    void flag(int flag) {
        flags |= flag;
    }

    /** Meets an inexact result. */
    void inexact(boolean isIncremented) {
        if (isInexactSuppressed) {
            return;
        }
        if (traps(INEXACT)) {
            trap = inexactCode(isIncremented);
        } else {
            flags |= INEXACT;
        }
    }

    private static int inexactCode(boolean isIncremented) {
        return isIncremented ? DataException.INEXACT_INCREMENTED : DataException.INEXACT_TRUNCATED;
    }
}
