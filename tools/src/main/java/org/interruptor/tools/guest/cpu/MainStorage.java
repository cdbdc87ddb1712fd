package org.interruptor.tools.guest.cpu;

import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.key.StorageKeys;
import org.interruptor.tools.guest.translation.PurgeRequests;

/**
 * What the CPUs of a machine share of storage.
 *
 * <p>Threads: any.
 *
 * @param memory absolute storage.
 * @param keys its storage keys.
 * @param purges how a CPU purges the TLBs of the others.
 */
public record MainStorage(GuestMemory memory, StorageKeys keys, PurgeRequests purges) {
    /**
     * Storage with keys of zero.
     *
     * @param memory absolute storage.
     * @param cpus how many CPUs use it.
     */
    public MainStorage(GuestMemory memory, int cpus) {
        this(memory, new StorageKeys(memory), new PurgeRequests(cpus));
    }

    /**
     * Storage and keys become zero. A page that is zero is not stored into, so that the host need not provide it. Threads: one, while
     * no CPU and no device uses the storage.
     */
    public void clear() {
        keys.clear();
        byte[] zeros = new byte[GuestMemory.PAGE_LENGTH];
        for (long page = 0; page < memory.size(); page += zeros.length) {
            if (!isZero(page)) {
                memory.putBytes(page, zeros, 0, zeros.length);
            }
        }
    }

    private boolean isZero(long page) {
        for (int i = 0; i < GuestMemory.PAGE_LENGTH; i += Long.BYTES) {
            if (memory.getLong(page + i) != 0) {
                return false;
            }
        }
        return true;
    }
}
