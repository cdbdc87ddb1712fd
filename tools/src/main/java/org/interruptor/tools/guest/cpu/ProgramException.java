package org.interruptor.tools.guest.cpu;

import java.util.Locale;

/**
 * Ends the execution of an instruction by a program interruption: the interpreter catches it and raises the interruption on
 * the engine, so that nothing of it is ever seen outside.
 *
 * <p>There is one object for each condition, made once, without a stack trace: an instruction that throws allocates nothing.
 * Source: Principles of Operation, chapter Interruptions, Program-Interruption Conditions.
 *
 * <p>Conditions with parameters are {@link ParameterException}, one object for each CPU.
 *
 * <p>Threads: any; immutable.
 */
// Static, since they carry neither a stack trace nor anything else that belongs to one throw.
@SuppressWarnings("StaticAssignmentOfThrowable")
public class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int TRAP = 0xff;

    /** The operation code is not assigned here. */
    public static final ProgramException OPERATION = new ProgramException(0x01, true);

    /** A privileged instruction in the problem state. */
    public static final ProgramException PRIVILEGED_OPERATION = new ProgramException(0x02, true);

    /** The target of EXECUTE is another EXECUTE. */
    public static final ProgramException EXECUTE = new ProgramException(0x03, true);

    /** Storage that is not there. */
    public static final ProgramException ADDRESSING = new ProgramException(0x05, true);

    /** A register number, an alignment or a value that the instruction does not allow. */
    public static final ProgramException SPECIFICATION = new ProgramException(0x06, true);

    /** A PSW that is invalid was loaded, by LPSW, LPSWE or an interruption: recognized early, with a length of 0. */
    public static final ProgramException EARLY_SPECIFICATION = new ProgramException(0x06, false);

    /** A trap of COMPARE AND TRAP: its data-exception code is 0xff. Others are {@link ParameterException#data}. */
    public static final ProgramException DATA = new ProgramException(0x07, true);

    /** A signed result that does not fit, and the program mask asks for the interruption. */
    public static final ProgramException FIXED_POINT_OVERFLOW = new ProgramException(0x08, true);

    /** Division by zero, or a quotient that does not fit. */
    public static final ProgramException FIXED_POINT_DIVIDE = new ProgramException(0x09, true);

    /** A decimal result that does not fit, and the program mask asks for the interruption. */
    public static final ProgramException DECIMAL_OVERFLOW = new ProgramException(0x0a, true);

    /** Decimal division by zero, or a quotient that does not fit. */
    public static final ProgramException DECIMAL_DIVIDE = new ProgramException(0x0b, true);

    /** A translation table's entry has a format that it must not have. */
    public static final ProgramException TRANSLATION_SPECIFICATION = new ProgramException(0x12, true);

    /** An operation that the control registers or the PSW do not allow. */
    public static final ProgramException SPECIAL_OPERATION = new ProgramException(0x13, true);

    /** An operand of an I/O instruction has another form than it must have. */
    public static final ProgramException OPERAND = new ProgramException(0x15, true);

    private final int code;
    private final boolean ofInstruction;

    ProgramException(int code, boolean ofInstruction) {
        super(null, null, false, false);
        this.code = code;
        this.ofInstruction = ofInstruction;
    }

    /**
     * The program interruption code.
     *
     * @return 16 bits.
     */
    public int code() {
        return code;
    }

    /**
     * Whether an instruction caused it; else its length code is zero.
     *
     * @return false for {@link #EARLY_SPECIFICATION}.
     */
    public boolean isOfInstruction() {
        return ofInstruction;
    }

    /**
     * Whether the instruction counts as not begun: the old PSW points at it.
     *
     * @return false where the instruction is suppressed or completed: the old PSW points behind it.
     */
    public boolean isNullifying() {
        return false;
    }

    /**
     * The translation-exception identification, for the codes that store it.
     *
     * @return 64 bits.
     */
    public long translationExceptionId() {
        return 0;
    }

    /**
     * The operand access identification, for the codes that store it.
     *
     * @return 8 bits: the register numbers of MOVE PAGE.
     */
    public int operandAccessId() {
        return 0;
    }

    /**
     * The data-exception code, for the codes that store it.
     *
     * @return 8 bits.
     */
    public int dataExceptionCode() {
        return code() == DATA.code() ? TRAP : 0;
    }

    /**
     * The monitor class, for a monitor event.
     *
     * @return 8 bits.
     */
    public int monitorClass() {
        return 0;
    }

    /**
     * The monitor code, for a monitor event.
     *
     * @return 64 bits.
     */
    public long monitorCode() {
        return 0;
    }

    @Override
    public String getMessage() {
        return String.format(Locale.ROOT, "program interruption 0x%02x", code());
    }
}
