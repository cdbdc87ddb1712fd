package org.interruptor.tools.guest.virtio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.channel.ChannelFixture;
import org.interruptor.tools.guest.channel.Subchannel;

/**
 * A driver as a guest has one: it negotiates, sets queues up, puts requests into them and looks at the indicators. One queue has 8
 * descriptors; all its parts are in a page.
 */
final class GuestDriver {
    static final int QUEUE_SIZE = 8;
    static final int WRITABLE = 2;
    static final int NEXT = 1;
    static final int INDIRECT = 4;

    /** An area for indicators: summary at 0, bits at 8, a doubleword of classic ones at 16, that for the configuration at 24. */
    static final int INDICATORS = 0x5000;

    static final long VERSION_1 = 1L << 32;
    static final long EVENT_INDEX = 1L << 29;
    static final long INDIRECT_DESCRIPTORS = 1L << 28;

    private static final int COMMAND_REJECT = 0x0e00_0000;
    private static final int ENDED = 0x0c00_0000;
    private static final int RING = 0x1_0000;
    private static final int RING_LENGTH = 0x1000;
    private static final int AVAILABLE = 0x400;
    private static final int USED = 0x800;
    private static final int DATA = ChannelFixture.DATA;

    private final ChannelFixture fixture;
    private final GuestMemory memory;
    private final Subchannel subchannel;
    private final int number;
    private boolean isLegacy;

    GuestDriver(ChannelFixture fixture, Subchannel subchannel, int number) {
        this.fixture = fixture;
        this.memory = fixture.memory();
        this.subchannel = subchannel;
        this.number = number;
    }

    Subchannel subchannel() {
        return subchannel;
    }

    /** Sends data with a command; whether the device accepts it. */
    boolean send(int command, byte... data) {
        fixture.put(DATA, data);
        int[] irb = fixture.run(subchannel, command, data.length, DATA);
        assertThat(irb[2] & 0xfebf_0000).isIn(ENDED, COMMAND_REJECT);
        return (irb[2] & 0xffff_0000) == ENDED;
    }

    /** Sends data that the device gives back changed. */
    byte[] ask(int command, int length, byte... data) {
        fixture.put(DATA, new byte[length]);
        fixture.put(DATA, data);
        assertThat(fixture.run(subchannel, command, length, DATA)[2]).isEqualTo(ENDED);
        return fixture.bytes(DATA, length);
    }

    static ByteBuffer data(int length) {
        return ByteBuffer.allocate(length);
    }

    void enable() {
        ChannelFixture.enable(subchannel, 0, 1);
    }

    boolean setRevision(int revision) {
        boolean isSet = send(0x83, data(4).putShort((short) revision).array());
        isLegacy = isSet && revision == 0;
        return isSet;
    }

    long features() {
        long low = features(0);
        return low | features(1) << 32;
    }

