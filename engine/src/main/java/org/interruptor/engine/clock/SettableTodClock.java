package org.interruptor.engine.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is set: for tests and for replaying scenarios. Setting it wakes no vCPU.
 *
 * <p>Threads: any.
 */
public final class SettableTodClock implements TodClock {
    private final AtomicLong tod;

    /**
     * A clock that shows a value.
     *
     * @param tod TOD value, 64 bits, unsigned.
     */
    public SettableTodClock(long tod) {
        this.tod = new AtomicLong(tod);
    }

    @Override
    public long tod() {
        return tod.get();
    }

    /**
     * Sets the clock.
     *
     * @param value TOD value, 64 bits, unsigned.
     */
    public void set(long value) {
        tod.set(value);
    }

    /**
     * Moves the clock on.
     *
     * @param units TOD units, modulo 2^64.
     */
    public void advance(long units) {
        tod.addAndGet(units);
    }
}
