package org.interruptor.tools.guest.channel;

/**
 * Executes one channel program, from its START SUBCHANNEL to its end.
 *
 * <pre>
 *   ProgramCursor.next --> Ccw --> suspended? --> basic command, or ChannelDevice.execute --> ended? --> chain command --+
 *          ^                                             Transfer                                                        |
 *          +-------------------------------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>Between two commands it looks whether it was halted or cleared.
 *
 * <p>Threads: the device's.
 */
final class ChannelProgram {
    // Commands that every device here has.
    private static final int NO_OPERATION = 0x03;
    private static final int BASIC_SENSE = 0x04;
    private static final int SENSE_ID = 0xe4;

    private static final int SENSE_LENGTH = 32;
    private static final int SENSE_ID_LENGTH = 7;

    private static final int ENDED = Scsw.CHANNEL_END | Scsw.DEVICE_END;

    private final Subchannel subchannel;
    private final ChannelDevice device;
    private final Orb orb;
    private final ProgramCursor cursor;
    private final Transfer transfer;

    ChannelProgram(
            Subchannel subchannel, ChannelDevice device, DeviceStorage storage, Orb orb, int limitMode, long limit) {
        this.subchannel = subchannel;
        this.device = device;
        this.orb = orb;
        cursor = new ProgramCursor(storage, orb);
        transfer = new Transfer(storage, cursor, orb, limitMode, limit);
    }

    /** Runs until the program has ended, is suspended, or was called off; the subchannel has been told the first two. */
    void run() {
        while (!subchannel.isCalledOff()) {
            Ccw ccw = cursor.next(false);
            if (ccw == null) {
                subchannel.ended(cursor.ccwAddress(), 0, Scsw.PROGRAM_CHECK, 0);
                return;
            }
            if (ccw.isSuspending() && subchannel.suspended(cursor.ccwAddress())) {
                cursor.backTo(ccw);
                return;
            }
            if (ccw.isProgramControlled()) {
                subchannel.programControlled(cursor.ccwAddress());
            }
            transfer.begin(ccw);
            int sense = execute(ccw);
            if (isEnd(sense)) {
                return;
            }
        }
    }

    private boolean isEnd(int sense) {
        int deviceStatus = ENDED;
        int subchannelStatus = 0;
        if (transfer.isFailed()) {
            subchannelStatus = Scsw.PROGRAM_CHECK;
        } else if (isIncorrectLength() && (sense == ChannelDevice.DONE || !transfer.isUntouched())) {
            subchannelStatus = Scsw.INCORRECT_LENGTH;
        }
        if (sense != ChannelDevice.DONE && !transfer.isFailed()) {
            deviceStatus |= Scsw.UNIT_CHECK;
            subchannel.sense(sense);
        }
        if (deviceStatus == ENDED && subchannelStatus == 0 && transfer.ccw().isCommandChained()) {
            return false;
        }
        subchannel.ended(cursor.ccwAddress(), deviceStatus, subchannelStatus, transfer.remaining());
        return true;
    }

    private boolean isIncorrectLength() {
        Ccw ccw = transfer.ccw();
        if (ccw.isLengthSuppressed() || !transfer.isLengthIncorrect()) {
            return false;
        }
        boolean isImmediate = ccw.isControl() && transfer.isUntouched() && !ccw.isDataChained();
        return !isImmediate || (cursor.isFormat1() && !orb.has(Orb.INCORRECT_LENGTH_SUPPRESSION));
    }

    private int execute(Ccw ccw) {
        return switch (ccw.command()) {
            case NO_OPERATION -> ChannelDevice.DONE;
            case BASIC_SENSE -> {
                byte[] sense = new byte[SENSE_LENGTH];
                sense[0] = (byte) subchannel.takeSense();
                transfer.store(sense, SENSE_LENGTH);
                yield ChannelDevice.DONE;
            }
            case SENSE_ID -> {
                transfer.store(senseId(), SENSE_ID_LENGTH);
                yield ChannelDevice.DONE;
            }
            default -> device.execute(ccw.command(), transfer);
        };
    }

    /** 0xff, control-unit type and model, device type and model: without a device type. */
    private byte[] senseId() {
        int type = device.controlUnitType();
        return new byte[] {(byte) 0xff, (byte) (type >>> 8), (byte) type, (byte) device.controlUnitModel(), 0, 0, 0};
    }
}
