package org.interruptor.tools.guest.channel;

/**
 * The subchannel-status word of a subchannel.
 *
 * <pre>
 *   word 0  of the ORB: key, 4 | S L | deferred code, 2 | F P I A U Z E N | 0 | function, 3 | activity, 7 | status, 5
 *   word 1  CCW address
 *   word 2  device status, 8 | subchannel status, 8 | count, 16
 * </pre>
 *
 * <p>Source: Principles of Operation, chapter I/O Interruptions, Subchannel-Status Word.
 *
 * <p>Threads: under the lock of its subchannel.
 */
final class Scsw {
    static final int WORDS = 3;

    /** Deferred condition code 3: no path to the device. */
    static final int DEFERRED_3 = 0x0300_0000;

    /** The extended-control word has sense data. */
    static final int EXTENDED_CONTROL = 0x0002_0000;

    // Function control.
    static final int START = 0x4000;
    static final int HALT = 0x2000;
    static final int CLEAR = 0x1000;
    static final int FUNCTIONS = 0x7000;

    // Activity control.
    static final int RESUME_PENDING = 0x0800;
    static final int START_PENDING = 0x0400;
    static final int HALT_PENDING = 0x0200;
    static final int CLEAR_PENDING = 0x0100;
    static final int SUBCHANNEL_ACTIVE = 0x0080;
    static final int DEVICE_ACTIVE = 0x0040;
    static final int SUSPENDED = 0x0020;
    static final int ACTIVITIES = 0x0fe0;

    // Status control.
    static final int ALERT = 0x10;
    static final int INTERMEDIATE = 0x08;
    static final int PRIMARY = 0x04;
    static final int SECONDARY = 0x02;
    static final int STATUS_PENDING = 0x01;
    static final int STATUSES = 0x1f;

    // Device status.
    static final int CHANNEL_END = 0x08;
    static final int DEVICE_END = 0x04;
    static final int UNIT_CHECK = 0x02;

    // Subchannel status.
    static final int PROGRAM_CONTROLLED = 0x80;
    static final int INCORRECT_LENGTH = 0x40;
    static final int PROGRAM_CHECK = 0x20;

    private int flags;
    private int ccwAddress;
    private int deviceStatus;
    private int subchannelStatus;
    private int count;

    boolean has(int bits) {
        return (flags & bits) != 0;
    }

    /** Whether, of some bits, exactly these are one. */
    boolean isOnly(int of, int bits) {
        return (flags & of) == bits;
    }

    void set(int bits) {
        flags |= bits;
    }

    void clear(int bits) {
        flags &= ~bits;
    }

    /** Everything to zero but the flags given. */
    void reset(int newFlags) {
        flags = newFlags;
        ccwAddress = 0;
        status(0, 0, 0);
    }

    void ccwAddress(int address) {
        ccwAddress = address;
    }

    void status(int newDeviceStatus, int newSubchannelStatus, int newCount) {
        deviceStatus = newDeviceStatus;
        subchannelStatus = newSubchannelStatus;
        count = newCount;
    }

    int subchannelStatus() {
        return subchannelStatus;
    }

    void copyTo(int[] words, int offset) {
        words[offset] = flags;
        words[offset + 1] = ccwAddress;
        words[offset + 2] = deviceStatus << 24 | subchannelStatus << 16 | (count & 0xffff);
    }
}
