package org.interruptor.tools.guest.channel;

/**
 * An operation-request block, the operand of START SUBCHANNEL.
 *
 * <pre>
 *   word 0  interruption parameter
 *   word 1  key, 4 | S C M Y | F P I A U B H T | logical-path mask, 8 | L, D, zeros, X
 *   word 2  channel-program address
 * </pre>
 *
 * <p>Source: Principles of Operation, chapter Basic I/O Functions, Operation-Request Block.
 *
 * @param parameter interruption parameter.
 * @param flags word 1.
 * @param programAddress word 2.
 */
public record Orb(int parameter, int flags, int programAddress) {
    /** Length in bytes of what is used of it. */
    public static final int LENGTH = 12;

    /** Word 1: suspend control. */
    static final int SUSPEND_CONTROL = 0x0800_0000;

    /** Word 1: CCWs are of format 1. */
    static final int FORMAT_1 = 0x0080_0000;

    /** Word 1: address-limit checking. */
    static final int ADDRESS_LIMIT_CHECK = 0x0010_0000;

    /** Word 1: no interruption for a suspension. */
    static final int SUPPRESS_SUSPENDED = 0x0008_0000;

    /** Word 1: a channel program of TCWs, which is not provided. */
    private static final int TRANSPORT_MODE = 0x0004_0000;

    /** Word 1: IDAWs are of format 2, 64 bits. */
    static final int FORMAT_2_IDAWS = 0x0002_0000;

    /** Word 1: IDAWs of format 2 are for 2 KiB each, not 4. */
    static final int IDAWS_OF_2_KIB = 0x0001_0000;

    /** Word 1: no incorrect length is indicated for immediate operations. */
    static final int INCORRECT_LENGTH_SUPPRESSION = 0x0000_0080;

    /** Word 1: modified-CCW indirect addressing, which is not provided, and reserved bits. */
    private static final int MUST_BE_ZERO = 0x0000_007e;

    /** Word 1: what the subchannel-status word shows of it: key, S, F, P, I, A, U. */
    private static final int SHOWN = 0xf8f8_0000;

    private static final int PATH_SHIFT = 8;

    /**
     * Whether it has the form of one; else it is an operand exception.
     *
     * @return whether it has.
     */
    public boolean isValid() {
        return (flags & (TRANSPORT_MODE | MUST_BE_ZERO)) == 0 && programAddress >= 0;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int pathMask() {
        return (flags >>> PATH_SHIFT) & 0xff;
    }

    int shown() {
        return flags & SHOWN;
    }
}
