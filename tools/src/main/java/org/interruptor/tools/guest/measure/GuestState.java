package org.interruptor.tools.guest.measure;

import org.interruptor.engine.WaitStrategy;

/** What the guest does while nothing comes. */
enum GuestState {
    /** It executes instructions, enabled. */
    RUNS("runs, enabled", false, WaitStrategy.park()),
    /** It is in an enabled wait, and its thread looks for what comes. */
    WAITS_SPINNING("waits, thread spins", true, WaitStrategy.spin()),
    /** It is in an enabled wait, and its thread sleeps. */
    WAITS_PARKED("waits, thread parked", true, WaitStrategy.park());

    private final String label;
    private final boolean isWaiting;
    private final WaitStrategy strategy;

    GuestState(String label, boolean isWaiting, WaitStrategy strategy) {
        this.label = label;
        this.isWaiting = isWaiting;
        this.strategy = strategy;
    }

    String label() {
        return label;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    WaitStrategy strategy() {
        return strategy;
    }
}
