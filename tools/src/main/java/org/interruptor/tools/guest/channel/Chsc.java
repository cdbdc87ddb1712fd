package org.interruptor.tools.guest.channel;

import java.nio.ByteBuffer;

/**
 * The commands of CHANNEL SUBSYSTEM CALL. A request is followed by its response in the same block of 4 KiB:
 *
 * <pre>
 *   0  | length, 16 | command, 16 | ...                 request
 *   n  | length, 16 | response code, 16 | 0, 32 | ...   response
 * </pre>
 *
 * <p>There are 0x0010, store channel-subsystem characteristics, and 0x0031, set channel-subsystem characteristics, which has
 * nothing to set here. The instruction is not in the Principles of Operation; response codes and lengths are as another emulator
 * shows them to a guest.
 *
 * <p>Threads: any.
 */
public final class Chsc {
    /** Length of the block, and the boundary on which it lies. */
    public static final int BLOCK_LENGTH = 4096;

    private static final int SHORTEST_REQUEST = 16;
    private static final int LONGEST_REQUEST = BLOCK_LENGTH - 8;

    private static final int STORE_CHARACTERISTICS = 0x0010;
    private static final int STORE_CHARACTERISTICS_LENGTH = 16;
    private static final int SET_CHARACTERISTICS = 0x0031;
    private static final int SET_CHARACTERISTICS_LENGTH = 0x400;

    // Response codes.
    private static final int DONE = 0x0001;
    private static final int INVALID_FORMAT = 0x0003;
    private static final int NOT_PROVIDED = 0x0004;

    private static final int RESPONSE_HEADER = 8;

    /** General characteristics, 510 words, then those of this instruction, 508 words. */
    private static final int CHARACTERISTICS_LENGTH = RESPONSE_HEADER + 4 * (510 + 508);

    /** Word of the general characteristics with bits 32 to 63. */
    private static final int GENERAL_WORD_1 = RESPONSE_HEADER + 4;

    /** Bit 41: adapter interruptions. */
    private static final int ADAPTER_INTERRUPTIONS = 0x0040_0000;

    /** Bit 48: measurement blocks of format 1. */
    private static final int EXTENDED_MEASUREMENT_BLOCKS = 0x0000_8000;

    private Chsc() {}

    /**
     * Whether a request has a length that is one; else it is an operand exception.
     *
     * @param length bytes, as the request says.
     * @return whether it has.
     */
    public static boolean isValidLength(int length) {
        return length >= SHORTEST_REQUEST && length <= LONGEST_REQUEST && (length & 7) == 0;
    }

    /**
     * Carries out a command.
     *
     * @param command 16 bits.
     * @param length of the request in bytes, valid.
     * @return the response, which fits behind the request.
     */
    public static byte[] call(int command, int length) {
        return switch (command) {
            case STORE_CHARACTERISTICS ->
                length == STORE_CHARACTERISTICS_LENGTH
                        ? characteristics()
                        : header(RESPONSE_HEADER, INVALID_FORMAT).array();
            case SET_CHARACTERISTICS ->
                header(RESPONSE_HEADER, length == SET_CHARACTERISTICS_LENGTH ? DONE : INVALID_FORMAT)
                        .array();
            default -> header(RESPONSE_HEADER, NOT_PROVIDED).array();
        };
    }

    private static byte[] characteristics() {
        return header(CHARACTERISTICS_LENGTH, DONE)
                .putInt(GENERAL_WORD_1, ADAPTER_INTERRUPTIONS | EXTENDED_MEASUREMENT_BLOCKS)
                .array();
    }

    private static ByteBuffer header(int length, int code) {
        return ByteBuffer.allocate(length).putShort(0, (short) length).putShort(2, (short) code);
    }
}
