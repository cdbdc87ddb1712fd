package org.interruptor.engine.wake;

import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.Registers;

/**
 * The clock comparator of a vCPU: a level, there for as long as the comparator is strictly behind the guest's clock.
 *
 * <p>Threads: the vCPU's own. The clock is read only where the gate is open.
 */
public final class ClockComparator {
    /** No time to wait: the gate is closed. */
    public static final long CLOSED = -1;

    private static final int GATE = Gate.CLOCK_COMPARATOR.bit();

    private final Registers registers;
    private final TodClock clock;

    public ClockComparator(Registers registers, TodClock clock) {
        this.registers = registers;
        this.clock = clock;
    }

    public boolean isOpen() {
        return (registers.openGates() & GATE) != 0;
    }

    /** Whether it is due and may be taken. */
    public boolean isPending() {
        return isOpen() && isDue(guestTime());
    }

    public long guestTime() {
        return clock.tod() + registers.epoch();
    }

    public boolean isDue(long guestTime) {
        return Long.compareUnsigned(registers.clockComparator(), guestTime) < 0;
    }

    /** Nanoseconds until it is due, whether its gate is open or not: 0 if it is, {@link Long#MAX_VALUE} if it never will be. */
    public long nanosToDue(long tod) {
        if (registers.clockComparator() == -1) {
            return Long.MAX_VALUE;
        }
        long guestTime = tod + registers.epoch();
        return isDue(guestTime) ? 0 : nanosUntil(guestTime);
    }

    /**
     * Nanoseconds from a guest time at which it is not due until the comparator: {@code difference * 125 >> 9}, exactly, cut
     * off. A TOD unit is 2^-12 microseconds, 125/512 of a nanosecond; the product alone would need 71 bits.
     */
    public long nanosUntil(long guestTime) {
        long units = registers.clockComparator() - guestTime;
        return (units >>> 9) * 125 + (((units & 511) * 125) >>> 9);
    }
}
