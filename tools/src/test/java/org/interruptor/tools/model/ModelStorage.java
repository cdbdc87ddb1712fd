package org.interruptor.tools.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Absolute storage: a map from address to byte. A byte that is not in it is zero, so that a storage of any size costs nothing,
 * and what a step has changed is read off the map.
 */
final class ModelStorage {

    private final long size;
    private final Map<Long, Byte> bytes = new TreeMap<>();
    /** What stood, before the current step, where this step has stored. */
    private final SortedMap<Long, Byte> before = new TreeMap<>();

    ModelStorage(long size) {
        this.size = size;
    }

    long size() {
        return size;
    }

    /** Whether all of {@code length} bytes at {@code address} are inside; {@code address} is unsigned. */
    boolean contains(long address, long length) {
        return Long.compareUnsigned(address, size) <= 0 && length <= size - address;
    }

    void store(long address, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            storeByte(address + i, values[i]);
        }
    }

    /** The low {@code length} bytes of {@code value}, big-endian. */
    void store(long address, int length, long value) {
        for (int i = 0; i < length; i++) {
            storeByte(address + i, (byte) (value >>> (8 * (length - 1 - i))));
        }
    }

    /** Eight bytes, big-endian. */
    long load(long address) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (byteAt(address + i) & 0xff);
        }
        return value;
    }

    void beginStep() {
        before.clear();
    }

    /** The bytes that have another value than when the step began, by address. */
    SortedMap<Long, Byte> changes() {
        SortedMap<Long, Byte> changes = new TreeMap<>();
        before.forEach((address, old) -> {
            if (byteAt(address) != old) {
                changes.put(address, byteAt(address));
            }
        });
        return changes;
    }

    private void storeByte(long address, byte value) {
        before.putIfAbsent(address, byteAt(address));
        bytes.put(address, value);
    }

    private byte byteAt(long address) {
        return bytes.getOrDefault(address, (byte) 0);
    }
}
