package org.interruptor.tools.guest.sclp;

import org.interruptor.memory.GuestMemory;

/**
 * A service-call control block (SCCB) in storage, whose length was checked: at least its header, and no more than its page.
 *
 * <p>Offsets are those in the block; the caller keeps them below {@link #length}. All values are big-endian.
 *
 * <p>Threads: that of the command.
 */
final class ControlBlock {
    static final int HEADER_LENGTH = 8;

    private static final int FUNCTION = 2;
    private static final int RESPONSE = 6;

    private final GuestMemory storage;
    private final long address;
    private final int length;

    /** {@code address} is absolute; the guest may change its length while the command runs, so it is read once. */
    ControlBlock(GuestMemory storage, long address, int length) {
        this.storage = storage;
        this.address = address;
        this.length = length;
    }

    int length() {
        return length;
    }

    /** The function code, 8 bits. */
    int function() {
        return get8(FUNCTION);
    }

    void response(int code) {
        put16(RESPONSE, code);
    }

    int get8(int offset) {
        return storage.getByte(address + offset) & 0xff;
    }

    int get16(int offset) {
        return storage.getShort(address + offset) & 0xffff;
    }

    byte[] bytes(int offset, int count) {
        byte[] bytes = new byte[count];
        storage.getBytes(address + offset, bytes, 0, count);
        return bytes;
    }

    void put8(int offset, int value) {
        storage.putByte(address + offset, (byte) value);
    }

    void put16(int offset, int value) {
        storage.putShort(address + offset, (short) value);
    }

    void put64(int offset, long value) {
        storage.putLong(address + offset, value);
    }

    void put(int offset, byte[] bytes, int count) {
        storage.putBytes(address + offset, bytes, 0, count);
    }

    void clear(int from, int to) {
        if (to > from) {
            put(from, new byte[to - from], to - from);
        }
    }
}
