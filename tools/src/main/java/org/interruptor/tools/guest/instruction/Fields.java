package org.interruptor.tools.guest.instruction;

/**
 * The fields of an instruction that lies in a {@code long}, from the left.
 *
 * <pre>
 *   bits  0       8   12  16  20          32  36  40      48
 *        +-------+---+---+---+-----------+---+---+-------+
 *        |opcode | r1| r2| b2|    d2     |  dh2  |opcode |    RX, RXY, RS, RSY
 *        +-------+---+---+---+-----------+---+---+-------+
 *        |opcode |   l   | b1|    d1     | b2|    d2     |    SS
 *        +-------+---+---+---+-----------+---+---+-------+
 *        |opcode         | r3| m4| r1| r2|                    RRE, RRF
 *        +-------+---+---+---+-----------+---+---+-------+
 *        |opcode | r1|op.| immediate, 16 or 32 bits      |    RI, RIL
 *        +-------+---+---+---------------+-------+-------+
 * </pre>
 *
 * <p>Source: Principles of Operation, chapter Program Execution, Instruction Formats.
 */
final class Fields {
    private Fields() {}

    /** The four bits at a position: a register or a mask. */
    static int nibble(long code, int bit) {
        return (int) (code >>> (60 - bit)) & 0xf;
    }

    static int r1(long code) {
        return nibble(code, 8);
    }

    /** The second register, or index, or third register, or mask, behind the first. */
    static int r2(long code) {
        return nibble(code, 12);
    }

    static int b2(long code) {
        return nibble(code, 16);
    }

    /** Displacement of 12 bits. */
    static int d2(long code) {
        return (int) (code >>> 32) & 0xfff;
    }

    /** Displacement of 20 bits with sign: its upper 8 bits stand behind the lower 12. */
    static int longD2(long code) {
        return ((byte) (code >>> 24) << 12) | d2(code);
    }

    /** Base of the second operand of an SS instruction. */
    static int secondB(long code) {
        return nibble(code, 32);
    }

    /** Displacement of the second operand of an SS instruction. */
    static int secondD(long code) {
        return (int) (code >>> 16) & 0xfff;
    }

    /** The second byte: an immediate, or a length. */
    static int byte1(long code) {
        return (int) (code >>> 48) & 0xff;
    }

    /** The eight bits at a position. */
    static int byteAt(long code, int bit) {
        return (int) (code >>> (56 - bit)) & 0xff;
    }

    /** The 16 bits behind the first halfword, with sign. */
    static short half1(long code) {
        return (short) (code >>> 32);
    }

    /** The 16 bits behind the second halfword, with sign. */
    static short half2(long code) {
        return (short) (code >>> 16);
    }

    /** The 32 bits behind the first halfword, with sign. */
    static int word1(long code) {
        return (int) (code >>> 16);
    }
}
