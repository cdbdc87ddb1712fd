package org.interruptor.tools.guest.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.interruptor.tools.guest.channel.ChannelDevice;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.channel.DeviceStorage;
import org.interruptor.tools.guest.channel.Subchannel;
import org.interruptor.tools.guest.channel.Transfer;

/**
 * The control unit of a virtio device: its channel commands, its queues, and the way back to the driver.
 *
 * <p>Revisions 0 (of the time before version 1), 1 and 2. Command reject is the answer to a command that is none, or whose data
 * are too short or not possible. A driver that breaks a queue finds the status "device needs reset", and no queue is worked off
 * until it resets.
 *
 * <p>Threads: the device's, but for {@link #notified}. Source: Virtual I/O Device 1.2, section 4.3.
 */
public final class VirtioCcw implements ChannelDevice {
    private static final int CONTROL_UNIT_TYPE = 0x3832;
    private static final int LAST_REVISION = 2;
    private static final int NO_REVISION = -1;

    private final VirtioDevice device;
    private final DeviceStorage storage;
    private final Indicators indicators;
    private final DeviceStatus status;
    private final Virtqueue[] queues;
    private final AtomicLong notified = new AtomicLong();

    private Subchannel subchannel;
    private int revision = NO_REVISION;

    private VirtioCcw(ChannelSubsystem channels, VirtioDevice device) {
        this.device = device;
        storage = channels.storage();
        indicators = new Indicators(channels, device.queues());
        status = new DeviceStatus(device.features());
        queues = new Virtqueue[device.queues()];
    }

    /**
     * Adds a virtio device to a channel subsystem.
     *
     * @param channels the subsystem.
     * @param deviceNumber 0 to 0xffff.
     * @param device the device.
     * @return its subchannel.
     * @throws IllegalArgumentException if there is such a device number.
     */
    public static Subchannel attach(ChannelSubsystem channels, int deviceNumber, VirtioDevice device) {
        VirtioCcw unit = new VirtioCcw(channels, device);
        unit.subchannel = channels.add(deviceNumber, unit);
        unit.indicators.of(unit.subchannel);
        device.attached(queue -> {
            unit.notified(queue);
            unit.subchannel.wake();
        });
        return unit.subchannel;
    }

    @Override
    public int controlUnitType() {
        return CONTROL_UNIT_TYPE;
    }

    @Override
    public int controlUnitModel() {
        return device.id();
    }

    @Override
    public void enabled() {
        revision = NO_REVISION;
    }

    @Override
    public void reset() {
        resetDevice();
        revision = NO_REVISION;
    }

    private boolean resetDevice() {
        Arrays.fill(queues, null);
        status.reset();
        indicators.reset();
        return true;
    }

    // Commands.

    @Override
    public int execute(int command, Transfer transfer) {
        boolean isDone = command == CcwCommand.SET_REVISION ? setRevision(transfer) : isDone(command, transfer);
        return isDone ? DONE : COMMAND_REJECT;
    }

    private boolean isDone(int command, Transfer transfer) {
        if (revision == NO_REVISION) {
            revision = 0; // who does not ask for another one
        }
        return switch (command) {
            case CcwCommand.RESET -> resetDevice();
            case CcwCommand.READ_FEATURES -> readFeatures(transfer);
            case CcwCommand.WRITE_FEATURES -> writeFeatures(transfer);
            case CcwCommand.READ_CONFIGURATION -> readConfiguration(transfer);
            case CcwCommand.WRITE_CONFIGURATION -> writeConfiguration(transfer);
            case CcwCommand.READ_STATUS -> {
                transfer.store(new byte[] {(byte) status.value()}, CcwCommand.STATUS_LENGTH);
                yield true;
            }
            case CcwCommand.WRITE_STATUS -> writeStatus(transfer);
            case CcwCommand.READ_QUEUE_CONFIGURATION -> readQueueConfiguration(transfer);
            case CcwCommand.SET_QUEUE -> setQueue(transfer);
            case CcwCommand.SET_INDICATORS -> {
                byte[] data = fetch(transfer, CcwCommand.INDICATORS_LENGTH);
                yield data != null && indicators.classic(data);
            }
            case CcwCommand.SET_CONFIGURATION_INDICATOR -> {
                byte[] data = fetch(transfer, CcwCommand.INDICATORS_LENGTH);
                yield data != null && indicators.configuration(data);
            }
            case CcwCommand.SET_ADAPTER_INDICATORS -> {
                byte[] data = fetch(transfer, CcwCommand.ADAPTER_INDICATORS_LENGTH);
                yield data != null && indicators.adapter(data);
            }
            default -> false;
        };
    }

    /** The data of a command; null if they are too short. */
    private static byte[] fetch(Transfer transfer, int length) {
        byte[] data = new byte[length];
        return transfer.fetch(data, length) == length ? data : null;
    }

    private boolean isLegacy() {
        return revision == 0;
    }

