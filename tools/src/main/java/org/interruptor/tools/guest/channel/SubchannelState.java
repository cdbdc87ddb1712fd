package org.interruptor.tools.guest.channel;

/**
 * The state of a subchannel, and every change of it: by I/O instructions, by the channel program, by the device.
 *
 * <pre>
 *   start pending ---> active <---> suspended          halt pending, clear pending: out of each of them
 *                         `---> status pending ---> idle
 *                       ended                  test
 * </pre>
 *
 * <p>Interruptions are injected and withdrawn here, so that one is pending, or owed, exactly while status is and no CPU has taken it.
 * Condition codes are answers. Source: Principles of Operation, chapters Basic I/O Functions and I/O Instructions.
 *
 * <p>Threads: any CPU's and the device's, under the lock of this object, which is held for a change only: nothing waits,
 * transfers or executes under it.
 */
final class SubchannelState {
    /** What the device's thread has to do next. */
    enum Task {
        NONE,
        BEGIN,
        RESUME,
        /** The program was halted or cleared; the status of that is pending. */
        DROP
    }

    private static final int NOT_ENABLED = 3;

    private static final int ESW = Scsw.WORDS;
    private static final int ERW = ESW + 1;
    private static final int ECW = ESW + 5;
    private static final int CONCURRENT_SENSE = 0x0100_0000;
    private static final int SENSE_COUNT = 32 << 8;
    private static final int MODEL_DEPENDENT = Pmcw.WORDS + Scsw.WORDS;

    private static final int PENDING_FUNCTIONS = Scsw.HALT_PENDING | Scsw.CLEAR_PENDING;
    private static final int INTERMEDIATE_ONLY = Scsw.INTERMEDIATE | Scsw.STATUS_PENDING;

    private final StatusInterruption interruption;
    private final Pmcw pmcw;
    private final Scsw scsw = new Scsw();
    private long measurementBlock;
    private Orb orb;
    private int sense;
    private boolean wasEnabled;
    private boolean hasAttention;

    /** As in the PMCW, to be read without the lock. */
    private volatile boolean isEnabled;

    SubchannelState(int deviceNumber, StatusInterruption.Source interruptions) {
        interruption = new StatusInterruption(interruptions);
        pmcw = new Pmcw(deviceNumber);
    }

    /** Without the lock. */
    boolean isEnabled() {
        return isEnabled;
    }

    /** Whether status is pending whose interruption the engine has not taken yet: the device's thread offers it again. */
    boolean isInterruptionOwed() {
        return interruption.isOwed();
    }

    /** Offers an interruption that is owed to the engine. */
    synchronized void offerInterruption() {
        interruption.offerAgain();
    }

    /** As subsystem reset leaves it. */
    synchronized void reset() {
        interruption.withdraw();
        pmcw.reset();
        isEnabled = false;
        scsw.reset(0);
        measurementBlock = 0;
        sense = 0;
        wasEnabled = false;
        hasAttention = false;
    }

    // Instructions.

    synchronized void store(int[] schib) {
        pmcw.copyTo(schib);
        scsw.copyTo(schib, Pmcw.WORDS);
        schib[MODEL_DEPENDENT] = (int) (measurementBlock >>> 32);
        schib[MODEL_DEPENDENT + 1] = (int) measurementBlock;
    }

    synchronized int modify(int[] schib) {
        if (scsw.has(Scsw.STATUS_PENDING)) {
            return 1;
        }
        if (scsw.has(Scsw.FUNCTIONS)) {
            return 2;
        }
        pmcw.modify(schib);
        measurementBlock = ((long) schib[MODEL_DEPENDENT] << 32) | (schib[MODEL_DEPENDENT + 1] & 0xffff_ffffL);
        wasEnabled |= pmcw.isEnabled() && !isEnabled;
        isEnabled = pmcw.isEnabled();
        return 0;
    }

