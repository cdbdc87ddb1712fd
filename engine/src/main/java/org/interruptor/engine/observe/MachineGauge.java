package org.interruptor.engine.observe;

import java.util.Locale;

/** What a machine shows beyond its vCPUs; 64 bits each. All but {@link #REFUSED} are copied by a {@code Sampler}. */
public enum MachineGauge {
    /** Floating injections refused as invalid, full or closed. Counted by injectors, so always up to date. */
    REFUSED,
    /** Floating interruptions ever accepted. */
    ACCEPTED,
    /** Floating interruptions discarded by closing. */
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
    /** Twice the samples taken; odd while one is being written, whose values do not belong together then. */
    SAMPLES;

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
