package org.interruptor.engine;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.wake.Timers;
import org.interruptor.engine.wake.WaitWord;

/**
 * Looks at the timers of the vCPUs that execute guest code, and sets the attention of each whose open timer is due, so that guest code
 * is left without a reading of the clock there. It sleeps until the next timer that it has seen, but not longer than a limit: a
 * vCPU that sets a timer or opens its gate tells nobody.
 *
 * <p>It reads registers that the vCPU writes: values of different moments. So it may set attention for nothing, and it may see a
 * timer one look later; each look is behind a park, and reads anew.
 *
 * <p>It ends with the machine. A machine that is forgotten without being closed can become garbage: then it ends too.
 */
final class TimerThread implements Runnable {
    private static final long END = -1;

    private final WeakReference<Machine> machine;
    private final long mostNanosLate;

    private TimerThread(Machine machine, long mostNanosLate) {
        this.machine = new WeakReference<>(machine);
        this.mostNanosLate = mostNanosLate;
    }

    /** Starts a daemon thread. */
    static void start(Machine machine, long mostNanosLate) {
        Thread thread = new Thread(new TimerThread(machine, mostNanosLate), "interruptor-timers-" + machine.number());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long nanos = look();
        while (nanos != END) {
            LockSupport.parkNanos(nanos);
            nanos = look();
        }
    }

    /** The time to the next look. A method of its own: no local variable keeps the machine alive. */
    private long look() {
        Machine alive = machine.get();
        if (alive == null || alive.isClosed()) {
            return END;
        }
        long nanos = mostNanosLate;
        for (int i = 0; i < alive.vcpuCount() && !alive.pauses().isPaused(); i++) {
            nanos = Math.min(nanos, look(alive.vcpu(i)));
        }
        return Math.max(1, nanos);
    }

    /** The time to the first timer that is not due and open. Sets attention for one that is due, once until a pass takes it. */
    private static long look(VcpuHandle handle) {
        Timers timers = handle.owner().timers();
        int gates = timers.gatesOf(handle.owner().registers().openGates());
        boolean isExecuting = handle.state().isOperating() && handle.waitWord().state() == WaitWord.RUNNING;
        if (gates == 0 || !isExecuting || handle.arrivals().mailbox().has(Mailbox.TIMER)) {
            return Long.MAX_VALUE; // a wait sees to its timers itself
        }
        if (!timers.isDue(gates)) {
            return timers.nanosToDue(gates);
        }
        handle.timerIsDue();
        return Long.MAX_VALUE;
    }
}
