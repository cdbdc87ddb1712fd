package org.interruptor.engine.contract;

import java.util.Locale;

/** Why a wait ended, or that it continues ({@code interruptions.md}, section 6). */
public enum WaitOutcome {
    /**
     * Deliver: an interruption may be pending that this vCPU may take. This is a hint: another vCPU may have taken a floating
     * one. Also the result when a stopped vCPU was started.
     */
    READY,
    /** The clock comparator has become due: deliver. */
    TIMER,
    /** The PSW disables every interruption that could end the wait: the guest has halted or crashed. The vCPU is not idle. */
    DISABLED,
    /** The embedder called {@code kick()}. */
    KICKED,
    /** Blocking form only: the vCPU's thread was interrupted, now or before; its interrupt status is kept. */
    INTERRUPTED,
    /** The machine is closed. */
    CLOSED,
    /** Callback form only: the vCPU waits, or still waits; a wake-up will call its callback once. */
    WAITING,
    /** Result of {@code endWait()} outside a wait: the callback or timer of an earlier wait came late. Nothing to do. */
    NOT_WAITING;

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