    private long features(int index) {
        byte[] answer = ask(0x12, 5, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) index);
        return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffff_ffffL;
    }

    boolean accept(long features) {
        return accept(0, (int) features) && accept(1, (int) (features >>> 32));
    }

    boolean accept(int index, int features) {
        ByteBuffer data = data(5).order(ByteOrder.LITTLE_ENDIAN);
        return send(0x11, data.putInt(features).put((byte) index).array());
    }

    boolean status(int status) {
        return send(0x31, (byte) status);
    }

    int status() {
        return ask(0x72, 1)[0] & 0xff;
    }

    int queueSize(int queue) {
        byte[] answer = ask(0x32, 4, (byte) (queue >>> 8), (byte) queue);
        return ByteBuffer.wrap(answer).getShort(2) & 0xffff;
    }

    int ring(int queue) {
        return RING + RING_LENGTH * queue;
    }

    boolean setQueue(int queue, int size, long descriptors, long available, long used) {
        return send(
                0x13,
                data(32).putLong(descriptors)
                        .putInt(0)
                        .putShort((short) queue)
                        .putShort((short) size)
                        .putLong(available)
                        .putLong(used)
                        .array());
    }

    boolean setQueue(int queue) {
        int ring = ring(queue);
        fixture.put(ring, new byte[RING_LENGTH]);
        if (isLegacy) {
            return setLegacyQueue(queue, ring, 0x100);
        }
        return setQueue(queue, QUEUE_SIZE, ring, ring + AVAILABLE, ring + USED);
    }

    boolean setLegacyQueue(int queue, long address, int alignment) {
        return send(
                0x13,
                data(16).putLong(address)
                        .putInt(alignment)
                        .putShort((short) queue)
                        .putShort((short) QUEUE_SIZE)
                        .array());
    }

    boolean setClassicIndicators() {
        return send(0x43, data(8).putLong(INDICATORS + 16).array())
                && send(0x53, data(8).putLong(INDICATORS + 24).array());
    }

    boolean setAdapterIndicators(long summary, long area, long bit, int subclass) {
        return send(
                0x73,
                data(25).putLong(summary)
                        .putLong(area)
                        .putLong(bit)
                        .put((byte) subclass)
                        .array());
    }

    /** From enabling to "driver OK", with one queue or two. */
    void start(int revision, long features, int queues, boolean isAdapter) {
        enable();
        assertThat(setRevision(revision)).isTrue();
        assertThat(status(1)).isTrue();
        assertThat(accept(features)).isTrue();
        if (revision > 0) {
            assertThat(status(11)).isTrue();
        }
        for (int i = 0; i < queues; i++) {
            assertThat(setQueue(i)).isTrue();
        }
        if (isAdapter) {
            assertThat(setAdapterIndicators(INDICATORS, INDICATORS + 8, 3, 2)).isTrue();
            assertThat(send(0x53, data(8).putLong(INDICATORS + 24).array())).isTrue();
        } else {
            assertThat(setClassicIndicators()).isTrue();
        }
        assertThat(status(15)).isTrue();
    }

    /** The same again after a reset, with all features, one queue and adapter indicators. */
    void start(int queues) {
        assertThat(status(1)).isTrue();
        assertThat(accept(VERSION_1 | EVENT_INDEX | INDIRECT_DESCRIPTORS)).isTrue();
        assertThat(status(11)).isTrue();
        for (int i = 0; i < queues; i++) {
            assertThat(setQueue(i)).isTrue();
        }
        assertThat(setAdapterIndicators(INDICATORS, INDICATORS + 8, 3, 2)).isTrue();
        assertThat(send(0x53, data(8).putLong(INDICATORS + 24).array())).isTrue();
        assertThat(status(15)).isTrue();
    }

    private short order(int value) {
        return isLegacy ? (short) value : Short.reverseBytes((short) value);
    }

    void descriptor(int queue, int index, long address, int length, int flags, int next) {
        descriptorAt(ring(queue) + 16L * index, address, length, flags, next);
    }

    void descriptorAt(long at, long address, int length, int flags, int next) {
        memory.putLong(at, isLegacy ? address : Long.reverseBytes(address));
        memory.putInt(at + 8, isLegacy ? length : Integer.reverseBytes(length));
        memory.putShort(at + 12, order(flags));
        memory.putShort(at + 14, order(next));
    }

    private long available(int queue) {
        return ring(queue) + (isLegacy ? 16L * QUEUE_SIZE : AVAILABLE);
    }

    private long used(int queue) {
        return ring(queue) + (isLegacy ? 0x100 : USED);
    }

    /** Makes a chain available, without a notification. */
    void offer(int queue, int head) {
        long available = available(queue);
        int index = order(memory.getShort(available + 2)) & 0xffff;
        memory.putShort(available + 4 + 2 * (index % QUEUE_SIZE), order(head));
        availableIndex(queue, index + 1);
    }

    void availableIndex(int queue, int index) {
        memory.putShort(available(queue) + 2, order(index));
    }

    /** As the driver says behind which used index it wants to be told. */
    void usedEvent(int queue, int index) {
        memory.putShort(available(queue) + 4 + 2 * QUEUE_SIZE, order(index));
    }

    void noInterrupt(int queue) {
        memory.putShort(available(queue), order(1));
    }

    int availableEvent(int queue) {
        return order(memory.getShort(used(queue) + 4 + 8 * QUEUE_SIZE)) & 0xffff;
    }

    void notify(int queue) {
        assertThat(new DriverNotification(fixture.channels()).notify(number, queue, 0))
                .isZero();
    }

    int usedIndex(int queue) {
        return order(memory.getShort(used(queue) + 2)) & 0xffff;
    }

    /** The head and the length of an entry in the used ring. */
    int[] usedEntry(int queue, int index) {
        long entry = used(queue) + 4 + 8 * (index % QUEUE_SIZE);
        int head = memory.getInt(entry);
        int length = memory.getInt(entry + 4);
        return isLegacy
                ? new int[] {head, length}
                : new int[] {Integer.reverseBytes(head), Integer.reverseBytes(length)};
    }

    /** Notifies, and waits until so many chains came back. */
    void exchange(int queue, int usedIndex) {
        notify(queue);
        fixture.await("used index " + usedIndex, () -> usedIndex(queue) == usedIndex);
    }
}
