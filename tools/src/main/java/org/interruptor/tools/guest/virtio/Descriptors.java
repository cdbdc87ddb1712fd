package org.interruptor.tools.guest.virtio;

import org.interruptor.tools.guest.channel.DeviceStorage;

/**
 * A chain of buffers that a driver has made available: first those that the device reads, then those that it writes. To be filled
 * and used again.
 *
 * <p>Every buffer lies inside storage: what does not is refused while the chain is made. Offsets count over all buffers of one
 * kind.
 *
 * <p>Threads: the device's.
 */
public final class Descriptors {
    private final DeviceStorage storage;
    private final long[] addresses;
    private final int[] lengths;

    private int head;
    private int readable;
    private int count;
    private long readableLength;
    private long writableLength;

    /** At most {@code capacity} buffers. */
    Descriptors(DeviceStorage storage, int capacity) {
        this.storage = storage;
        addresses = new long[capacity];
        lengths = new int[capacity];
    }

    void begin(int firstIndex) {
        head = firstIndex;
        readable = 0;
        count = 0;
        readableLength = 0;
        writableLength = 0;
    }

    /** Adds a buffer; false if it is not in storage, one too many, or in the wrong order. {@code length} is unsigned. */
    boolean add(long address, int length, boolean isWritable) {
        long unsigned = Integer.toUnsignedLong(length);
        if (count == addresses.length || !storage.contains(address, unsigned) || (!isWritable && readable != count)) {
            return false;
        }
        addresses[count] = address;
        lengths[count] = length;
        count++;
        if (isWritable) {
            writableLength += unsigned;
        } else {
            readable++;
            readableLength += unsigned;
        }
        return true;
    }

    /** The index that the driver knows the chain by. */
    int head() {
        return head;
    }

    /**
     * How much the device can read.
     *
     * @return bytes.
     */
    public long readableLength() {
        return readableLength;
    }

    /**
     * How much the device can write.
     *
     * @return bytes.
     */
    public long writableLength() {
        return writableLength;
    }

    /**
     * Reads from the chain.
     *
     * @param offset of the first byte, in the readable part.
     * @param to gets the bytes, from its beginning.
     * @param length how many at most.
     * @return how many there were.
     */
    public int read(long offset, byte[] to, int length) {
        return copy(0, readable, offset, to, length, false);
    }

    /**
     * Writes into the chain.
     *
     * @param offset of the first byte, in the writable part.
     * @param from the bytes, from its beginning.
     * @param length how many at most.
     * @return how many there was place for.
     */
    public int write(long offset, byte[] from, int length) {
        return copy(readable, count, offset, from, length, true);
    }

    private int copy(int first, int end, long offset, byte[] bytes, int length, boolean isStore) {
        long skip = offset;
        int done = 0;
        for (int i = first; i < end && done < length; i++) {
            long here = Integer.toUnsignedLong(lengths[i]);
            if (skip >= here) {
                skip -= here;
                continue;
            }
            int chunk = (int) Math.min(here - skip, length - done);
            if (isStore) {
                storage.store(addresses[i] + skip, bytes, done, chunk);
            } else {
                storage.load(addresses[i] + skip, bytes, done, chunk);
            }
            done += chunk;
            skip = 0;
        }
        return done;
    }
}
