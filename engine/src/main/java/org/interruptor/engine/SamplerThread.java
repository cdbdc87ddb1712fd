package org.interruptor.engine;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.observe.CountersFile;

/**
 * Takes a sample of a machine ten times a second, for as long as the machine has a counters file and is open. A machine that
 * is forgotten without being closed can become garbage: then its file is marked closed.
 */
final class SamplerThread implements Runnable {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final WeakReference<Sampler> sampler;
    private final CountersFile file;

    private SamplerThread(Sampler sampler, CountersFile file) {
        this.sampler = new WeakReference<>(sampler);
        this.file = file;
    }

    /** Starts a daemon thread. */
    static void start(Machine machine, Sampler sampler, CountersFile file) {
        Thread thread = new Thread(new SamplerThread(sampler, file), "interruptor-counters-" + machine.number());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (sample()) {
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** Whether to go on. A method of its own: no local variable keeps the machine alive. */
    private boolean sample() {
        Sampler alive = sampler.get();
        if (alive == null) {
            file.markClosed();
            return false;
        }
        return alive.sampleUntilEnd();
    }
}
