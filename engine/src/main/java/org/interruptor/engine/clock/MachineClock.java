package org.interruptor.engine.clock;

/**
 * The clock of a machine: the embedder's, and an epoch that {@code Machine.setClock} moves.
 *
 * <p>Threads: any.
 */
public final class MachineClock implements TodClock {
    private final TodClock clock;
    private volatile long epoch;

    /**
     * A clock whose epoch is 0.
     *
     * @param clock what it reads.
     */
    public MachineClock(TodClock clock) {
        this.clock = clock;
    }

    @Override
    public long tod() {
        return clock.tod() + epoch;
    }

    /**
     * The embedder's clock, which no guest can set: CPU timers run by it.
     *
     * @return TOD format, 64 bits.
     */
    public long steady() {
        return clock.tod();
    }

    /**
     * Moves the epoch so that the clock reads a value now.
     *
     * @param tod TOD format, 64 bits.
     */
    public void set(long tod) {
        epoch = tod - clock.tod();
    }

    /**
     * What the machine was built with.
     *
     * @return the embedder's clock.
     */
    public TodClock embedders() {
        return clock;
    }

    /**
     * The epoch, for saving.
     *
     * @return TOD format, 64 bits.
     */
    public long epoch() {
        return epoch;
    }

    /**
     * Restores the epoch.
     *
     * @param value TOD format, 64 bits.
     */
    public void epoch(long value) {
        epoch = value;
    }
}
