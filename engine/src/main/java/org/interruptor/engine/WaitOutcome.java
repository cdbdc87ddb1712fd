package org.interruptor.engine;

import java.util.Locale;

/** Why a wait ended, or that it has not ({@code interruptions.md}, section 6). */
public enum WaitOutcome {
    /**
     * An interruption may be there to be taken: deliver. A hint: of a floating one another vCPU may have been faster.
     * Also the answer when a stopped vCPU was started.
     */
    READY,
    /** The clock comparator has become due: deliver. */
    TIMER,
    /** The PSW disables all that could end the wait: the guest has halted or crashed; the vCPU is not idle. */
    DISABLED,
    /** The embedder called the vCPU out, or its thread was interrupted; the thread's interrupt status is kept. */
    KICKED,
    /** The machine is closed. */
    CLOSED,
    /** Callback form only: the vCPU waits (still); its callback will be called once on wake-up. */
    WAITING;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name in reports and events.
     *
     * @return the name, lower case.
     */
    public String label() {
        return label;
    }
}
