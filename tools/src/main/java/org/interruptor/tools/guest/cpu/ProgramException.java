package org.interruptor.tools.guest.cpu;

/**
 * Ends the execution of an instruction by a program interruption: the interpreter catches it and raises the interruption on
 * the engine, so that nothing of it is ever seen outside.
 *
 * <p>There is one object for each condition, made once, without a stack trace: an instruction that throws allocates nothing.
 * Source: Principles of Operation, chapter Interruptions, Program-Interruption Conditions.
 *
 * <p>Threads: any; immutable.
 */
// Static, since they carry neither a stack trace nor anything else that belongs to one throw.
@SuppressWarnings("StaticAssignmentOfThrowable")
public final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

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

    /** A trap of COMPARE AND TRAP; the data-exception code is 0xff. */
    public static final ProgramException DATA = new ProgramException(0x07, true);

    /** A signed result that does not fit, and the program mask asks for the interruption. */
    public static final ProgramException FIXED_POINT_OVERFLOW = new ProgramException(0x08, true);

    /** Division by zero, or a quotient that does not fit. */
    public static final ProgramException FIXED_POINT_DIVIDE = new ProgramException(0x09, true);

    /** SET SYSTEM MASK while CR0 suppresses it. */
    public static final ProgramException SPECIAL_OPERATION = new ProgramException(0x13, true);

    /** An operand of an I/O instruction has another form than it must have. */
    public static final ProgramException OPERAND = new ProgramException(0x15, true);

    private final int code;
    private final boolean ofInstruction;

    private ProgramException(int code, boolean ofInstruction) {
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

    @Override
    public String getMessage() {
        return String.format("program interruption 0x%02x", code);
    }
}
