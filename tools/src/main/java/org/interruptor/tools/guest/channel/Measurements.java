package org.interruptor.tools.guest.channel;

/**
 * What SET CHANNEL MONITOR and SET ADDRESS LIMIT set for all subchannels, and the measurement blocks that come of the former.
 *
 * <pre>
 *   format 0, 32 bytes at origin + 32 * index   | starts, 16 | samples, 16 | times ...
 *   format 1, 64 bytes at the subchannel's      | starts, 32 | samples, 32 | times ...
 * </pre>
 *
 * <p>Starts and samples are counted; the times stay, since devices here have none that say anything. A block outside storage is
 * not updated. Source: Principles of Operation, chapter I/O Support Functions.
 *
 * <p>Threads: any. Two fields change together as one record.
 */
final class Measurements {
    private static final int FORMAT_0_LENGTH = 32;
    private static final int FORMAT_1_LENGTH = 64;

    /** GR1 of SET CHANNEL MONITOR: measurement blocks are updated. */
    private static final int UPDATE = 0x2;

    /** GR1 of SET CHANNEL MONITOR: key, then zeros, then the two modes. */
    private static final int MONITOR_MUST_BE_ZERO = 0x0fff_fffc;

    /** GR1 of SET ADDRESS LIMIT: a multiple of 64 KiB below 2 GiB. */
    private static final int LIMIT_MUST_BE_ZERO = 0x8000_ffff;

    private record Mode(boolean isUpdating, long origin) {}

    private volatile Mode mode = new Mode(false, 0);
    private volatile long addressLimit;

    /** SET CHANNEL MONITOR; false for an operand exception. */
    boolean monitor(int bits, long origin) {
        boolean isUpdating = (bits & UPDATE) != 0;
        if ((bits & MONITOR_MUST_BE_ZERO) != 0 || (isUpdating && (origin & (FORMAT_0_LENGTH - 1)) != 0)) {
            return false;
        }
        mode = new Mode(isUpdating, origin);
        return true;
    }

    /** SET ADDRESS LIMIT; false for an operand exception. */
    boolean limit(int address) {
        if ((address & LIMIT_MUST_BE_ZERO) != 0) {
            return false;
        }
        addressLimit = address;
        return true;
    }

    long addressLimit() {
        return addressLimit;
    }

    void reset() {
        mode = new Mode(false, 0);
        addressLimit = 0;
    }

    /** A start function was completed at a subchannel. */
    void completed(Pmcw pmcw, long subchannelBlock, DeviceStorage storage) {
        Mode now = mode;
        if (!now.isUpdating || !pmcw.isMeasured()) {
            return;
        }
        if (pmcw.isFormat1Measured()) {
            if (storage.contains(subchannelBlock, FORMAT_1_LENGTH)) {
                storage.store32(subchannelBlock, storage.load32(subchannelBlock) + 1);
                storage.store32(subchannelBlock + 4, storage.load32(subchannelBlock + 4) + 1);
            }
            return;
        }
        long block = now.origin + (long) FORMAT_0_LENGTH * pmcw.measurementIndex();
        if (storage.contains(block, FORMAT_0_LENGTH)) {
            storage.store16(block, storage.load16(block) + 1);
            storage.store16(block + 2, storage.load16(block + 2) + 1);
        }
    }
}
