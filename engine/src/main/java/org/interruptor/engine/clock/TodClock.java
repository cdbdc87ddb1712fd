package org.interruptor.engine.clock;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time-of-day clock of a machine: raw TOD values, 64 bits, unsigned, in units of 2^-12 microseconds, modulo 2^64.
 *
 * <p>Threads: any. Source: Principles of Operation, chapter "Timing".
 */
@FunctionalInterface
public interface TodClock {
    /** The TOD value of 1970-01-01T00:00Z: 2,208,988,800 seconds after 1900. */
    long UNIX_EPOCH = 2_208_988_800_000_000L << 12;

    /**
     * Reads the clock. vCPU threads call it if the gate of a timer is open. It should not block or allocate.
     *
     * @return the TOD value.
     */
    long tod();

    /**
     * The host's clock: the wall clock as of this call, from then on the host's monotonic clock.
     *
     * @return a clock that never goes backwards.
     */
    static TodClock system() {
        return new SystemTodClock();
    }

    /**
     * A clock that reads a time provider of chronicle-core.
     *
     * @param provider returns nanoseconds since 1970-01-01T00:00Z.
     * @return the clock.
     */
    static TodClock of(TimeProvider provider) {
        return () -> UNIX_EPOCH + fromNanos(provider.currentTimeNanos());
    }

    /**
     * TOD units in a span of nanoseconds: {@code nanos * 512 / 125}, truncated, without intermediate overflow.
     *
     * @param nanos the span, may be negative.
     * @return TOD units, modulo 2^64.
     */
    static long fromNanos(long nanos) {
        return Math.floorDiv(nanos, 125L) * 512 + Math.floorMod(nanos, 125L) * 512 / 125;
    }
}
