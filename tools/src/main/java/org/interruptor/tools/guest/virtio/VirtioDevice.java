package org.interruptor.tools.guest.virtio;

import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * A virtio device without its transport.
 *
 * <p>Threads: the device's own.
 */
public interface VirtioDevice {
    /**
     * Which kind of device this is.
     *
     * @return the device ID of the virtio specification, 8 bits.
     */
    int id();

    /**
     * What it offers of its own kind.
     *
     * @return feature bits 0 to 23.
     */
    long features();

    /**
     * How many queues it has.
     *
     * @return 1 to 64.
     */
    int queues();

    /**
     * Its configuration space.
     *
     * @param order of the bytes in its fields.
     * @return the bytes.
     */
    byte[] configuration(ByteOrder order);

    /**
     * It has a transport now. Called once, before any other thread knows the device.
     *
     * @param waker can be called by any thread, with the number of a queue: {@link #work} is called for it soon after.
     */
    default void attached(IntConsumer waker) {}

    /**
     * Works a queue off until it is empty or broken, as far as it can.
     *
     * @param number of the queue.
     * @param queue the queue.
     * @return whether the driver wants an interruption for something that was completed.
     */
    boolean work(int number, Virtqueue queue);
}
