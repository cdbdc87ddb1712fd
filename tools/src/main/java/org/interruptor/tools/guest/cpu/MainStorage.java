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
}
