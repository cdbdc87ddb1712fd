package org.interruptor.tools.guest.measure;

import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.tools.guest.device.TestDevice;

/**
 * Sends completions, each with the time of its injection: first the warm-up, then those that are measured, then one that says
 * how many there were.
 *
 * <p>Threads: {@link #run} its own; the counts when that has ended; {@link #abandon} any.
 */
final class CompletionStream implements Runnable {
    /** The 32-bit parameter of the last completion; that of the others is 0. */
    private static final int LAST = 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A thread that parks comes back so much too late at most, as a rule. */
    private static final long PARKING_ERROR_NANOS = 200_000;

    /** So often a full device is tried again before the core is left to those who empty it. */
    private static final int ATTEMPTS = 100;

    private final TestDevice device;
    private final TodClock clock;
    private final long rate;
    private final long startNanos;
    private final long start;
    private final long end;

    private long warmUp;
    private long measured;
    private volatile boolean abandoned;

    /**
     * A stream that begins when it is run.
     *
     * @param rate completions a second at most; 0 for as fast as the guest takes them.
     * @param warmUpNanos how long first.
     * @param nanos how long then.
     */
    CompletionStream(TestDevice device, TodClock clock, long rate, long warmUpNanos, long nanos) {
        this.device = device;
        this.clock = clock;
        this.rate = rate;
        startNanos = System.nanoTime();
        start = clock.tod() + TodClock.fromNanos(warmUpNanos);
        end = start + TodClock.fromNanos(nanos);
    }

    /** The guest's clock from which on it is measured. */
    long start() {
        return start;
    }

    @Override
    public void run() {
        long now = start;
        for (long number = 0; !abandoned && now - end < 0; number++) {
            awaitTurn(number);
            now = send();
            if (now - start < 0) {
                warmUp++;
            } else {
                measured++;
            }
        }
        while (!abandoned && !device.complete(LAST, sent())) {
            Thread.onSpinWait();
        }
    }

    /** Completions are due at equal distances from the beginning; who is late catches up. */
    private void awaitTurn(long number) {
        if (rate == 0) {
            return;
        }
        long due = startNanos + (long) ((double) number * NANOS_PER_SECOND / rate);
        for (long left = due - System.nanoTime(); left > 0 && !abandoned; left = due - System.nanoTime()) {
            if (left > PARKING_ERROR_NANOS) {
                LockSupport.parkNanos(left - PARKING_ERROR_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** The time of the injection, which is tried until there is room. */
    @SuppressWarnings("ThreadPriorityCheck") // fairness is what is wanted here
    private long send() {
        for (int attempt = 0; ; attempt++) {
            long now = clock.tod();
            if (device.complete(0, now) || abandoned) {
                return now;
            }
            if (attempt < ATTEMPTS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Ends it early: the guest does not take what it sends. */
    void abandon() {
        abandoned = true;
    }

    long warmUp() {
        return warmUp;
    }

    long measured() {
        return measured;
    }

    /** All but the last. */
    long sent() {
        return warmUp + measured;
    }
}
