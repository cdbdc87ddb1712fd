package org.interruptor.tools.guest.channel;

/**
 * Walks a channel program: fetches its CCWs one by one, follows transfers in channel, and refuses what is a program check.
 *
 * <p>A channel program may loop for ever, in the architecture until it is halted. Here it ends with a program check after
 * {@link #MOST_CCWS}, so that a guest cannot keep a thread of the host busy.
 *
 * <p>Threads: the device's.
 */
final class ProgramCursor {
    /** So many CCWs are fetched at most for one START SUBCHANNEL. */
    static final int MOST_CCWS = 100_000;

    private static final int LAST_FORMAT_0 = 0xff_ffff;

    private final DeviceStorage storage;
    private final Orb orb;
    private final boolean isFormat1;

    private int next;
    private int fetched;
    private int ccwAddress;
    private boolean isFailed;

    ProgramCursor(DeviceStorage storage, Orb orb) {
        this.storage = storage;
        this.orb = orb;
        isFormat1 = orb.has(Orb.FORMAT_1);
        next = orb.programAddress();
        ccwAddress = next;
    }

    /**
     * Fetches the next CCW.
     *
     * @param isDataChained whether it goes on with the data of the one before; its command code does not count then.
     * @return the CCW; null for a program check.
     */
    Ccw next(boolean isDataChained) {
        boolean isBehindTransfer = fetched == 0;
        while (true) {
            Ccw ccw = fetch();
            if (ccw == null) {
                return fail();
            }
            if (!ccw.isTransferInChannel(isFormat1)) {
                return isValid(ccw, isDataChained) ? ccw : fail();
            }
            if (isBehindTransfer || !isValidTransfer(ccw)) {
                return fail();
            }
            isBehindTransfer = true;
            next = ccw.dataAddress();
        }
    }

    private Ccw fetch() {
        int address = next;
        ccwAddress = address + Ccw.LENGTH; // one behind, as the status shows it
        fetched++;
        if (fetched > MOST_CCWS
                || (address & (Ccw.LENGTH - 1)) != 0
                || address < 0
                || (!isFormat1 && address > LAST_FORMAT_0)
                || !storage.contains(address, Ccw.LENGTH)) {
            return null;
        }
        next = ccwAddress;
        long both = storage.load64(address);
        int word0 = (int) (both >>> 32);
        int word1 = (int) both;
        return isFormat1 ? Ccw.ofFormat1(address, word0, word1) : Ccw.ofFormat0(address, word0, word1);
    }

    private boolean isValidTransfer(Ccw ccw) {
        return !isFormat1 || (ccw.flags() == 0 && ccw.count() == 0);
    }

    private boolean isValid(Ccw ccw, boolean isDataChained) {
        if (ccw.isModifiedIndirect() || ccw.dataAddress() < 0) {
            return false;
        }
        if (ccw.isSuspending() && (isDataChained || !orb.has(Orb.SUSPEND_CONTROL))) {
            return false;
        }
        if (ccw.count() == 0 && (!isFormat1 || isDataChained || ccw.isDataChained())) {
            return false;
        }
        return isDataChained || ccw.isCommand();
    }

    private Ccw fail() {
        isFailed = true;
        return null;
    }

    /** Whether it met a program check. */
    boolean isFailed() {
        return isFailed;
    }

    boolean isFormat1() {
        return isFormat1;
    }

    /** What the status shows: 8 behind the last CCW that was fetched. */
    int ccwAddress() {
        return ccwAddress;
    }

    /** Goes back to behind a CCW: its data are transferred again from their beginning. */
    void backBehind(Ccw ccw) {
        next = ccw.address() + Ccw.LENGTH;
    }

    /** Goes back to a CCW: it is fetched again. */
    void backTo(Ccw ccw) {
        next = ccw.address();
    }
}
