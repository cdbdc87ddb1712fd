package org.interruptor.tools.guest;

import org.interruptor.engine.clock.TodClock;

/**
 * The TOD clock of a machine, which SET CLOCK sets for all CPUs: the host's, and what the guest has moved it by.
 *
 * <p>Threads: any. Ordering: a CPU that sees another one's store behind SET CLOCK sees the clock set, too (volatile).
 */
final class GuestClock implements TodClock {
    private final TodClock host = TodClock.system();
    private volatile long moved;

    @Override
    public long tod() {
        return host.tod() + moved;
    }

    /**
     * Sets the clock.
     *
     * @param value TOD value, 64 bits, unsigned.
     */
    void set(long value) {
        moved = value - host.tod();
    }
}
