package org.interruptor.tools.guest.virtio;

import org.interruptor.tools.guest.channel.ChannelSubsystem;

/**
 * DIAGNOSE 0x500 with function {@link #FUNCTION} in general register 1: a driver has put something into a queue. Source: Virtual
 * I/O Device 1.2, section 4.3.3.2.
 *
 * <p>Threads: any CPU's. Does not wait, takes no lock for long, and does no work of the device's.
 */
public final class DriverNotification {
    /** The function in general register 1. Others are a specification exception. */
    public static final int FUNCTION = 3;

    private static final long NO_SUCH_QUEUE = -22;

    private final ChannelSubsystem channels;

    /**
     * The notifications of a machine.
     *
     * @param channels its channel subsystem.
     */
    public DriverNotification(ChannelSubsystem channels) {
        this.channels = channels;
    }

    /**
     * Notifies a device.
     *
     * @param subsystemId general register 2, its low half: the subchannel.
     * @param queue general register 3: the number of the queue.
     * @param cookie general register 4: what an earlier notification has answered; it means nothing here.
     * @return what general register 2 gets: 0, the cookie, or a negative number if there is no such queue.
     */
    public long notify(int subsystemId, long queue, long cookie) {
        return channels.notify(subsystemId, queue) ? 0 : NO_SUCH_QUEUE;
    }
}
