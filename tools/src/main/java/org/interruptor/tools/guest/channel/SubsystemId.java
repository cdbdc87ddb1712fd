package org.interruptor.tools.guest.channel;

/**
 * The subsystem-identification word, as general register 1 has it for the I/O instructions.
 *
 * <pre>
 *   | channel-subsystem id, 8 | 0000 m 0000.. | set, 2 | 1 | subchannel number, 16 |
 *                                 0x00080000    0x00060000  0x00010000
 * </pre>
 *
 * <p>This machine has one channel subsystem, so that its id and m are zero. Source: Principles of Operation, chapter I/O
 * Instructions.
 */
public final class SubsystemId {
    /** Always one. */
    private static final int ONE = 0x0001_0000;

    private static final int SUBCHANNEL_SET = 0x0006_0000;
    private static final int MUST_BE_ZERO = 0xff08_0000;
    private static final int NUMBER = 0xffff;

    private SubsystemId() {}

    /**
     * That of a subchannel of set 0.
     *
     * @param number 0 to 0xffff.
     * @return its word.
     */
    static int of(int number) {
        return ONE | number;
    }

    /**
     * Whether it has the form of one; else it is an operand exception.
     *
     * @param word 32 bits.
     * @return whether it has.
     */
    public static boolean isValid(int word) {
        return (word & (ONE | MUST_BE_ZERO)) == ONE;
    }

    /**
     * The subchannel that it names.
     *
     * @param word a valid one.
     * @return the number of a subchannel in set 0, -1 for one of another set.
     */
    static int number(int word) {
        return (word & SUBCHANNEL_SET) == 0 ? word & NUMBER : -1;
    }
}
