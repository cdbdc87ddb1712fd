package org.interruptor.tools.guest.virtio;

import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import org.interruptor.tools.guest.channel.DeviceStorage;

/**
 * A split virtqueue, from the device's side.
 *
 * <pre>
 *   driver:  descriptors, head in the available ring, index ---release--->  acquire: take
 *   driver:  sees the used index  &lt;---release---  entry in the used ring, index: complete
 *            event index or flag, then it looks again         then the device looks whether to interrupt
 * </pre>
 *
 * <p>Ordering: the last line is a store before a load on both sides, with a full barrier in between on both: in {@link #complete}
 * here and in the driver. In the other direction {@link #take} stores the available event and looks again behind a barrier.
 *
 * <p>What a driver must not do breaks the queue: {@link #take} answers null from then on. Source: Virtual I/O Device 1.2, section
 * 2.7.
 *
 * <p>Threads: the device's.
 */
public final class Virtqueue {
    /** Descriptors of a queue at most. */
    static final int MOST_DESCRIPTORS = 256;

    private static final int HAS_NEXT = 1;
    private static final int WRITABLE = 2;
    private static final int INDIRECT = 4;

    private static final int NO_INTERRUPT = 1;

    private final DeviceStorage storage;
    private final RingLayout ring;
    private final boolean isIndirect;
    private final boolean isEventIndex;
    private final BooleanSupplier stopping;
    private final Descriptors chain;

    private int taken;
    private int used;
    private boolean isBroken;

    /**
     * A queue whose layout is in storage. The flags say which features were negotiated, {@code stopping} whether the device is
     * being reset or closed.
     */
    Virtqueue(
            DeviceStorage storage,
            RingLayout ring,
            boolean isIndirect,
            boolean isEventIndex,
            BooleanSupplier stopping) {
        this.storage = storage;
        this.ring = ring;
        this.isIndirect = isIndirect;
        this.isEventIndex = isEventIndex;
        this.stopping = stopping;
        chain = new Descriptors(storage, ring.size());
    }

    /**
     * Takes the next chain that the driver has made available.
     *
     * @return the chain, until the next call; null if there is none, the queue is broken, or the device is called off.
     */
    public Descriptors take() {
        if (isBroken || isCalledOff()) {
            return null;
        }
        int available = available();
        if (available == 0 && isEventIndex) {
            ring.store16(storage, ring.availableEvent(), taken);
            storage.serialize();
            available = available();
        }
        if (available == 0) {
            return null;
        }
        if (available > ring.size()) {
            return fail();
        }
        int head = ring.load16(storage, ring.availableHead(taken));
        taken = (taken + 1) & 0xffff;
        chain.begin(head);
        return isChain(ring.descriptors(), ring.size(), head, isIndirect) ? chain : fail();
    }

    private int available() {
        return (ring.load16(storage, ring.availableIndex()) - taken) & 0xffff;
    }

    private Descriptors fail() {
        isBroken = true;
        return null;
    }

    /** Walks a table of descriptors. A chain is no longer than the queue, so that a loop ends too. */
    private boolean isChain(long table, int size, int first, boolean mayBeIndirect) {
        int index = first;
        while (index < size) {
            long at = table + (long) RingLayout.DESCRIPTOR_LENGTH * index;
            long address = ring.load64(storage, at);
            int length = ring.load32(storage, at + 8);
            int flags = ring.load16(storage, at + 12);
            if ((flags & INDIRECT) != 0) {
                return mayBeIndirect && (flags & HAS_NEXT) == 0 && isIndirectChain(address, length);
            }
            if (!chain.add(address, length, (flags & WRITABLE) != 0)) {
                return false;
            }
            if ((flags & HAS_NEXT) == 0) {
                return true;
            }
            index = ring.load16(storage, at + 14);
        }
        return false;
    }

    private boolean isIndirectChain(long table, int length) {
        int size = length / RingLayout.DESCRIPTOR_LENGTH;
        return length > 0
                && length % RingLayout.DESCRIPTOR_LENGTH == 0
                && storage.contains(table, length)
                && isChain(table, size, 0, false);
    }

    /**
     * Gives the chain that was taken last back to the driver.
     *
     * @param length how many bytes were written into it.
     * @return whether the driver wants an interruption.
     */
    public boolean complete(long length) {
        long entry = ring.usedEntry(used);
        ring.store32(storage, entry, chain.head());
        ring.store32(storage, entry + 4, (int) length);
        int before = used;
        used = (used + 1) & 0xffff;
        ring.store16(storage, ring.usedIndex(), used); // a release store: behind the entry
        storage.serialize();
        if (isEventIndex) {
            return before == ring.load16(storage, ring.usedEvent());
        }
        return (ring.load16(storage, ring.available()) & NO_INTERRUPT) == 0;
    }

    /**
     * Whether the device is being reset or closed: a long request ends early.
     *
     * @return whether nobody waits for its end.
     */
    public boolean isCalledOff() {
        return stopping.getAsBoolean();
    }

    /**
     * The order of bytes in the numbers of this driver's requests.
     *
     * @return the order.
     */
    public ByteOrder order() {
        return ring.isLittleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** The chain that was taken last is not one that this device can answer. */
    public void refuse() {
        isBroken = true;
    }

    /**
     * Whether the driver has done what it must not do.
     *
     * @return whether nothing more comes of it.
     */
    public boolean isBroken() {
        return isBroken;
    }
}
