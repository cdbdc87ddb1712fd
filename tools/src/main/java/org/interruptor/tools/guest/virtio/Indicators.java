package org.interruptor.tools.guest.virtio;

import java.nio.ByteBuffer;
import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.Machine;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.channel.DeviceStorage;
import org.interruptor.tools.guest.channel.Subchannel;

/**
 * How a device tells its driver that something was completed: by bits in storage, and an interruption.
 *
 * <pre>
 *   classic   bit of a doubleword, counted from the right --- alert status of the subchannel
 *   adapter   bit of an area, from the left --- summary byte --- adapter interruption of a subclass
 * </pre>
 *
 * <p>A driver chooses one of the two; a change of the configuration is always told in the classic way. Ordering: a bit is set by
 * an interlocked update, behind the store of the used ring's index; pairs with the driver's interlocked clearing of it.
 *
 * <p>Threads: the device's. Source: Virtual I/O Device 1.2, sections 4.3.2.6 and 4.3.3.
 */
final class Indicators {
    private static final int LAST_SUBCLASS = 7;
    private static final int SUMMARY = 0x01;

    /** Far beyond what storage has bits for. */
    private static final long MOST_BITS = 1L << 40;

    private final DeviceStorage storage;
    private final Machine machine;
    private final int queues;

    private Subchannel subchannel;
    private long queueBits;
    private long configurationBits;
    private AdapterRoute[] routes;

    Indicators(ChannelSubsystem channels, int queues) {
        this.storage = channels.storage();
        this.machine = channels.machine();
        this.queues = queues;
    }

    void of(Subchannel own) {
        subchannel = own;
    }

    void reset() {
        queueBits = 0;
        configurationBits = 0;
        routes = null;
    }

    /** An address of 0 takes them away. Answers whether it is accepted, as the other two. */
    boolean classic(byte[] data) {
        long address = ByteBuffer.wrap(data).getLong();
        if (routes != null || !isDoubleword(address)) {
            return false;
        }
        queueBits = address;
        return true;
    }

    boolean configuration(byte[] data) {
        long address = ByteBuffer.wrap(data).getLong();
        if (!isDoubleword(address)) {
            return false;
        }
        configurationBits = address;
        return true;
    }

    private boolean isDoubleword(long address) {
        return address == 0 || storage.contains(address, Long.BYTES);
    }

    boolean adapter(byte[] data) {
        ByteBuffer fields = ByteBuffer.wrap(data);
        long summary = fields.getLong();
        long area = fields.getLong();
        long firstBit = fields.getLong();
        int subclass = fields.get() & 0xff;
        if (summary == 0 && area == 0) {
            routes = null;
            return true;
        }
        if (queueBits != 0
                || subclass > LAST_SUBCLASS
                || firstBit < 0
                || firstBit > MOST_BITS
                || !storage.contains(summary, 1)
                || !storage.contains(area, (firstBit + queues + 7) / 8)) {
            return false;
        }
        AdapterRoute[] made = new AdapterRoute[queues];
        for (int i = 0; i < queues; i++) {
            long bit = firstBit + i;
            made[i] = machine.adapterRoute(area + (bit >>> 3), 0x80 >> (bit & 7), summary, SUMMARY, subclass, true);
        }
        routes = made;
        return true;
    }

    /** Something was completed in a queue. */
    void completed(int queue) {
        if (routes != null) {
            routes[queue].trigger();
        } else if (queueBits != 0) {
            storage.or8(queueBits + Long.BYTES - 1 - queue / 8, 1 << (queue % 8));
            subchannel.attention();
        }
    }

    /** The configuration, or what the device thinks of its driver, has changed. */
    void configurationChanged() {
        if (configurationBits != 0) {
            storage.or8(configurationBits + Long.BYTES - 1, 1);
            subchannel.attention();
        }
    }
}
