package org.interruptor.bench.baseline;

/** Something that waits for a time. Threads: one. */
public interface TimerUnderTest {
    /**
     * Waits until a time has come.
     *
     * @param nanos from now.
     * @return how late it was when it could go on, in nanoseconds; less than 0 if it was early.
     */
    long sleep(long nanos);

    /** A thread that parks until the time has come. */
    static TimerUnderTest parkNanos() {
        return nanos -> {
            long due = System.nanoTime() + nanos;
            long left = nanos;
            while (left > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(left);
                left = due - System.nanoTime();
            }
            return -left;
        };
    }
}
