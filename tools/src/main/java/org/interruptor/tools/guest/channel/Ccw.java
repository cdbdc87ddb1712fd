package org.interruptor.tools.guest.channel;

/**
 * A channel-command word, of either format.
 *
 * <pre>
 *   format 0   | command, 8 | data address, 24 | flags, 8 | - , 8 | count, 16 |
 *   format 1   | command, 8 | flags, 8 | count, 16 | 0 | data address, 31 |
 * </pre>
 *
 * <p>Source: Principles of Operation, chapter Basic I/O Functions, Channel-Command Word.
 *
 * @param address its own absolute address.
 * @param command 8 bits.
 * @param flags 8 bits.
 * @param count 16 bits.
 * @param dataAddress absolute address of the data, or of their first indirect-data-address word.
 */
record Ccw(int address, int command, int flags, int count, int dataAddress) {
    static final int LENGTH = 8;

    // Flags.
    private static final int CHAIN_DATA = 0x80;
    private static final int CHAIN_COMMAND = 0x40;
    private static final int SUPPRESS_LENGTH = 0x20;
    private static final int SKIP = 0x10;
    private static final int PROGRAM_CONTROLLED = 0x08;
    private static final int INDIRECT = 0x04;
    private static final int SUSPEND = 0x02;
    private static final int MODIFIED_INDIRECT = 0x01;

    private static final int TRANSFER_IN_CHANNEL = 0x08;
    private static final int CONTROL = 0x03;

    static Ccw ofFormat0(int address, int word0, int word1) {
        return new Ccw(address, word0 >>> 24, word1 >>> 24, word1 & 0xffff, word0 & 0xff_ffff);
    }

    static Ccw ofFormat1(int address, int word0, int word1) {
        return new Ccw(address, word0 >>> 24, (word0 >>> 16) & 0xff, word0 & 0xffff, word1);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isTransferInChannel(boolean isFormat1) {
        return (isFormat1 ? command : command & 0xf) == TRANSFER_IN_CHANNEL;
    }

    /** Whether the command code is one: its low 4 bits are neither 0 nor those of a transfer in channel. */
    boolean isCommand() {
        return (command & 0xf) != 0 && (command & 0xf) != TRANSFER_IN_CHANNEL;
    }

    /** Whether the command is of the kind that transfers data only as the device sees fit. */
    boolean isControl() {
        return (command & CONTROL) == CONTROL;
    }

    boolean isDataChained() {
        return has(CHAIN_DATA);
    }

    boolean isCommandChained() {
        return has(CHAIN_COMMAND) && !has(CHAIN_DATA);
    }

    /** Whether an incorrect length is not indicated; data chaining makes it be. */
    boolean isLengthSuppressed() {
        return has(SUPPRESS_LENGTH) && !has(CHAIN_DATA);
    }

    boolean isSkipped() {
        return has(SKIP);
    }

    boolean isProgramControlled() {
        return has(PROGRAM_CONTROLLED);
    }

    boolean isIndirect() {
        return has(INDIRECT);
    }

    boolean isSuspending() {
        return has(SUSPEND);
    }

    boolean isModifiedIndirect() {
        return has(MODIFIED_INDIRECT);
    }
}
