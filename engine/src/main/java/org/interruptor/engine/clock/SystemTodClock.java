package org.interruptor.engine.clock;

import java.time.Instant;

/** The host's monotonic clock, set once by its wall clock. */
final class SystemTodClock implements TodClock {
    private final long startNanos;
    private final long startTod;

    SystemTodClock() {
        Instant now = Instant.now();
        startNanos = System.nanoTime();
        startTod = UNIX_EPOCH + ((now.getEpochSecond() * 1_000_000) << 12) + TodClock.fromNanos(now.getNano());
    }

    @Override
    public long tod() {
        return startTod + TodClock.fromNanos(System.nanoTime() - startNanos);
    }
}
