package org.interruptor.tools.guest.channel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The thread of one device. It carries out channel programs and works through queues, one after the other, so that a device needs
 * no lock for its own state.
 *
 * <p>{@link #wake} sets a flag by an atomic exchange, which orders all that the caller has written before it; the thread clears
 * the flag in the same way and then looks at everything. So nothing is slept through: either the thread sees what was written, or
 * the flag is set behind its look and it looks again.
 *
 * <p>Threads: any, for all methods. None of them but {@link #close} waits.
 */
final class DeviceThread implements AutoCloseable {
    private final AtomicBoolean isPosted = new AtomicBoolean();
    private final Thread thread;
    private final Runnable work;
    private final Consumer<Throwable> errors;
    private volatile boolean isClosed;

    /** A thread to be started. A defect that it meets ends it, and {@code errors} is told. */
    DeviceThread(String name, Runnable work, Consumer<Throwable> errors) {
        this.work = work;
        this.errors = errors;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There is work. */
    void wake() {
        if (!isPosted.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    private void run() {
        try {
            while (!isClosed) {
                if (isPosted.getAndSet(false)) {
                    work.run();
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (Throwable defect) {
            isClosed = true;
            errors.accept(defect);
        }
    }

    /** Ends the thread and waits for it: it ends behind the command or the request that it is busy with. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        boolean wasInterrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
