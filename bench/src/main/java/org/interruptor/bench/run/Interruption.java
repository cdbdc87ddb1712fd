package org.interruptor.bench.run;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal that ends the JVM, as a request: work that can end early does, and writes what it has. Its exit
 * status is the JVM's then, 130 after Ctrl-C.
 *
 * <p>Work that has not asked to be waited for ends at once, as ever. Work that has, has {@link #PATIENCE_SECONDS}.
 *
 * <p>Threads: any. State is the process's, as signals are.
 */
public final class Interruption {
    /** How long the JVM is kept from ending. */
    public static final int PATIENCE_SECONDS = 60;

    private static final List<Runnable> ACTIONS = new CopyOnWriteArrayList<>();

    private static volatile boolean requested;

    private Interruption() {}

    /** Whether the JVM is to end. */
    public static boolean isRequested() {
        return requested;
    }

    /**
     * Keeps the JVM from ending before the work that {@link #guard} does has ended.
     *
     * @param action makes that work end early; on a thread of its own, once, soon after the request. At once if there was one.
     */
    public static void endBy(Runnable action) {
        ACTIONS.add(action);
        if (requested) {
            action.run();
        }
    }

    /**
     * Does the work of this process.
     *
     * @param work what is to be done; if it has called {@link #endBy}, the JVM waits for its end.
     * @param atRequest is run first where the JVM is to end; on another thread.
     */
    public static <T> T guard(Callable<T> work, Runnable atRequest) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread hook = new Thread(() -> request(end, atRequest), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            end.countDown();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isRunning) {
            return; // the JVM is about to end
        }
    }

    private static void request(CountDownLatch end, Runnable atRequest) {
        requested = true;
        atRequest.run();
        ACTIONS.forEach(Runnable::run);
        try {
            if (!ACTIONS.isEmpty() && !end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("interrupted, and not at an end after " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
