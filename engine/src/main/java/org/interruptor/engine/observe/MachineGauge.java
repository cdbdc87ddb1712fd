package org.interruptor.engine.observe;

import java.util.Locale;
import org.interruptor.engine.gate.Gate;

/** The gauges of a machine, beside those of its vCPUs; 64 bits each. A {@code Sampler} copies all but {@link #REFUSED}. */
public enum MachineGauge {
    /** Floating injections refused as invalid, full or closed. Counted by injectors, so always up to date. */
    REFUSED,
    /** Floating interruptions ever accepted. */
    ACCEPTED,
    /** Floating interruptions discarded by a reset, by a fault or by closing. */
    DISCARDED,
    /** Floating interruptions queued. */
    QUEUED,
    /** Service signals among the first 4096 that are queued. */
    QUEUED_SERVICE,
    /** Virtio interruptions among the first 4096 that are queued. */
    QUEUED_VIRTIO,
    /** 1 if the machine is closed. */
    CLOSED,
    /** When the last sample was taken, in milliseconds since 1970. */
    SAMPLED_AT,
    /** Twice the number of samples. Odd while a sample is being written: its values are not consistent then. */
    SAMPLES,
    /** Floating injections that became part of a pending interruption. */
    COALESCED,
    /** Adapter interruptions that their suppression mode held back. */
    SUPPRESSED,
    /** I/O interruptions of subchannels that were withdrawn. */
    WITHDRAWN,
    /** The gates behind which a floating interruption is pending: bits of {@link Gate}. */
    PENDING_GATES,
    /** 1 if the machine has architecture rules. */
    ARCHITECTURE;

    private static final MachineGauge[] GAUGES = values();

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

    static MachineGauge ofOrdinal(int ordinal) {
        return GAUGES[ordinal];
    }
}
