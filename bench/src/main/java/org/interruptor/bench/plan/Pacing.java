package org.interruptor.bench.plan;

import java.util.Locale;

/**
 * When the injectors inject.
 *
 * @param mode what decides it.
 * @param ratePerSecond injections a second of all injectors together, of an open loop; else 0.
 * @param arrivals how an open loop spaces them.
 * @param outstanding accepted and not yet delivered at most, of a closed loop; else 0.
 */
public record Pacing(Mode mode, double ratePerSecond, Arrivals arrivals, int outstanding) {
    /** What decides when the next injection is made. */
    public enum Mode {
        /** Each as soon as the last was accepted: for throughput. */
        FLAT_OUT,
        /** A schedule, whatever becomes of the injections: latency counts from the scheduled time. */
        OPEN_LOOP,
        /** Room among the outstanding ones: latency counts from the time when there was room. */
        CLOSED_LOOP
    }

    /** The spacing of an open loop. */
    public enum Arrivals {
        /** All gaps alike. */
        CONSTANT,
        /** Exponentially distributed gaps: bursts and lulls, as of many independent devices. */
        POISSON;

        /** Reads one of the names, in lower case. */
        public static Arrivals parse(String text) {
            for (Arrivals arrivals : values()) {
                if (arrivals.toString().equals(text.strip())) {
                    return arrivals;
                }
            }
            throw new IllegalArgumentException("arrivals '" + text + "': expected constant or poisson");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double MAX_RATE = 1e8;
    private static final int MAX_OUTSTANDING = 1 << 15;

    /** Checks what is given. */
    public Pacing {
        if (mode == Mode.OPEN_LOOP && !(ratePerSecond >= 1 && ratePerSecond <= MAX_RATE)) {
            throw new IllegalArgumentException(
                    "rate=" + ratePerSecond + ": expected 1 to 100,000,000 injections a second");
        }
        if (mode == Mode.CLOSED_LOOP) {
            Parse.inRange("outstanding", outstanding, 1, MAX_OUTSTANDING);
        }
    }

    /** As fast as they are accepted. */
    public static Pacing flatOut() {
        return new Pacing(Mode.FLAT_OUT, 0, Arrivals.CONSTANT, 0);
    }

    /** By a schedule. */
    public static Pacing openLoop(double ratePerSecond, Arrivals arrivals) {
        return new Pacing(Mode.OPEN_LOOP, ratePerSecond, arrivals, 0);
    }

    /** With a bounded number outstanding. */
    public static Pacing closedLoop(int outstanding) {
        return new Pacing(Mode.CLOSED_LOOP, 0, Arrivals.CONSTANT, outstanding);
    }

    /** One line for reports. */
    public String describe() {
        return switch (mode) {
            case FLAT_OUT -> "as fast as accepted";
            case OPEN_LOOP -> String.format(Locale.ROOT, "open loop, %,.0f a second, %s gaps", ratePerSecond, arrivals);
            case CLOSED_LOOP -> "closed loop, " + outstanding + " outstanding";
        };
    }
}
