package org.interruptor.engine.contract;

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
    /** The embedder called the vCPU out: {@code kick()}. */
    KICKED,
    /** Blocking form only: the vCPU's thread was interrupted, now or before; its interrupt status is kept. */
    INTERRUPTED,
    /** The machine is closed. */
    CLOSED,
    /** Callback form only: the vCPU waits (still); its callback will be called once on wake-up. */
    WAITING,
    /** Answer of {@code endWait()} outside a wait: a callback or timer of a wait that is over came late. Nothing is to be done. */
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
