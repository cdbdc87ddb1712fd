package org.interruptor.engine.gate;

import java.util.Locale;

/** The counters of a vCPU ({@code interruptions.md}, section 7); 64 bits each. Threads: any may read, at any time. */
public enum Counter {
    /** Waits begun, whether they slept or not. */
    EXIT_WAIT_STATE,
    /** Emergency signals delivered. */
    DELIVER_EMERGENCY_SIGNAL,
    /** Service signals delivered. */
    DELIVER_SERVICE_SIGNAL,
    /** Virtio interruptions delivered. */
    DELIVER_VIRTIO_INTERRUPT,
    /** Stops delivered. */
    DELIVER_STOP_SIGNAL,
    /** Set-prefix orders delivered. */
    DELIVER_PREFIX_SIGNAL,
    /** Restarts delivered. */
    DELIVER_RESTART_SIGNAL,
    /** Program interruptions delivered. */
    DELIVER_PROGRAM_INT,
    /** Clock-comparator interruptions delivered. */
    DELIVER_CLOCK_COMPARATOR,
    /** Local interruptions discarded by a CPU reset. */
    DISCARDED_BY_RESET,
    /** Waits that another thread ended. */
    WAKEUPS,
    /** Wake-ups after which nothing was left to take; the vCPU slept on. */
    WAKEUPS_FOR_NOTHING,
    /** Local injections refused as invalid, full, busy or closed. Written by injectors. */
    REFUSED,
    /** Local interruptions that were taken and whose stores threw, since mapped storage failed. */
    DISCARDED_BY_FAULT,
    /** Floating interruptions that were taken and whose stores threw, since mapped storage failed. */
    FLOATING_DISCARDED_BY_FAULT,
    /** Malfunction alerts delivered. */
    DELIVER_MALFUNCTION_ALERT,
    /** External calls delivered. */
    DELIVER_EXTERNAL_CALL,
    /** TOD-clock sync checks delivered. */
    DELIVER_TOD_CLOCK_SYNC_CHECK,
    /** CPU-timer interruptions delivered. */
    DELIVER_CPU_TIMER,
    /** Warning-track interruptions delivered. */
    DELIVER_WARNING_TRACK,
    /** Interrupt-key interruptions delivered. */
    DELIVER_INTERRUPT_KEY,
    /** Timing alerts delivered. */
    DELIVER_TIMING_ALERT,
    /** Measurement alerts delivered. */
    DELIVER_MEASUREMENT_ALERT,
    /** I/O interruptions of subchannels delivered. */
    DELIVER_IO,
    /** Adapter interruptions delivered. */
    DELIVER_ADAPTER,
    /** Supervisor-call interruptions. */
    DELIVER_SUPERVISOR_CALL,
    /** Service events delivered. */
    DELIVER_SERVICE_EVENT,
    /** Page-fault initial interruptions delivered. */
    DELIVER_PAGE_FAULT_INITIAL,
    /** Page-fault completion interruptions delivered. */
    DELIVER_PAGE_FAULT_COMPLETION,
    /** Machine checks of this vCPU delivered; one that is delivered in parts counts for each. */
    DELIVER_MACHINE_CHECK,
    /** Channel reports delivered, alone or in a machine check of this vCPU. */
    DELIVER_CHANNEL_REPORT,
    /** Local injections that became part of what was pending. Written by injectors. */
    COALESCED,
    /** Stops, restarts and set-prefix orders in progress that a reset has cancelled. Written by who resets. */
    CANCELLED_BY_RESET;

    private static final Counter[] COUNTERS = values();

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name in reports and in scenario output.
     *
     * @return the name, lower case.
     */
    public String label() {
        return label;
    }

    /**
     * How many there are.
     *
     * @return the number of constants.
     */
    public static int count() {
        return COUNTERS.length;
    }

    /**
     * The counter of an ordinal, without the copy that {@link #values()} makes.
     *
     * @param ordinal 0 to {@link #count} less 1.
     * @return the counter.
     */
    public static Counter ofOrdinal(int ordinal) {
        return COUNTERS[ordinal];
    }
}
