package org.interruptor.engine;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.InterruptionSource;
import org.interruptor.memory.GuestMemory;

/**
 * The fast path of virtio-ccw and PCI: sets an indicator bit in guest storage, then a summary bit, and injects an adapter interruption
 * if the summary bit was not set. Made by {@link Machine#adapterRoute}.
 *
 * <p>Threads: any. No lock, no allocation. Ordering: both bits are set by atomic operations, in this order.
 */
public final class AdapterRoute implements InterruptionSource {
    private final Machine machine;
    private final GuestMemory storage;
    private final long indicator;
    private final byte indicatorBit;
    private final long summary;
    private final byte summaryBit;
    private final int subclass;
    private final boolean isSuppressible;
    private volatile boolean masked;

    AdapterRoute(
            Machine machine,
            long indicator,
            byte indicatorBit,
            long summary,
            byte summaryBit,
            int subclass,
            boolean isSuppressible) {
        this.machine = machine;
        storage = machine.storage();
        inStorage(indicator, "indicator");
        inStorage(summary, "summary");
        if ((subclass & ~7) != 0) {
            throw new IllegalArgumentException("subclass=" + subclass + ": expected 0 to 7");
        }
        this.indicator = indicator;
        this.indicatorBit = indicatorBit;
        this.summary = summary;
        this.summaryBit = summaryBit;
        this.subclass = subclass;
        this.isSuppressible = isSuppressible;
    }

    private void inStorage(long address, String name) {
        if (!storage.contains(address, 1)) {
            throw new IllegalArgumentException(name + "=0x" + Long.toHexString(address)
                    + ": expected an address in storage of " + storage.size() + " bytes");
        }
    }

    /**
     * Sets the indicator, then the summary, and interrupts.
     *
     * @return ACCEPTED; COALESCED: the summary was set already, and the thread that set it injects; MASKED: the bits are set, nothing is
     *     injected; SUPPRESSED; CLOSED.
     */
    @Override
    public InjectResult trigger() {
        set(indicator, indicatorBit);
        boolean wasSet = set(summary, summaryBit);
        if (masked) {
            return InjectResult.MASKED;
        }
        return wasSet ? InjectResult.COALESCED : machine.injectAdapter(subclass, isSuppressible);
    }

    /** False: one adapter interruption is pending or none, so a route is never full. */
    @Override
    public boolean whenSpace(Runnable callback) {
        return false;
    }

    /** Sets a bit atomically, also when it is set: whether it was. A full fence. */
    private boolean set(long address, byte bit) {
        long word = address & ~3L;
        int shift = (int) (3 - (address & 3)) * Byte.SIZE;
        int bits = (bit & 0xff) << shift;
        int expected = storage.getInt(word);
        while (true) {
            int witness = storage.compareAndExchangeInt(word, expected, expected | bits);
            if (witness == expected) {
                return (witness & bits) != 0;
            }
            expected = witness;
        }
    }

    /**
     * Masks the route, or opens it.
     *
     * @param isMasked whether bits are set without an injection.
     */
    public void mask(boolean isMasked) {
        masked = isMasked;
    }
}
