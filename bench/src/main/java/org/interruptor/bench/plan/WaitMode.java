package org.interruptor.bench.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a vCPU does while nothing is pending. Options and results write it as the name of the kind, in lower case, followed by
 * numbers of looks where the kind has some: {@code spin-then-park:LOOKS}, {@code spin-yield-park:LOOKS:YIELDS},
 * {@code adaptive:MIN:MAX}.
 *
 * @param kind which of these.
 * @param spins looks before it parks, or yields: of spin-then-park and spin-yield-park, and the least of adaptive; else 0.
 * @param more the yields of spin-yield-park, the most looks of adaptive; else 0.
 */
public record WaitMode(Kind kind, int spins, int more) {
    /** The kinds. */
    public enum Kind {
        /** It runs guest code that looks for attention at each step; it is never in the wait. */
        RUN,
        /** It is in the wait and never parks. */
        SPIN,
        /** It is in the wait and parks at once. */
        PARK,
        /** It looks a fixed number of times and then parks. */
        SPIN_THEN_PARK,
        /** It looks a fixed number of times, then leaves the core to others a fixed number of times, and then parks. */
        SPIN_YIELD_PARK,
        /** It looks for as long as was worth while lately, and then parks. */
        ADAPTIVE
    }

    /** Guest code that looks for attention. */
    public static final WaitMode RUN = new WaitMode(Kind.RUN, 0, 0);

    /** Never parks. */
    public static final WaitMode SPIN = new WaitMode(Kind.SPIN, 0, 0);

    /** Parks at once. */
    public static final WaitMode PARK = new WaitMode(Kind.PARK, 0, 0);

    private static final int MAX_SPINS = 1_000_000_000;

    /** Looks a number of times, then parks. */
    public static WaitMode spinThenPark(int spins) {
        return new WaitMode(Kind.SPIN_THEN_PARK, spins, 0);
    }

    /** Looks a number of times, then yields a number of times, then parks. */
    public static WaitMode spinYieldPark(int spins, int yields) {
        return new WaitMode(Kind.SPIN_YIELD_PARK, spins, yields);
    }

    /**
     * Reads a wait mode.
     *
     * @throws IllegalArgumentException if it is none of the forms above.
     */
    @JsonCreator
    public static WaitMode parse(String text) {
        String[] parts = text.strip().split(":", -1);
        String form = parts[0] + "/" + (parts.length - 1);
        return switch (form) {
            case "run/0" -> RUN;
            case "spin/0" -> SPIN;
            case "park/0" -> PARK;
            case "spin-then-park/1" -> spinThenPark(Parse.integer("looks", parts[1], 0, MAX_SPINS));
            case "spin-yield-park/2" ->
                spinYieldPark(
                        Parse.integer("looks", parts[1], 0, MAX_SPINS),
                        Parse.integer("yields", parts[2], 0, MAX_SPINS));
            case "adaptive/2" -> {
                int min = Parse.integer("least looks", parts[1], 1, MAX_SPINS);
                yield new WaitMode(Kind.ADAPTIVE, min, Parse.integer("most looks", parts[2], min, MAX_SPINS));
            }
            default ->
                throw new IllegalArgumentException("wait '" + text
                        + "': expected run, spin, park, spin-then-park:LOOKS, spin-yield-park:LOOKS:YIELDS or"
                        + " adaptive:MIN:MAX, for example spin-then-park:100");
        };
    }

    /** Whether a vCPU enters the wait when nothing is pending. */
    public boolean isWait() {
        return kind != Kind.RUN;
    }

    @JsonValue
    @Override
    public String toString() {
        return switch (kind) {
            case RUN -> "run";
            case SPIN -> "spin";
            case PARK -> "park";
            case SPIN_THEN_PARK -> "spin-then-park:" + spins;
            case SPIN_YIELD_PARK -> "spin-yield-park:" + spins + ":" + more;
            case ADAPTIVE -> "adaptive:" + spins + ":" + more;
        };
    }
}
