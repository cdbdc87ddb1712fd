package org.interruptor.engine;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.latency.LatencyLog;

/**
 * Writes the latency log of a machine, once a second and at its end. A machine that is forgotten without being closed can become
 * garbage: then the log ends.
 */
final class LatencyThread implements Runnable {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final WeakReference<Machine> machine;
    private final LatencyLog log;
    private final Thread thread;

    private LatencyThread(Machine machine, LatencyLog log) {
        this.machine = new WeakReference<>(machine);
        this.log = log;
        thread = new Thread(this, "interruptor-latency-" + machine.number());
        thread.setDaemon(true);
    }

    /** With a log that it creates. */
    static LatencyThread create(Machine machine, Path file) {
        return new LatencyThread(machine, LatencyLog.create(file, machine.latencies()));
    }

    void start() {
        thread.start();
    }

    /** The machine is closed: waits until the rest is written. */
    void end() {
        LockSupport.unpark(thread);
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        long next = System.nanoTime() + INTERVAL_NANOS;
        while (isOpen()) {
            LockSupport.parkNanos(next - System.nanoTime());
            if (System.nanoTime() - next >= 0) {
                log.write();
                next += INTERVAL_NANOS;
            }
        }
        log.close();
    }

    /** A method of its own: no local variable keeps the machine alive. */
    private boolean isOpen() {
        Machine alive = machine.get();
        return alive != null && !alive.isClosed();
    }
}
