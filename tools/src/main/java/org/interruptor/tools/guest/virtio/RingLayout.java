package org.interruptor.tools.guest.virtio;

import org.interruptor.tools.guest.channel.DeviceStorage;

/**
 * Where the three parts of a split virtqueue are, and in which byte order.
 *
 * <pre>
 *   descriptors   16 bytes each: address, 64 | length, 32 | flags, 16 | next, 16
 *   available     flags, 16 | index, 16 | heads, 16 each | used event, 16
 *   used          flags, 16 | index, 16 | head, 32, and length, 32, each | available event, 16
 * </pre>
 *
 * <p>Little-endian from revision 1 on; before, it is the guest's order, big-endian, and the parts follow one another. Source:
 * Virtual I/O Device 1.2, sections 2.7 and 2.7.2.
 *
 * @param size descriptors, a power of two.
 * @param descriptors absolute address.
 * @param available absolute address.
 * @param used absolute address.
 * @param isLittleEndian whether numbers are.
 */
record RingLayout(int size, long descriptors, long available, long used, boolean isLittleEndian) {
    static final int DESCRIPTOR_LENGTH = 16;
    static final int USED_LENGTH = 8;
    static final int RING_HEADER = 4;

    private static final int AVAILABLE_LENGTH = 2;
    private static final int EVENT_LENGTH = 2;

    /** That of a driver of revision 0: one address, the used ring at the next multiple of an alignment. */
    static RingLayout legacy(int size, long address, long alignment) {
        long available = address + (long) DESCRIPTOR_LENGTH * size;
        long end = available + RING_HEADER + (long) AVAILABLE_LENGTH * size + EVENT_LENGTH;
        return new RingLayout(size, address, available, (end + alignment - 1) & -alignment, false);
    }

    /** Whether it is aligned and all in storage. */
    boolean isIn(DeviceStorage storage) {
        return (descriptors & 15) == 0
                && (available & 1) == 0
                && (used & 3) == 0
                && storage.contains(descriptors, (long) DESCRIPTOR_LENGTH * size)
                && storage.contains(available, RING_HEADER + (long) AVAILABLE_LENGTH * size + EVENT_LENGTH)
                && storage.contains(used, RING_HEADER + (long) USED_LENGTH * size + EVENT_LENGTH);
    }

    long availableIndex() {
        return available + 2;
    }

    long availableHead(int index) {
        return available + RING_HEADER + (long) AVAILABLE_LENGTH * (index & (size - 1));
    }

    /** Where the driver says behind which used index it wants to be told. */
    long usedEvent() {
        return available + RING_HEADER + (long) AVAILABLE_LENGTH * size;
    }

    long usedIndex() {
        return used + 2;
    }

    long usedEntry(int index) {
        return used + RING_HEADER + (long) USED_LENGTH * (index & (size - 1));
    }

    /** Where the device says behind which available index it wants to be notified. */
    long availableEvent() {
        return used + RING_HEADER + (long) USED_LENGTH * size;
    }

    int load16(DeviceStorage storage, long address) {
        int value = storage.load16(address);
        return isLittleEndian ? Short.reverseBytes((short) value) & 0xffff : value;
    }

    int load32(DeviceStorage storage, long address) {
        int value = storage.load32(address);
        return isLittleEndian ? Integer.reverseBytes(value) : value;
    }

    long load64(DeviceStorage storage, long address) {
        long value = storage.load64(address);
        return isLittleEndian ? Long.reverseBytes(value) : value;
    }

    void store16(DeviceStorage storage, long address, int value) {
        storage.store16(address, isLittleEndian ? Short.reverseBytes((short) value) : value);
    }

    void store32(DeviceStorage storage, long address, int value) {
        storage.store32(address, isLittleEndian ? Integer.reverseBytes(value) : value);
    }
}
