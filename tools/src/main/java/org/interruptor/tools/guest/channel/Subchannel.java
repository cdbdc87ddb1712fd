package org.interruptor.tools.guest.channel;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A subchannel with its device: what the I/O instructions ask for.
 *
 * <pre>
 *   a CPU                                         the device's thread
 *     SSCH  start pending  ----- wake ------------>  takes the function; ChannelProgram.run
 *     HSCH, CSCH, RSCH     ----- wake ------------>  between two commands
 *     TSCH  &lt;---- status pending, interruption ----  ended
 * </pre>
 *
 * <p>A channel program is executed on the device's thread, never on a CPU's. Its end is an I/O interruption.
 *
 * <p>Threads: any. No method waits, but those that say so. Condition codes are the answers. Source: Principles of Operation,
 * chapter I/O Instructions.
 */
public final class Subchannel implements AutoCloseable {
    /** Words of a subchannel-information block. */
    public static final int SCHIB_WORDS = 13;

    /** Words of an interruption-response block. */
    public static final int IRB_WORDS = 24;

    private final int deviceNumber;
    private final ChannelDevice device;
    private final SubchannelState state;
    private final SubchannelWorker worker;

    Subchannel(
            int deviceNumber,
            ChannelDevice device,
            DeviceStorage storage,
            Measurements measurements,
            StatusInterruption.Source interruptions,
            Consumer<Throwable> errors) {
        this.deviceNumber = deviceNumber;
        this.device = device;
        state = new SubchannelState(deviceNumber, interruptions);
        String name = String.format(Locale.ROOT, "device-%04x", deviceNumber);
        worker = new SubchannelWorker(name, state, device, storage, measurements, errors);
        worker.start();
    }

    /** The device's thread offers an interruption again that the engine had no place for. */
    private void wakeIfOwed() {
        if (state.isInterruptionOwed()) {
            worker.wake();
        }
    }

    int deviceNumber() {
        return deviceNumber;
    }

    /**
     * STORE SUBCHANNEL.
     *
     * @return the subchannel-information block, {@link #SCHIB_WORDS} words.
     */
    public int[] store() {
        int[] schib = new int[SCHIB_WORDS];
        state.store(schib);
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
        return state.modify(schib);
    }

    /**
     * START SUBCHANNEL.
     *
     * @param request a valid operation-request block.
     * @return 0; 1 if status is pending; 2 if a function is in progress; 3 if it is not enabled.
     */
    public int start(Orb request) {
        return waking(state.start(request));
    }

    private int waking(int code) {
        if (code == 0) {
            worker.wake();
        }
        return code;
    }

    /**
     * TEST SUBCHANNEL. Takes the status, and the interruption that no CPU has taken.
     *
     * @param irb gets the interruption-response block, {@link #IRB_WORDS} words, for condition codes 0 and 1; zeros before.
     * @return 0; 1 if no status was pending; 3 if it is not enabled.
     */
    public int test(int[] irb) {
        int code = state.test(irb);
        wakeIfOwed();
        return code;
    }

    /**
     * CLEAR SUBCHANNEL.
     *
     * @return 0; 3 if it is not enabled.
     */
    public int clear() {
        return waking(state.clear());
    }

    /**
     * HALT SUBCHANNEL.
     *
     * @return 0; 1 if status is pending; 2 if a halt or clear function is in progress; 3 if it is not enabled.
     */
    public int halt() {
        return waking(state.halt());
    }

    /**
     * RESUME SUBCHANNEL.
     *
     * @return 0; 1 if status is pending; 2 if there is nothing that can be resumed; 3 if it is not enabled.
     */
    public int resume() {
        return waking(state.resume());
    }

    /**
     * CANCEL SUBCHANNEL.
     *
     * @return 0 if a start function was taken back before it began; 1 if status is pending; 2 if there is none; 3 if it is not
     *     enabled.
     */
    public int cancel() {
        return state.cancel();
    }

    // For the device.

    /** The device has something to say of its own: alert status, behind the end of what is in progress. */
    public void attention() {
        state.attention();
        wakeIfOwed();
    }

    /** The device has work of its own: {@link ChannelDevice#work} is called soon after. */
    public void wake() {
        worker.wake();
    }

    /**
     * Whether the machine is being reset or closed: what takes long ends early.
     *
     * @return whether nobody waits for its end.
     */
    public boolean isStopping() {
        return worker.isStopping();
    }

    // For the subsystem.

    /** The guest has put something into a queue of the device. Takes no lock. */
    boolean notified(long queue) {
        if (!state.isEnabled() || !device.notified(queue)) {
            return false;
        }
        worker.wake();
        return true;
    }

    /**
     * Subsystem reset: no status, no function, not enabled, the device as after power-on. Waits until the device's thread has
     * carried it out, behind the command or the request that it is busy with.
     *
     * <p>Threads: one at a time, while no CPU executes I/O instructions.
     */
    void reset() {
        worker.reset();
        state.reset();
    }

    /** Ends the device's thread, waits for that, and closes the device. */
    @Override
    public void close() {
        worker.close();
    }
}
