package org.interruptor.tools.guest.sclp;

/** Response codes of the service processor: bits 8 to 15 say of what kind, bits 0 to 7 why. */
final class Response {
    /** Information was stored. */
    static final int NORMAL_READ_COMPLETION = 0x0010;
    /** The command is carried out. */
    static final int NORMAL_COMPLETION = 0x0020;
    /** The block is not within one page. */
    static final int BOUNDARY_VIOLATION = 0x0100;
    /** There is no such command. */
    static final int INVALID_COMMAND = 0x01f0;
    /** The block is too short for what is stored into it. */
    static final int INSUFFICIENT_LENGTH = 0x0300;
    /** A function code or an event type that is not there. */
    static final int INVALID_FUNCTION = 0x40f0;
    /** Nothing is there to be read. */
    static final int NO_EVENT_BUFFERS = 0x60f0;
    /** Event buffers do not fit their block, or parts of one do not fit the event buffer. */
    static final int INCONSISTENT_LENGTHS = 0x72f0;
    /** Event masks of no length, too long, or beyond the block. */
    static final int INVALID_MASK_LENGTH = 0x74f0;

    private Response() {}
}
