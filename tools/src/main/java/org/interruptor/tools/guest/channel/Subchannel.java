package org.interruptor.tools.guest.channel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A subchannel with its device: what the I/O instructions ask for, and the thread that does it.
 *
 * <pre>
 *   a CPU                                         the device's thread
 *     SSCH  start pending  ----- wake ------------>  takes the function; ChannelProgram.run
 *     HSCH, CSCH, RSCH     ----- wake ------------>  between two commands
 *     TSCH  <---- status pending, interruption ----  ended
 * </pre>
 *
 * <p>A channel program is executed on the device's thread, never on a CPU's. Its end is an I/O interruption.
 *
 * <p>Threads: any CPU's for the instructions, under one lock for each subchannel, which is held only for changes of its state:
 * nothing waits, transfers or executes under it. Interruptions are injected and withdrawn under it, so that one is pending
 * exactly while the status is. Condition codes are the answers. Source: Principles of Operation, chapter I/O Instructions.
 */
public final class Subchannel implements AutoCloseable {
    /** Words of a subchannel-information block. */
    public static final int SCHIB_WORDS = 13;

    /** Words of an interruption-response block. */
    public static final int IRB_WORDS = 24;

    private static final int ESW = Scsw.WORDS;
    private static final int ERW = ESW + 1;
    private static final int ECW = ESW + 5;
    private static final int CONCURRENT_SENSE = 0x0100_0000;
    private static final int SENSE_COUNT = 32 << 8;
    private static final int MODEL_DEPENDENT = Pmcw.WORDS + Scsw.WORDS;

    private static final int PENDING_FUNCTIONS = Scsw.HALT_PENDING | Scsw.CLEAR_PENDING;

    private final int deviceNumber;
    private final DeviceStorage storage;
    private final Measurements measurements;
    private final ChannelDevice device;
    private final IoInterruptions.Source interruptions;
    private final DeviceThread thread;
    private final AtomicReference<Thread> resetting = new AtomicReference<>();
    private final Object lock = new Object();

    // Under the lock.
    private final Pmcw pmcw;
    private final Scsw scsw = new Scsw();
    private long measurementBlock;
    private Orb orb;
    private int sense;
    private boolean wasEnabled;
    private boolean hasAttention;

    /** The device's thread's: the program that is executed or suspended. */
    private ChannelProgram program;

    Subchannel(
            int number,
            int deviceNumber,
            ChannelDevice device,
            DeviceStorage storage,
            Measurements measurements,
            IoInterruptions interruptions,
            Consumer<Throwable> errors) {
        this.deviceNumber = deviceNumber;
        this.device = device;
        this.storage = storage;
        this.measurements = measurements;
        this.interruptions = interruptions.subchannel(SubsystemId.ONE | number);
        pmcw = new Pmcw(deviceNumber);
        thread = new DeviceThread(String.format("device-%04x", deviceNumber), this::work, errors);
        thread.start();
    }

    int deviceNumber() {
        return deviceNumber;
    }

    // Instructions.

    /**
     * STORE SUBCHANNEL.
     *
     * @return the subchannel-information block, {@link #SCHIB_WORDS} words.
     */
    public int[] store() {
        int[] schib = new int[SCHIB_WORDS];
        synchronized (lock) {
            pmcw.copyTo(schib);
            scsw.copyTo(schib, Pmcw.WORDS);
            schib[MODEL_DEPENDENT] = (int) (measurementBlock >>> 32);
            schib[MODEL_DEPENDENT + 1] = (int) measurementBlock;
        }
        return schib;
    }

    /**
     * Whether MODIFY SUBCHANNEL may load a subchannel-information block; else it is an operand exception.
     *
     * @param schib {@link #SCHIB_WORDS} words.
     * @return whether it may.
     */
    public static boolean isValid(int[] schib) {
        return Pmcw.isValid(schib);
    }

    /**
     * MODIFY SUBCHANNEL.
     *
     * @param schib a valid subchannel-information block.
     * @return 0; 1 if status is pending; 2 if a function is in progress.
     */
    public int modify(int[] schib) {
        synchronized (lock) {
            if (scsw.has(Scsw.STATUS_PENDING)) {
                return 1;
            }
            if (scsw.has(Scsw.FUNCTIONS)) {
                return 2;
            }
            boolean wasEnabledBefore = pmcw.isEnabled();
            pmcw.modify(schib);
            measurementBlock = ((long) schib[MODEL_DEPENDENT] << 32) | (schib[MODEL_DEPENDENT + 1] & 0xffff_ffffL);
            wasEnabled |= pmcw.isEnabled() && !wasEnabledBefore;
            return 0;
        }
    }