    synchronized int start(Orb request) {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        if (scsw.has(Scsw.STATUS_PENDING)) {
            return 1;
        }
        if (scsw.has(Scsw.FUNCTIONS)) {
            return 2;
        }
        orb = request;
        pmcw.started(request);
        scsw.reset(request.shown() | Scsw.START | Scsw.START_PENDING);
        return 0;
    }

    synchronized int test(int[] irb) {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        scsw.copyTo(irb, 0);
        if (!scsw.has(Scsw.STATUS_PENDING)) {
            return 1;
        }
        irb[ESW] = pmcw.lastPathUsed();
        if (scsw.has(Scsw.EXTENDED_CONTROL)) {
            irb[ERW] = CONCURRENT_SENSE | SENSE_COUNT;
            irb[ECW] = takeSense() << 24;
        }
        interruption.withdraw();
        statusTaken();
        return 0;
    }

    private void statusTaken() {
        if (isIntermediateOnly()) { // the function goes on
            scsw.status(0, 0, 0);
        } else {
            scsw.clear(Scsw.FUNCTIONS | Scsw.ACTIVITIES);
        }
        scsw.clear(Scsw.STATUSES | Scsw.EXTENDED_CONTROL);
        if (hasAttention && !scsw.has(Scsw.FUNCTIONS)) {
            hasAttention = false;
            scsw.status(0, 0, 0);
            pending(Scsw.ALERT);
        }
    }

    private boolean isIntermediateOnly() {
        return scsw.isOnly(Scsw.STATUSES, INTERMEDIATE_ONLY);
    }

    synchronized int clear() {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        interruption.withdraw();
        scsw.clear(Scsw.FUNCTIONS | Scsw.ACTIVITIES | Scsw.STATUSES | Scsw.EXTENDED_CONTROL);
        scsw.set(Scsw.CLEAR | Scsw.CLEAR_PENDING);
        return 0;
    }

    synchronized int halt() {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        if (scsw.has(Scsw.STATUS_PENDING) && !isIntermediateOnly()) {
            return 1;
        }
        if (scsw.has(Scsw.HALT | Scsw.CLEAR)) {
            return 2;
        }
        interruption.withdraw();
        scsw.clear(Scsw.STATUSES | Scsw.RESUME_PENDING);
        scsw.set(Scsw.HALT | Scsw.HALT_PENDING);
        return 0;
    }

    synchronized int resume() {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        if (scsw.has(Scsw.STATUS_PENDING)) {
            return 1;
        }
        if (!scsw.isOnly(Scsw.FUNCTIONS, Scsw.START)
                || !orb.has(Orb.SUSPEND_CONTROL)
                || scsw.has(Scsw.RESUME_PENDING)) {
            return 2;
        }
        scsw.set(Scsw.RESUME_PENDING);
        return 0;
    }

    synchronized int cancel() {
        if (!isEnabled) {
            return NOT_ENABLED;
        }
        if (scsw.has(Scsw.STATUS_PENDING)) {
            return 1;
        }
        if (!scsw.isOnly(Scsw.FUNCTIONS, Scsw.START) || !scsw.isOnly(Scsw.ACTIVITIES, Scsw.START_PENDING)) {
            return 2;
        }
        scsw.clear(Scsw.FUNCTIONS | Scsw.ACTIVITIES);
        return 0;
    }

    // The device.

    /** Alert status, behind the end of what is in progress; none beside an alert that is pending. */
    synchronized void attention() {
        if (scsw.has(Scsw.FUNCTIONS)) {
            hasAttention = true;
        } else if (isEnabled && !scsw.has(Scsw.STATUS_PENDING)) {
            scsw.status(0, 0, 0);
            pending(Scsw.ALERT);
        }
    }

    private void pending(int statuses) {
        scsw.set(statuses | Scsw.STATUS_PENDING);
        interruption.make(pmcw.parameter(), pmcw.subclassBits());
    }

