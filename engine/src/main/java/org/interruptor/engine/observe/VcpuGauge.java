package org.interruptor.engine.observe;

import java.util.Locale;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;

/**
 * The gauges of a vCPU, for reports and for the counters file; 64 bits each. Unlike a {@link Counter}, a gauge is not counted
 * on a hot path: a {@code Sampler} copies it from the engine's own state, ten times a second.
 */
public enum VcpuGauge {
    /** Local interruptions ever accepted. */
    ACCEPTED,
    /** Local interruptions discarded, by a reset, by a fault or by closing. */
    DISCARDED,
    /** Emergency signals queued. */
    QUEUED_EMERGENCY_SIGNALS,
    /** Program, stop, set-prefix and restart interruptions queued: they have no gate. */
    QUEUED_UNMASKABLE,
    /** The wait: bits 0 and 1 the state (running, spinning, parked, notified), above them the subclass masks that it has open. */
    WAIT,
    /**
     * When the wait began, in milliseconds since 1970. For a parked thread this is the time of the park; otherwise it is the
     * time of the first sample in this wait, so the wait may be older. 0 outside the wait.
     */
    WAITING_SINCE,
    /** Bits of {@link VcpuCondition}. */
    CONDITIONS,
    /** The PSW mask: exact in the wait, otherwise a value that it had recently. */
    PSW_MASK,
    /** Control register 0: exact in the wait, otherwise a value that it had recently. */
    CONTROL_0,
    /** The prefix, 32 bits, unsigned. */
    PREFIX,
    /** Nanoseconds to the clock comparator, whether its gate is open or not: 0 if it is due. */
    CLOCK_COMPARATOR_NANOS,
    /** Gates that the PSW and the control registers have open: a bit for each {@link Gate}. */
    OPEN_GATES,
    /** 1 if the prefix is one at which a delivery can store: its 8 KiB are in storage. */
    LOWCORE_IN_STORAGE,
    /** Control register 6: exact in the wait, otherwise of some moment. */
    CONTROL_6,
    /** Control register 14: exact in the wait, otherwise of some moment. */
    CONTROL_14,
    /** The gates behind which something is pending for this vCPU alone, under architecture rules: bits of {@link Gate}. */
    PENDING_GATES;

    private static final VcpuGauge[] GAUGES = values();

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name in reports and labels.
     *
     * @return the name, lower case.
     */
    public String label() {
        return label;
    }

    static int count() {
        return GAUGES.length;
    }

    static VcpuGauge ofOrdinal(int ordinal) {
        return GAUGES[ordinal];
    }
}
