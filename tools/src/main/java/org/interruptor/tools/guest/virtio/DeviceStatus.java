package org.interruptor.tools.guest.virtio;

/**
 * Status and features of a device as its driver negotiates them. Source: Virtual I/O Device 1.2, sections 2.1 and 2.2.
 *
 * <p>Threads: the device's.
 */
final class DeviceStatus {
    // Status bits.
    private static final int DRIVER_OK = 0x04;
    private static final int FEATURES_OK = 0x08;
    private static final int NEEDS_RESET = 0x40;

    // Feature bits that do not depend on the device.
    private static final long ANY_LAYOUT = 1L << 27;
    private static final long INDIRECT = 1L << 28;
    private static final long EVENT_INDEX = 1L << 29;
    private static final long VERSION_1 = 1L << 32;

    private final long deviceFeatures;
    private int status;
    private long accepted;

    DeviceStatus(long deviceFeatures) {
        this.deviceFeatures = deviceFeatures | INDIRECT | EVENT_INDEX;
    }

    void reset() {
        status = 0;
        accepted = 0;
    }

    /** What is offered to a driver, which before revision 1 is one of the time before version 1. */
    long offered(boolean isLegacy) {
        return deviceFeatures | (isLegacy ? ANY_LAYOUT : VERSION_1);
    }

    /** Takes 32 feature bits; false if it is too late, or for bits that do not exist. */
    boolean accept(int index, int bits) {
        if (isFeaturesOk()) {
            return false;
        }
        if (index > 1) {
            return bits == 0;
        }
        int shift = index * Integer.SIZE;
        accepted = (accepted & ~(0xffff_ffffL << shift)) | Integer.toUnsignedLong(bits) << shift;
        return true;
    }

    /** Takes a new status, not 0; false if the features are not what this device can do. */
    boolean set(int newStatus, boolean isLegacy) {
        boolean isFeaturesNew = (newStatus & FEATURES_OK) != 0 && !isFeaturesOk();
        if (isFeaturesNew && !isLegacy) {
            boolean isOffered = (accepted & ~offered(false)) == 0;
            if (!isOffered || (accepted & VERSION_1) == 0) {
                return false;
            }
        }
        status = newStatus | (status & NEEDS_RESET);
        return true;
    }

    private boolean isFeaturesOk() {
        return (status & FEATURES_OK) != 0;
    }

    int value() {
        return status;
    }

    boolean isDriverOk() {
        return (status & DRIVER_OK) != 0;
    }

    boolean needsReset() {
        return (status & NEEDS_RESET) != 0;
    }

    /** The driver has done what it must not do. */
    void breakDown() {
        status |= NEEDS_RESET;
    }

    boolean isIndirect() {
        return (accepted & INDIRECT) != 0;
    }

    boolean isEventIndex() {
        return (accepted & EVENT_INDEX) != 0;
    }
}
