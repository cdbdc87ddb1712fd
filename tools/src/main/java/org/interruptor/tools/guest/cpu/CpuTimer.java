package org.interruptor.tools.guest.cpu;

import org.interruptor.engine.clock.TodClock;

/**
 * The CPU timer: counts down in units of the TOD clock. It can be set and stored; it does not interrupt, since the engine has
 * no such interruption.
 *
 * <p>Threads: the CPU's own.
 */
public final class CpuTimer {
    private long setAtNanos = System.nanoTime();
    private long setTo;

    /**
     * The timer's value.
     *
     * @return TOD units, with sign.
     */
    public long value() {
        return TodClock.fromNanos(setAtNanos - System.nanoTime()) + setTo;
    }

    /**
     * Sets the timer.
     *
     * @param units TOD units, with sign.
     */
    public void set(long units) {
        setAtNanos = System.nanoTime();
        setTo = units;
    }
}
