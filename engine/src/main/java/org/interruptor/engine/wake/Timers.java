package org.interruptor.engine.wake;

import org.interruptor.engine.clock.MachineClock;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.Registers;

/**
 * The two timers of a vCPU: the clock comparator, a level that is there for as long as the comparator is behind the guest's clock,
 * and under architecture rules the CPU timer, a level that is there for as long as the timer is negative. No thread counts: both
 * are computed when they are read.
 *
 * <p>The CPU timer runs while the CPU operates, by the machine's clock without any epoch: {@code value - (now - since)}.
 *
 * <p>Threads: the vCPU's own. The clock is read only where a gate is open.
 */
public final class Timers {
    /** No time to wait: the gates are closed. */
    public static final long CLOSED = -1;

    private static final int COMPARATOR = Gate.CLOCK_COMPARATOR.bit();
    private static final int CPU_TIMER = Gate.CPU_TIMER.bit();

    /** Sign control, in control register 0: the comparison of the clock comparator is signed. */
    private static final long SIGN_CONTROL = 0x0020_0000_0000_0000L;

    private final Registers registers;
    private final MachineClock clock;
    private final boolean isArchitecture;
    private final int gates;

    /** The CPU timer as of {@link #since}. */
    private long timer;

    private long since;
    private boolean isRunning;

    /** Both timers, the second under architecture rules only. */
    public Timers(Registers registers, MachineClock clock, boolean isArchitecture) {
        this.registers = registers;
        this.clock = clock;
        this.isArchitecture = isArchitecture;
        gates = isArchitecture ? COMPARATOR | CPU_TIMER : COMPARATOR;
    }

    /** Of some gates, those of timers. */
    public int gatesOf(int openGates) {
        return openGates & gates;
    }

    /** The guest's clock: with both epochs. */
    public long guestTime() {
        return clock.tod() + registers.epoch();
    }

    /** Whether the comparator is behind a guest time. */
    public boolean isComparatorDue(long guestTime) {
        return compare(registers.clockComparator(), guestTime) < 0;
    }

    private int compare(long comparator, long guestTime) {
        return isArchitecture && (registers.control(0) & SIGN_CONTROL) != 0
                ? Long.compare(comparator, guestTime)
                : Long.compareUnsigned(comparator, guestTime);
    }

    /** Whether a timer with one of these gates is due, by a reading of the clock. */
    public boolean isDue(int timerGates) {
        return ((timerGates & COMPARATOR) != 0 && isComparatorDue(guestTime()))
                || ((timerGates & CPU_TIMER) != 0 && cpuTimer() < 0);
    }

    /**
     * Nanoseconds until the first timer with one of these gates is due, by a reading of the clock.
     *
     * @return cut off; 0 if one is due, {@link Long#MAX_VALUE} if there is no gate.
     */
    public long nanosToDue(int timerGates) {
        long nanos = Long.MAX_VALUE;
        if ((timerGates & COMPARATOR) != 0) {
            long now = guestTime();
            nanos = isComparatorDue(now) ? 0 : toNanos(registers.clockComparator() - now);
        }
        if ((timerGates & CPU_TIMER) != 0) {
            long left = cpuTimer();
            nanos = left < 0 ? 0 : Math.min(nanos, toNanos(left));
        }
        return nanos;
    }

    /** As {@link #nanosToDue} for the comparator alone, whether its gate is open or not; never where it is all ones, for reports. */
    public long nanosToComparator(long tod) {
        if (registers.clockComparator() == -1) {
            return Long.MAX_VALUE;
        }
        long now = tod + registers.epoch();
        return isComparatorDue(now) ? 0 : toNanos(registers.clockComparator() - now);
    }

    /**
     * {@code units * 125 >> 9}, exactly, cut off. A TOD unit is 2^-12 microseconds, 125/512 of a nanosecond; the product alone
     * would need 71 bits.
     */
    private static long toNanos(long units) {
        return (units >>> 9) * 125 + (((units & 511) * 125) >>> 9);
    }

    // The CPU timer.

    /** Its value, TOD units, signed. */
    public long cpuTimer() {
        return isRunning ? timer - (clock.steady() - since) : timer;
    }

    /** Sets it. */
    public void cpuTimer(long value) {
        timer = value;
        since = isRunning ? clock.steady() : 0;
    }

    /** Whether the CPU timer runs. */
    public boolean isRunning() {
        return isRunning;
    }

    /** Sets the CPU timer, running from now on or standing still. */
    public void restore(long value, boolean runs) {
        isRunning = runs;
        cpuTimer(value);
    }

    /** The CPU operates, or it is stopped: the timer runs or stands still. */
    public void run(boolean isOperating) {
        if (isOperating != isRunning) {
            timer = cpuTimer();
            since = isOperating ? clock.steady() : 0;
            isRunning = isOperating;
        }
    }
}
