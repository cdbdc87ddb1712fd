package org.interruptor.tools.guest.diagnose;

/**
 * Who is told that a guest has put something into a virtqueue: DIAGNOSE 0x500, function 3.
 *
 * <p>Threads: any CPU's, many at once; an implementation must not block.
 */
@FunctionalInterface
public interface VirtioNotification {
    /**
     * A queue has something new.
     *
     * @param subchannelId the subsystem-identification word of the device, 32 bits (general register 2).
     * @param queue the queue's number (general register 3).
     * @param cookie what the last notification of this queue has answered (general register 4).
     * @return goes to general register 2: a cookie for the next time, or a negative error number.
     */
    long notify(int subchannelId, long queue, long cookie);
}
