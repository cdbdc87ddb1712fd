package org.interruptor.tools.guest.virtio;

/**
 * The channel commands of virtio over channel I/O, and the lengths of their data. Numbers in the data are big-endian, but for
 * feature words, which are little-endian. Source: Virtual I/O Device 1.2, section 4.3.
 */
final class CcwCommand {
    /** Queue: address, 64 | 0, 32 | index, 16 | size, 16 | available ring, 64 | used ring, 64. */
    static final int SET_QUEUE = 0x13;

    static final int SET_QUEUE_LENGTH = 32;

    /** Of revision 0: address, 64 | alignment, 32 | index, 16 | size, 16. */
    static final int SET_QUEUE_LEGACY_LENGTH = 16;

    static final int RESET = 0x33;

    /** Address of indicators, 64: bit n of a doubleword, counted from the right, is for queue n. */
    static final int SET_INDICATORS = 0x43;

    /** Address of indicators, 64: the rightmost bit of a doubleword is for the configuration. */
    static final int SET_CONFIGURATION_INDICATOR = 0x53;

    static final int INDICATORS_LENGTH = 8;

    /** Summary indicator's address, 64 | indicators' address, 64 | number of the first bit, 64 | subclass, 8. */
    static final int SET_ADAPTER_INDICATORS = 0x73;

    static final int ADAPTER_INDICATORS_LENGTH = 25;

    /** Features, 32 | index, 8: gives and takes both. */
    static final int READ_FEATURES = 0x12;

    static final int WRITE_FEATURES = 0x11;
    static final int FEATURES_LENGTH = 5;

    static final int READ_CONFIGURATION = 0x22;
    static final int WRITE_CONFIGURATION = 0x21;

    static final int WRITE_STATUS = 0x31;
    static final int READ_STATUS = 0x72;
    static final int STATUS_LENGTH = 1;

    /** Index, 16, is taken; size, 16, is given. */
    static final int READ_QUEUE_CONFIGURATION = 0x32;

    static final int QUEUE_INDEX_LENGTH = 2;

    /** Revision, 16 | length of what follows, 16. */
    static final int SET_REVISION = 0x83;

    static final int REVISION_LENGTH = 4;

    private CcwCommand() {}
}
