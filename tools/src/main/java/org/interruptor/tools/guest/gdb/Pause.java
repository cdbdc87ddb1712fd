package org.interruptor.tools.guest.gdb;

import java.util.concurrent.TimeUnit;
import org.interruptor.engine.Machine;

/** GDB's hold on the machine: all CPUs stand, or go. Threads: any. */
final class Pause {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Machine machine;
    private boolean isHeld;
    private boolean isOver;

    Pause(Machine machine) {
        this.machine = machine;
    }

    /**
     * Brings all CPUs to a stand.
     *
     * @return whether they stand; false once the guest has ended, or if one does not come to a stand for 10 s.
     */
    synchronized boolean begin() throws InterruptedException {
        if (!isHeld && !isOver) {
            isHeld = machine.pause(TIMEOUT_NANOS);
        }
        return isHeld;
    }

    /** Lets them go. */
    synchronized void end() {
        if (isHeld) {
            isHeld = false;
            machine.resume();
        }
    }

    /** Lets them go for good. */
    synchronized void guestEnds() {
        isOver = true;
        end();
    }
}
