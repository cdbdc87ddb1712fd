package org.interruptor.tools.guest.diagnose;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * The watchdog of DIAGNOSE 0x288: a guest that does not wind it in time is restarted.
 *
 * <pre>
 *   R1     function: 0 begin, 1 wind or change, 2 end          R3     action: 0 restart
 *   R1 + 1 seconds, at least 15                                R3 + 1 length of a command (not used by action 0)
 * </pre>
 *
 * <p>R1 and R3 are even; anything else, and function 1 where the watchdog is not running, is a specification exception. The CPU
 * that began it takes the restart interruption.
 *
 * <p>Threads: any CPU's; a lock, since this is rare. Its own thread begins with its first use.
 */
public final class Watchdog implements AutoCloseable {
    private static final int BEGIN = 0;
    private static final int CHANGE = 1;
    private static final int END = 2;
    private static final long LEAST_SECONDS = 15;
    private static final long ACTION_RESTART = 0;
    private static final long RETRY_MILLIS = 100;

    private final IntPredicate restart;
    private ScheduledThreadPoolExecutor timer;
    private ScheduledFuture<?> running;
    private int cpu;

    /**
     * A watchdog that does not run yet.
     *
     * @param restart restarts a CPU; false if that has to be tried again.
     */
    public Watchdog(IntPredicate restart) {
        this.restart = restart;
    }

    /**
     * DIAGNOSE 0x288.
     *
     * @param caller who asks.
     * @param r1 an even general register.
     * @param r3 an even general register.
     * @throws ProgramException SPECIFICATION as the class says.
     */
    public synchronized void diagnose(Cpu caller, int r1, int r3) {
        Cpu.even(r1);
        Cpu.even(r3);
        int function = caller.gr32(r1);
        boolean isAllowed = switch (function) {
            case BEGIN -> caller.gr(r3) == ACTION_RESTART;
            case CHANGE -> running != null;
            case END -> true;
            default -> false;
        };
        long seconds = caller.gr(r1 + 1);
        if (!isAllowed || (function != END && (seconds < LEAST_SECONDS || seconds > Integer.MAX_VALUE))) {
            throw ProgramException.SPECIFICATION;
        }
        reset();
        if (function == BEGIN) {
            cpu = caller.id();
        }
        if (function != END) {
            schedule(TimeUnit.SECONDS.toMillis(seconds));
        }
    }

    private void schedule(long millis) {
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "watchdog");
                thread.setDaemon(true);
                return thread;
            });
            timer.setRemoveOnCancelPolicy(true);
        }
        running = timer.schedule(this::expired, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void expired() {
        running = null;
        if (!restart.test(cpu) && !timer.isShutdown()) {
            schedule(RETRY_MILLIS);
        }
    }

    /** A reset of the machine: the watchdog does not run. Threads: any. */
    public synchronized void reset() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    /** Ends it. */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