    /**
     * START SUBCHANNEL.
     *
     * @param request a valid operation-request block.
     * @return 0; 1 if status is pending; 2 if a function is in progress; 3 if it is not enabled.
     */
    public int start(Orb request) {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
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
        }
        thread.wake();
        return 0;
    }

    /**
     * TEST SUBCHANNEL. Takes the status, and the interruption that no CPU has taken.
     *
     * @param irb gets the interruption-response block, {@link #IRB_WORDS} words, for condition codes 0 and 1.
     * @return 0; 1 if no status was pending; 3 if it is not enabled.
     */
    public int test(int[] irb) {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
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
            interruptions.withdraw();
            statusTaken();
            return 0;
        }
    }

    private void statusTaken() {
        boolean isOnlyIntermediate = scsw.isOnly(Scsw.STATUSES, Scsw.INTERMEDIATE | Scsw.STATUS_PENDING);
        scsw.clear(Scsw.STATUSES | Scsw.EXTENDED_CONTROL);
        if (!isOnlyIntermediate) { // else the function goes on
            scsw.clear(Scsw.FUNCTIONS | Scsw.ACTIVITIES);
        }
        if (hasAttention && !scsw.has(Scsw.FUNCTIONS)) {
            hasAttention = false;
            pending(Scsw.ALERT);
        }
    }

    /**
     * CLEAR SUBCHANNEL.
     *
     * @return 0; 3 if it is not enabled.
     */
    public int clear() {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
            }
            interruptions.withdraw();
            scsw.clear(Scsw.FUNCTIONS | Scsw.ACTIVITIES | Scsw.STATUSES | Scsw.EXTENDED_CONTROL);
            scsw.set(Scsw.CLEAR | Scsw.CLEAR_PENDING);
        }
        thread.wake();
        return 0;
    }

    /**
     * HALT SUBCHANNEL.
     *
     * @return 0; 1 if status is pending; 2 if a halt or clear function is in progress; 3 if it is not enabled.
     */
    public int halt() {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
            }
            if (isStatusPendingBeyondIntermediate()) {
                return 1;
            }
            if (scsw.has(Scsw.HALT | Scsw.CLEAR)) {
                return 2;
            }
            if (scsw.has(Scsw.STATUS_PENDING)) {
                interruptions.withdraw();
                scsw.clear(Scsw.STATUSES);
            }
            scsw.clear(Scsw.RESUME_PENDING);
            scsw.set(Scsw.HALT | Scsw.HALT_PENDING);
        }
        thread.wake();
        return 0;
    }

    private boolean isStatusPendingBeyondIntermediate() {
        return scsw.has(Scsw.STATUS_PENDING) && !scsw.isOnly(Scsw.STATUSES, Scsw.INTERMEDIATE | Scsw.STATUS_PENDING);
    }

    /**
     * RESUME SUBCHANNEL.
     *
     * @return 0; 1 if status is pending; 2 if there is nothing that can be resumed; 3 if it is not enabled.
     */
    public int resume() {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
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
        }
        thread.wake();
        return 0;
    }

    /**
     * CANCEL SUBCHANNEL.
     *
     * @return 0 if a start function was taken back before it began; 1 if status is pending; 2 if there is none; 3 if it is not
     *     enabled.
     */
    public int cancel() {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return 3;
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
    }

    /**
     * The device has something to say of its own: alert status, behind the end of what is in progress.
     */
    public void attention() {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return;
            }
            if (scsw.has(Scsw.FUNCTIONS)) {
                hasAttention = true;
            } else if (!scsw.has(Scsw.STATUS_PENDING)) {
                scsw.status(0, 0, 0);
                pending(Scsw.ALERT);
            }
        }
    }

    /** The guest has put something into a queue of the device. */
    boolean notified(long queue) {
        synchronized (lock) {
            if (!pmcw.isEnabled()) {
                return false;
            }
        }
        boolean isThere = device.notified(queue);
        thread.wake();
        return isThere;
    }

    /** The device has work of its own: {@link ChannelDevice#work} is called soon after. Threads: any. */
    public void wake() {
        thread.wake();
    }

    /**
     * Whether the machine is being reset or closed: what takes long ends early.
     *
     * @return whether nobody waits for its end.
     */
    public boolean isStopping() {
        return thread.isClosed() || resetting.get() != null;
    }

    /** Under the lock: status becomes pending, and an interruption for it. */
    private void pending(int statuses) {
        scsw.set(statuses | Scsw.STATUS_PENDING);
        interruptions.inject(pmcw.parameter(), pmcw.subclassBits());
    }

    // The device's thread.

    private void work() {
        Thread waiting = resetting.getAndSet(null);
        if (waiting != null) {
            program = null;
            device.reset();
            LockSupport.unpark(waiting);
            return;
        }
        while (isRunnable()) {
            program.run();
        }
        device.work();
    }

    /** Takes the next function; those that need no program are carried out here. */
    private boolean isRunnable() {
        synchronized (lock) {
            if (scsw.has(Scsw.CLEAR_PENDING)) {
                program = null;
                scsw.reset(Scsw.CLEAR);
                pending(0);
            } else if (scsw.has(Scsw.HALT_PENDING)) {
                program = null;
                scsw.clear(Scsw.ACTIVITIES);
                pending(scsw.has(Scsw.START) ? Scsw.PRIMARY : 0);
            } else if (scsw.has(Scsw.START_PENDING)) {
                return begun();
            } else if (scsw.has(Scsw.RESUME_PENDING) && scsw.has(Scsw.SUSPENDED) && program != null) {
                scsw.clear(Scsw.RESUME_PENDING | Scsw.SUSPENDED);
                scsw.set(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
                return true;
            }
            return false;
        }
    }

    private boolean begun() {
        if ((orb.pathMask() & Pmcw.PATH) == 0) {
            scsw.clear(Scsw.ACTIVITIES);
            scsw.set(Scsw.DEFERRED_3);
            pending(0);
            return false;
        }
        if (wasEnabled) {
            wasEnabled = false;
            device.enabled();
        }
        scsw.clear(Scsw.START_PENDING);
        scsw.set(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
        pmcw.pathUsed();
        int limitMode = orb.has(Orb.ADDRESS_LIMIT_CHECK) ? pmcw.limitMode() : 0;
        program = new ChannelProgram(this, device, storage, orb, limitMode, measurements.addressLimit());
        return true;
    }

    /** Whether the program must not go on: it was halted or cleared, or the machine is being reset or closed. */
    boolean isCalledOff() {
        if (isStopping()) {
            return true;
        }
        synchronized (lock) {
            return scsw.has(PENDING_FUNCTIONS);
        }
    }

    /** The program meets a CCW to be suspended at. Answers false if it goes on, since it was resumed already. */
    boolean suspended(int ccwAddress) {
        synchronized (lock) {
            if (scsw.has(Scsw.RESUME_PENDING)) {
                scsw.clear(Scsw.RESUME_PENDING);
                return false;
            }
            if (scsw.has(PENDING_FUNCTIONS)) {
                return true;
            }
            scsw.clear(Scsw.SUBCHANNEL_ACTIVE | Scsw.DEVICE_ACTIVE);
            scsw.set(Scsw.SUSPENDED);
            scsw.ccwAddress(ccwAddress);
            scsw.status(0, scsw.subchannelStatus(), 0);
            if (!orb.has(Orb.SUPPRESS_SUSPENDED)) {
                pending(Scsw.INTERMEDIATE);
            }
            return true;
        }
    }

    /** A CCW asks for an interruption when it is begun. */
    void programControlled(int ccwAddress) {
        synchronized (lock) {
            if (!scsw.has(PENDING_FUNCTIONS)) {
                scsw.ccwAddress(ccwAddress);
                scsw.status(0, Scsw.PROGRAM_CONTROLLED, 0);
                pending(Scsw.INTERMEDIATE);
            }
        }
    }

    /** The program has ended, unless a halt or clear function was faster. */
    void ended(int ccwAddress, int deviceStatus, int subchannelStatus, int count) {
        synchronized (lock) {
            if (scsw.has(PENDING_FUNCTIONS)) {
                return;
            }
            program = null;
            measurements.completed(pmcw, measurementBlock, storage);
            boolean isProgramControlledPending = scsw.has(Scsw.INTERMEDIATE);
            scsw.clear(Scsw.ACTIVITIES);
            scsw.ccwAddress(ccwAddress);
            scsw.status(
                    deviceStatus, subchannelStatus | (isProgramControlledPending ? Scsw.PROGRAM_CONTROLLED : 0), count);
            boolean isUnitCheck = (deviceStatus & Scsw.UNIT_CHECK) != 0;
            if (isUnitCheck && pmcw.isConcurrentSense()) {
                scsw.set(Scsw.EXTENDED_CONTROL);
            }
            boolean isAlert = isUnitCheck || subchannelStatus != 0;
            pending(Scsw.PRIMARY | Scsw.SECONDARY | (isAlert ? Scsw.ALERT : 0));
        }
    }

    void sense(int senseByte) {
        synchronized (lock) {
            sense = senseByte;
        }
    }

    int takeSense() {
        synchronized (lock) {
            int taken = sense;
            sense = 0;
            return taken;
        }
    }

    // The machine.

    /**
     * Subsystem reset: no status, no function, not enabled, the device as after power-on. Waits until the device's thread has
     * carried it out, behind the command or the request that it is busy with.
     *
     * <p>Threads: one at a time, while no CPU executes I/O instructions.
     */
    void reset() {
        resetting.set(Thread.currentThread());
        thread.wake();
        while (resetting.get() != null && !thread.isClosed()) {
            LockSupport.parkNanos(this, 1_000_000);
        }
        synchronized (lock) {
            interruptions.withdraw();
            pmcw.reset();
            scsw.reset(0);
            measurementBlock = 0;
            sense = 0;
            wasEnabled = false;
            hasAttention = false;
        }
    }

    /** Ends the device's thread. */
    @Override
    public void close() {
        thread.close();
    }
}
