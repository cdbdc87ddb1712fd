package org.interruptor.bench.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The interruptions that a load can inject, by the names of scenario files. */
public enum Signal {
    /** External interruption 0x1201, for one vCPU; its gate can be closed. */
    EMERGENCY("emergency", false, false),
    /** Restart, for one vCPU, taken always. */
    RESTART("restart", false, false),
    /** Program interruption from outside, for one vCPU, taken always and in front of all others. */
    PROGRAM("program", false, false),
    /** Stop order, for one vCPU; stores nothing. */
    STOP("stop", false, false),
    /** Set-prefix order, for one vCPU; it sets the prefix that the vCPU has. */
    SET_PREFIX("set-prefix", false, false),
    /** External interruption 0x2401 with a 32-bit parameter, for any vCPU. */
    SERVICE("service", true, false),
    /** External interruption 0x2603 with a 32-bit and a 64-bit parameter, for any vCPU. */
    VIRTIO("virtio", true, false),
    /** I/O interruption of a subchannel, for any vCPU: each injector has subchannels of its own, of all eight subclasses. */
    IO("io", true, true),
    /**
     * A notification by indicator and summary bit, for any vCPU: the adapter interruption behind it merges with others, the guest's
     * handler finds what was notified by the indicators. Each injector has routes of its own.
     */
    ADAPTER("adapter", true, true),
    /** External call by SIGNAL PROCESSOR, for one vCPU: one pending, so a second is refused until the first is taken. */
    EXTERNAL_CALL("external-call", false, true);

    private final String label;
    private final boolean floating;
    private final boolean architecture;

    Signal(String label, boolean floating, boolean architecture) {
        this.label = label;
        this.floating = floating;
        this.architecture = architecture;
    }

    /** The name in options, results and scenario files. */
    @JsonValue
    public String label() {
        return label;
    }

    /** Any vCPU may take it; otherwise it is for one. */
    public boolean isFloating() {
        return floating;
    }

    /** Whether it needs architecture rules; the others are measured under original rules. */
    public boolean isArchitecture() {
        return architecture;
    }

    /**
     * The signal of a name.
     *
     * @throws IllegalArgumentException if there is none of that name.
     */
    @JsonCreator
    public static Signal of(String label) {
        for (Signal signal : values()) {
            if (signal.label.equals(label)) {
                return signal;
            }
        }
        throw new IllegalArgumentException("interruption '" + label + "': expected one of "
                + Arrays.stream(values()).map(Signal::label).collect(Collectors.joining(", ")));
    }
}
