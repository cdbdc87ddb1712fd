package org.interruptor.bench.trial;

/** A measurement that must not be reported: something was lost or came twice, or the load was not what was asked for. */
public final class MeasurementRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The reason to refuse a round in which no injector got a core. */
    public static final String NO_CORE = "nothing was injected in a whole round: the injectors had no core";

    /**
     * Refuses a measurement.
     *
     * @param reason one sentence with the numbers.
     */
    public MeasurementRefused(String reason) {
        super(reason);
    }

    /**
     * Refuses a measurement because of what a thread of it threw.
     *
     * @param reason one sentence.
     * @param cause what was thrown.
     */
    public MeasurementRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
