package org.interruptor.tools.guest.channel;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.interruptor.engine.IoSource;
import org.interruptor.engine.Machine;

/**
 * The channel subsystem of a machine: its subchannels, numbered from 0 in the order in which devices were added, and what belongs
 * to none of them.
 *
 * <p>Threads: devices are added, and the subsystem is closed, by one; {@link #reset} by one while no CPU executes I/O
 * instructions; the rest by any CPU's.
 */
public final class ChannelSubsystem implements AutoCloseable {
    private static final int LAST_DEVICE_NUMBER = 0xffff;

    /** Devices that can be added: each has an I/O interruption source of the engine's. */
    public static final int MOST_SUBCHANNELS = 256;

    private final Machine machine;
    private final DeviceStorage storage;
    private final Consumer<Throwable> errors;
    private final List<Subchannel> subchannels = new CopyOnWriteArrayList<>();
    private final Measurements measurements;
    private final ChannelReports reports;

    /**
     * A subsystem without devices.
     *
     * @param machine the engine's, with at least {@link #MOST_SUBCHANNELS} I/O sources: its storage has channel programs and data.
     * @param errors is told of a defect that ended a device's thread.
     */
    public ChannelSubsystem(Machine machine, Consumer<Throwable> errors) {
        this.machine = machine;
        this.errors = errors;
        storage = new DeviceStorage(machine.storage());
        measurements = new Measurements(storage);
        reports = new ChannelReports(machine);
    }

    /**
     * Adds a device, on the next subchannel, and starts its thread.
     *
     * @param deviceNumber 0 to 0xffff, of none that was added before.
     * @param device the device.
     * @return its subchannel.
     * @throws IllegalArgumentException if the number is not as said.
     */
    public Subchannel add(int deviceNumber, ChannelDevice device) {
        if (deviceNumber < 0 || deviceNumber > LAST_DEVICE_NUMBER || subchannels.size() == MOST_SUBCHANNELS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "device number 0x%x: expected 0 to 0x%x", deviceNumber, LAST_DEVICE_NUMBER));
        }
        for (Subchannel other : subchannels) {
            if (other.deviceNumber() == deviceNumber) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "device number 0x%04x: there is such a device", deviceNumber));
            }
        }
        IoSource interruptions = machine.subchannel(SubsystemId.of(subchannels.size()));
        Subchannel subchannel = new Subchannel(
                deviceNumber, device, storage, measurements, StatusInterruption.Source.of(interruptions), errors);
        subchannels.add(subchannel);
        return subchannel;
    }

    /**
     * Finds a subchannel.
     *
     * @param subsystemId a valid subsystem-identification word.
     * @return the subchannel; null if there is none: condition code 3.
     */
    public Subchannel find(int subsystemId) {
        int number = SubsystemId.number(subsystemId);
        return number >= 0 && number < subchannels.size() ? subchannels.get(number) : null;
    }

    /**
     * Storage as devices reach it.
     *
     * @return the storage.
     */
    public DeviceStorage storage() {
        return storage;
    }

    /**
     * The engine's machine, for the adapter interruptions of a device.
     *
     * @return the machine.
     */
    public Machine machine() {
        return machine;
    }

    /**
     * The guest has put something into a queue of a device.
     *
     * @param subsystemId 32 bits, of any form.
     * @param queue 64 bits.
     * @return whether there is such a queue at an enabled subchannel.
     */
    public boolean notify(int subsystemId, long queue) {
        Subchannel subchannel = SubsystemId.isValid(subsystemId) ? find(subsystemId) : null;
        return subchannel != null && subchannel.notified(queue);
    }

    /**
     * RESET CHANNEL PATH.
     *
     * @param path channel-path identification, 8 bits.
     * @return 0, and a channel report is pending; 3 if there is no such path.
     */
    public int resetPath(int path) {
        if (path != Pmcw.CHANNEL_PATH || subchannels.isEmpty()) {
            return 3;
        }
        reports.pathReset(path);
        return 0;
    }

    /**
     * STORE CHANNEL REPORT WORD.
     *
     * @return the oldest one; 0 if there is none.
     */
    public int takeReport() {
        return reports.take();
    }

    /**
     * SET CHANNEL MONITOR.
     *
     * @param bits the low half of general register 1.
     * @param origin general register 2: absolute address of the measurement blocks of format 0.
     * @return false for an operand exception.
     */
    public boolean monitor(int bits, long origin) {
        return measurements.monitor(bits, origin);
    }

    /**
     * SET ADDRESS LIMIT.
     *
     * @param address the low half of general register 1.
     * @return false for an operand exception.
     */
    public boolean limit(int address) {
        return measurements.limit(address);
    }

    /** Subsystem reset. Waits until each device has carried it out. */
    public void reset() {
        subchannels.forEach(Subchannel::reset);
        measurements.reset();
        reports.reset();
    }

    /** Ends the threads of all devices, waits for them, and closes the devices. Before storage is closed. */
    @Override
    public void close() {
        subchannels.forEach(Subchannel::close);
    }
}
