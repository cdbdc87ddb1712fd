package org.interruptor.tools.guest.cpu;

/**
 * Data-exception codes (DXC): why a data exception was recognized. Source: Principles of Operation, chapter Interruptions,
 * Data-Exception Code.
 *
 * <p>Threads: any.
 */
public final class DataException {
    /** Invalid decimal digits or sign. */
    public static final int DECIMAL_OPERAND = 0x00;

    /** A floating-point register that is there only with the AFP-register control. */
    public static final int AFP_REGISTER = 0x01;

    /** A binary floating-point instruction without the AFP-register control. */
    public static final int BFP_INSTRUCTION = 0x02;

    /** IEEE inexact, result cut off. */
    public static final int INEXACT_TRUNCATED = 0x08;

    /** IEEE inexact, result away from zero. */
    public static final int INEXACT_INCREMENTED = 0x0c;

    /** IEEE underflow, result exact; {@link #INEXACT_TRUNCATED} and {@link #INEXACT_INCREMENTED} are added. */
    public static final int UNDERFLOW = 0x10;

    /** IEEE overflow, result exact; {@link #INEXACT_TRUNCATED} and {@link #INEXACT_INCREMENTED} are added. */
    public static final int OVERFLOW = 0x20;

    /** IEEE division by zero. */
    public static final int DIVISION_BY_ZERO = 0x40;

    /** IEEE invalid operation. */
    public static final int INVALID_OPERATION = 0x80;

    /** A trap of COMPARE AND TRAP. */
    public static final int COMPARE_AND_TRAP = 0xff;

    private DataException() {}
}
