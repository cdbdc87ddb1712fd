package org.interruptor.engine.observe;

import java.util.Locale;
import org.interruptor.engine.gate.Counter;

/**
 * What is looked up now and then of each vCPU, for reports and for the counters file; 64 bits each. Unlike a {@link Counter}
 * nobody counts it: a {@code Sampler} copies it from where the engine keeps it, so that it costs the engine nothing.
 */
public enum VcpuGauge {
    /** Local interruptions ever accepted. */
    ACCEPTED,
    /** Local interruptions discarded, by a CPU reset or by closing. */
    DISCARDED,
    /** Emergency signals queued. */
    QUEUED_EMERGENCY_SIGNALS,
    /** Program, stop, set-prefix and restart interruptions queued: what no gate holds back. */
    QUEUED_UNMASKABLE,
    /** The wait: bits 0 and 1 the state (running, spinning, parked, notified), above them the subclass masks that it has open. */
    WAIT,
    /**
     * When the wait began, in milliseconds since 1970: where the thread is parked, that moment; else when a sample first met
     * the wait, so that it may be older. 0 outside the wait.
     */
    WAITING_SINCE,
    /** Bits of {@link VcpuCondition}. */
    CONDITIONS,
    /** The PSW mask: exact in the wait, otherwise of some moment. */
    PSW_MASK,
    /** Control register 0: exact in the wait, otherwise of some moment. */
    CONTROL_0,
    /** The prefix, 32 bits, unsigned. */
    PREFIX,
    /** Nanoseconds to the clock comparator, whether its gate is open or not: 0 if it is due. */
    CLOCK_COMPARATOR_NANOS;

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