    private boolean setRevision(Transfer transfer) {
        byte[] data = fetch(transfer, CcwCommand.REVISION_LENGTH);
        if (data == null || revision != NO_REVISION) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(data);
        int asked = fields.getShort() & 0xffff;
        int furtherData = fields.getShort();
        if (asked > LAST_REVISION || furtherData != 0) {
            return false;
        }
        revision = asked;
        return true;
    }

    private boolean readFeatures(Transfer transfer) {
        byte[] data = fetch(transfer, CcwCommand.FEATURES_LENGTH);
        if (data == null) {
            return false;
        }
        int index = data[4] & 0xff;
        long offered = status.offered(isLegacy());
        int word = index > 1 ? 0 : (int) (offered >>> (index * Integer.SIZE));
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putInt(word);
        transfer.rewind();
        transfer.store(data, data.length);
        return true;
    }

    private boolean writeFeatures(Transfer transfer) {
        byte[] data = fetch(transfer, CcwCommand.FEATURES_LENGTH);
        return data != null
                && status.accept(
                        data[4] & 0xff,
                        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    private byte[] configuration() {
        return device.configuration(isLegacy() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private boolean readConfiguration(Transfer transfer) {
        byte[] bytes = configuration();
        transfer.storeAvailable(bytes, bytes.length);
        return true;
    }

    /** No device here has a field that a driver can write: what it writes has no effect. */
    private boolean writeConfiguration(Transfer transfer) {
        byte[] bytes = configuration();
        transfer.fetch(bytes, bytes.length);
        return true;
    }

    private boolean writeStatus(Transfer transfer) {
        byte[] data = fetch(transfer, CcwCommand.STATUS_LENGTH);
        if (data == null) {
            return false;
        }
        if (data[0] == 0) {
            return resetDevice();
        }
        boolean wasDriverOk = status.isDriverOk();
        if (!status.set(data[0] & 0xff, isLegacy())) {
            return false;
        }
        if (status.isDriverOk() && !wasDriverOk) {
            notified.set(-1L); // it may have put something there before
        }
        return true;
    }

    private boolean readQueueConfiguration(Transfer transfer) {
        byte[] index = fetch(transfer, CcwCommand.QUEUE_INDEX_LENGTH);
        if (index == null) {
            return false;
        }
        boolean isThere = (ByteBuffer.wrap(index).getShort() & 0xffff) < queues.length;
        ByteBuffer size = ByteBuffer.allocate(Short.BYTES);
        size.putShort((short) (isThere ? Virtqueue.MOST_DESCRIPTORS : 0));
        transfer.store(size.array(), size.capacity());
        return true;
    }

    private boolean setQueue(Transfer transfer) {
        byte[] data = fetch(transfer, isLegacy() ? CcwCommand.SET_QUEUE_LEGACY_LENGTH : CcwCommand.SET_QUEUE_LENGTH);
        if (data == null) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(data);
        long address = fields.getLong();
        long alignment = Integer.toUnsignedLong(fields.getInt());
        int index = fields.getShort() & 0xffff;
        int size = fields.getShort() & 0xffff;
        if (index >= queues.length) {
            return false;
        }
        queues[index] = null;
        if (address == 0 || size == 0) {
            return true;
        }
        if (size > Virtqueue.MOST_DESCRIPTORS || Integer.bitCount(size) != 1) {
            return false;
        }
        if (isLegacy() && (Long.bitCount(alignment) != 1 || !storage.contains(address, 1))) {
            return false;
        }
        RingLayout ring = isLegacy()
                ? RingLayout.legacy(size, address, alignment)
                : new RingLayout(size, address, fields.getLong(), fields.getLong(), true);
        if (!ring.isIn(storage)) {
            return false;
        }
        queues[index] =
                new Virtqueue(storage, ring, status.isIndirect(), status.isEventIndex(), subchannel::isStopping);
        return true;
    }

    // Queues.

    /** Sets the queue's bit: pairs with the exchange in {@link #work}. */
    @Override
    public boolean notified(long queue) {
        if (queue < 0 || queue >= queues.length) {
            return false;
        }
        notified.getAndUpdate(bits -> bits | 1L << queue);
        return true;
    }

    @Override
    public void work() {
        long bits = notified.getAndSet(0);
        for (int i = 0; i < queues.length; i++) {
            if ((bits & 1L << i) != 0 && isWorkable(i)) {
                work(i);
            }
        }
    }

    /** A driver of revision 0 may use its queues before it says that it is ready. */
    private boolean isWorkable(int queue) {
        return queues[queue] != null && !status.needsReset() && (status.isDriverOk() || isLegacy());
    }

    private void work(int number) {
        if (device.work(number, queues[number])) {
            indicators.completed(number);
        }
        if (queues[number].isBroken()) {
            status.breakDown();
            indicators.configurationChanged();
        }
    }
}
