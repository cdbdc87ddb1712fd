package org.interruptor.tools.soak;

import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;

/**
 * Injects in bursts while the stage is active and has a budget left, rests otherwise, and ends when the machine is closed.
 *
 * <p>Threads: one of its own; {@link #isResting} any.
 */
abstract class StagedInjector implements Runnable {
    private static final long REST_NANOS = 50_000;

    final int number;
    final Machine machine;
    final Stage stage;

    /** An answer has said that the machine is closed. */
    boolean isClosed;

    /** Injections that may still be made in this phase. */
    int left;

    final Violations violations;

    /** Does not inject, and will not before the stage is active again. */
    private volatile boolean isResting;

    private int episode;

    StagedInjector(int number, Machine machine, Stage stage, Violations violations) {
        this.number = number;
        this.machine = machine;
        this.stage = stage;
        this.violations = violations;
    }

    /** Some injections, while the stage is active; counts them off {@link #left}. */
    abstract void burst();

    final boolean isResting() {
        return isResting;
    }

    @Override
    public final void run() {
        try {
            while (!isClosed) {
                isResting = false; // before the look at the stage, which is volatile too
                if (stage.phase() == Stage.Phase.ACTIVE && mayInject()) {
                    burst();
                } else if (machine.isClosed()) {
                    isClosed = true;
                } else {
                    isResting = true;
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
        } catch (Throwable thrown) {
            violations.found("injector " + number + " threw " + thrown);
        } finally {
            isResting = true;
        }
    }

    private boolean mayInject() {
        int current = stage.episode();
        if (current != episode) {
            episode = current;
            left = stage.budget();
        }
        return left > 0;
    }
}
