package org.interruptor.bench.load;

/** How those wait who find no room: shortly at first, then by yielding, since vCPUs may need the core. */
final class Backoff {
    private static final int SPINNING_ATTEMPTS = 7;

    private Backoff() {}

    /**
     * Waits a little.
     *
     * @param attempt how often it was tried in vain, from 0.
     */
    @SuppressWarnings("ThreadPriorityCheck") // fairness is what is wanted here
    static void pause(int attempt) {
        if (attempt >= SPINNING_ATTEMPTS) {
            Thread.yield();
            return;
        }
        for (int i = 0; i < 1 << attempt; i++) {
            Thread.onSpinWait();
        }
    }
}