    /** Takes the next function. Halt and clear are completed by that. */
    synchronized Task nextTask() {
        if (scsw.has(Scsw.CLEAR_PENDING)) {
            scsw.reset(Scsw.CLEAR);
            pending(0);
            return Task.DROP;
        }
        if (scsw.has(Scsw.HALT_PENDING)) {
            scsw.clear(Scsw.ACTIVITIES);
            pending(scsw.has(Scsw.START) ? Scsw.PRIMARY : 0);
            return Task.DROP;
        }
        if (scsw.has(Scsw.START_PENDING)) {
            return begin() ? Task.BEGIN : Task.NONE;
        }
        if (scsw.has(Scsw.RESUME_PENDING) && scsw.has(Scsw.SUSPENDED)) {
            scsw.clear(Scsw.RESUME_PENDING | Scsw.SUSPENDED);
            scsw.set(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
            return Task.RESUME;
        }
        return Task.NONE;
    }

    private boolean begin() {
        scsw.clear(Scsw.START_PENDING);
        if ((orb.pathMask() & Pmcw.PATH) == 0) {
            scsw.set(Scsw.DEFERRED_3);
            pending(0);
            return false;
        }
        scsw.set(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
        pmcw.pathUsed();
        return true;
    }

    /** The request of the function that was begun last. */
    synchronized Orb orb() {
        return orb;
    }

    /** How its addresses are checked, 0 for not at all. */
    synchronized int limitMode() {
        return orb.has(Orb.ADDRESS_LIMIT_CHECK) ? pmcw.limitMode() : 0;
    }

    /** Whether the subchannel was enabled since this was asked last. */
    synchronized boolean takeEnabled() {
        boolean was = wasEnabled;
        wasEnabled = false;
        return was;
    }

    // The channel program.

    /** Whether it was halted or cleared. */
    synchronized boolean isCalledOff() {
        return scsw.has(PENDING_FUNCTIONS);
    }

    /** It meets a CCW to be suspended at. Answers false if it goes on, since it was resumed already. */
    synchronized boolean suspended(int ccwAddress) {
        if (scsw.has(Scsw.RESUME_PENDING)) {
            scsw.clear(Scsw.RESUME_PENDING);
            return false;
        }
        if (!scsw.has(PENDING_FUNCTIONS)) {
            scsw.clear(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
            scsw.set(Scsw.SUSPENDED);
            scsw.ccwAddress(ccwAddress);
            if (!orb.has(Orb.SUPPRESS_SUSPENDED)) {
                pending(Scsw.INTERMEDIATE);
            }
        }
        return true;
    }

    /** A CCW asks for an interruption when it is begun. */
    synchronized void programControlled(int ccwAddress) {
        if (!scsw.has(PENDING_FUNCTIONS)) {
            scsw.ccwAddress(ccwAddress);
            scsw.status(0, Scsw.PROGRAM_CONTROLLED, 0);
            pending(Scsw.INTERMEDIATE);
        }
    }

    /** It has ended, unless a halt or clear function was faster. */
    synchronized void ended(
            int ccwAddress, int deviceStatus, int subchannelStatus, int count, Measurements measurements) {
        if (scsw.has(PENDING_FUNCTIONS)) {
            return;
        }
        measurements.completed(pmcw, measurementBlock);
        boolean isProgramControlled = (scsw.subchannelStatus() & Scsw.PROGRAM_CONTROLLED) != 0;
        scsw.clear(Scsw.ACTIVITIES);
        scsw.ccwAddress(ccwAddress);
        scsw.status(deviceStatus, subchannelStatus | (isProgramControlled ? Scsw.PROGRAM_CONTROLLED : 0), count);
        boolean isUnitCheck = (deviceStatus & Scsw.UNIT_CHECK) != 0;
        if (isUnitCheck && pmcw.isConcurrentSense()) {
            scsw.set(Scsw.EXTENDED_CONTROL);
        }
        boolean isAlert = isUnitCheck || subchannelStatus != 0;
        pending(Scsw.PRIMARY | Scsw.SECONDARY | (isAlert ? Scsw.ALERT : 0));
    }

    synchronized void sense(int senseByte) {
        sense = senseByte;
    }

    synchronized int takeSense() {
        int taken = sense;
        sense = 0;
        return taken;
    }
}
