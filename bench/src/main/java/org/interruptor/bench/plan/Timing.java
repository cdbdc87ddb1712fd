package org.interruptor.bench.plan;

/**
 * How long and how often.
 *
 * @param warmupMillis before the first round, for each contender.
 * @param roundMillis of each round.
 * @param rounds of each contender, interleaved with those of the others.
 */
public record Timing(int warmupMillis, int roundMillis, int rounds) {
    private static final int MAX_MILLIS = 3_600_000;
    private static final int MAX_ROUNDS = 1000;

    /** Checks each value. */
    public Timing {
        Parse.inRange("warmup", warmupMillis, 0, MAX_MILLIS);
        Parse.inRange("duration", roundMillis, 1, MAX_MILLIS);
        Parse.inRange("rounds", rounds, 1, MAX_ROUNDS);
    }

    /** Milliseconds that one contender takes, without what sets it up. */
    public long totalMillis() {
        return warmupMillis + (long) roundMillis * rounds;
    }
}
