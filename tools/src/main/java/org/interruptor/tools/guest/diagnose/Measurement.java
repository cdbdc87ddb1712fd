package org.interruptor.tools.guest.diagnose;

import org.interruptor.tools.guest.device.TestDevice;

/**
 * Who measures what a guest sees; the guest asks and reports by DIAGNOSE. Times are the guest's TOD clock.
 *
 * <p>Threads: each CPU's own, many at once.
 */
public interface Measurement {
    /**
     * What the CPUs are to do between interruptions.
     *
     * @return true to be in an enabled wait; false to run, enabled.
     */
    boolean guestWaits();

    /**
     * The guest is ready.
     *
     * @param device sends it completions from now on.
     */
    void begin(TestDevice device);

    /**
     * A handler has taken a completion, and is at its end.
     *
     * @param cpu where, 0 to the number of CPUs less 1.
     * @param taken the time of the handler's first instruction.
     * @param injected the time that the completion has brought.
     */
    void sample(int cpu, long taken, long injected);
}
