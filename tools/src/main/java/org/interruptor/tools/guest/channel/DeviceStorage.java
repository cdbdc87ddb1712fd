package org.interruptor.tools.guest.channel;

import java.lang.invoke.VarHandle;
import org.interruptor.memory.GuestMemory;

/**
 * Absolute storage as channels and devices reach it, big-endian, any alignment. All their stores go through here, and each is
 * reported to one observer: a CPU that keeps decoded instructions has to hear of them.
 *
 * <p>Addresses come from guests. Ask {@link #contains} before each access: the loads and stores do not answer, they throw for
 * what is outside, which would be a defect of the caller's.
 *
 * <p>Ordering: each load is an acquire, each store a release, as a CPU's in {@code cpu.Storage}; pairs with those. The updates of
 * single bits are interlocked and serialize.
 *
 * <p>Threads: any.
 */
public final class DeviceStorage {
    /** Hears of stores. Threads: the one that stores, behind the store. */
    public interface Observer {
        /**
         * Bytes were stored.
         *
         * @param address absolute address of the first one.
         * @param length how many, more than 0.
         */
        void stored(long address, int length);
    }

    private final GuestMemory memory;
    private final Observer observer;

    /**
     * Storage with an observer.
     *
     * @param memory absolute storage, shared.
     * @param observer hears of stores.
     */
    public DeviceStorage(GuestMemory memory, Observer observer) {
        this.memory = memory;
        this.observer = observer;
    }

    /**
     * Storage without an observer.
     *
     * @param memory absolute storage, shared.
     */
    public DeviceStorage(GuestMemory memory) {
        this(memory, (address, length) -> {});
    }

    /**
     * Whether a range is all there. Never throws, whatever the values.
     *
     * @param address absolute address, 64 bits.
     * @param length bytes.
     * @return whether it is.
     */
    public boolean contains(long address, long length) {
        return memory.contains(address, length);
    }

    /**
     * Loads a byte.
     *
     * @param address absolute address.
     * @return 0 to 255.
     */
    public int load8(long address) {
        int value = memory.getByte(address) & 0xff;
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a halfword.
     *
     * @param address absolute address.
     * @return 0 to 65,535.
     */
    public int load16(long address) {
        int value = memory.getShort(address) & 0xffff;
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a word.
     *
     * @param address absolute address.
     * @return 32 bits.
     */
    public int load32(long address) {
        int value = memory.getInt(address);
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a doubleword.
     *
     * @param address absolute address.
     * @return 64 bits.
     */
    public long load64(long address) {
        long value = memory.getLong(address);
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads bytes.
     *
     * @param address absolute address of the first one.
     * @param to where they go.
     * @param offset index of the first one there.
     * @param length how many.
     */
    public void load(long address, byte[] to, int offset, int length) {
        memory.getBytes(address, to, offset, length);
        VarHandle.acquireFence();
    }

    /**
     * Stores a byte.
     *
     * @param address absolute address.
     * @param value its low 8 bits count.
     */
    public void store8(long address, int value) {
        VarHandle.releaseFence();
        memory.putByte(address, (byte) value);
        observer.stored(address, Byte.BYTES);
    }

    /**
     * Stores a halfword.
     *
     * @param address absolute address.
     * @param value its low 16 bits count.
     */
    public void store16(long address, int value) {
        VarHandle.releaseFence();
        memory.putShort(address, (short) value);
        observer.stored(address, Short.BYTES);
    }

    /**
     * Stores a word.
     *
     * @param address absolute address.
     * @param value 32 bits.
     */
    public void store32(long address, int value) {
        VarHandle.releaseFence();
        memory.putInt(address, value);
        observer.stored(address, Integer.BYTES);
    }

    /**
     * Stores bytes.
     *
     * @param address absolute address of the first one.
     * @param from where they are.
     * @param offset index of the first one there.
     * @param length how many; nothing happens for 0.
     */
    public void store(long address, byte[] from, int offset, int length) {
        if (length > 0) {
            VarHandle.releaseFence();
            memory.putBytes(address, from, offset, length);
            observer.stored(address, length);
        }
    }

    /**
     * Sets bits of a byte, interlocked against all CPUs and devices.
     *
     * @param address absolute address.
     * @param mask 8 bits.
     * @return the byte as it was.
     */
    public int or8(long address, int mask) {
        long word = address & -Integer.BYTES;
        int shift = Byte.SIZE * (int) (Integer.BYTES - 1 - (address - word));
        int expected = memory.getInt(word);
        while (true) {
            int found = memory.compareAndExchangeInt(word, expected, expected | mask << shift);
            if (found == expected) {
                observer.stored(address, Byte.BYTES);
                return (found >>> shift) & 0xff;
            }
            expected = found;
        }
    }

    /** Orders all accesses before it against all behind it. */
    public void serialize() {
        VarHandle.fullFence();
    }
}
