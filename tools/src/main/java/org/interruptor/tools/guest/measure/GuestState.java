package org.interruptor.tools.guest.measure;

import org.interruptor.engine.contract.WaitStrategy;

/** What the guest does while nothing comes. */
enum GuestState {
    /** It executes instructions, enabled. */
    RUNS("runs, enabled", false),
    /** It is in an enabled wait, and its thread looks for what comes. */
    WAITS_SPINNING("waits, thread spins", true),
    /** It is in an enabled wait, and its thread sleeps. */
    WAITS_PARKED("waits, thread parked", true);

    private final String label;
    private final boolean isWaiting;

    GuestState(String label, boolean isWaiting) {
        this.label = label;
        this.isWaiting = isWaiting;
    }

    String label() {
        return label;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    WaitStrategy strategy() {
        return this == WAITS_SPINNING ? WaitStrategy.spin() : WaitStrategy.park();
    }
}
