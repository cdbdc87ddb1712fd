package org.interruptor.tools.soak;

/** What all threads of a machine are to do now. Threads: one writes, any read. */
final class Stage {
    /** What is to be done. */
    enum Phase {
        /** Injectors inject, guests do what they like. */
        ACTIVE,
        /** Nobody injects, guests come to rest: who sleeps now on something that it may take is not rescued by the next. */
        QUIET,
        /** Nobody injects, guests open all gates and take what is left. */
        DRAINING
    }

    /** Without a bound. */
    static final int WITHOUT_END = Integer.MAX_VALUE;

    private volatile Phase phase = Phase.QUIET;
    private volatile int budget;
    private volatile int episode;

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
    }

    /**
     * Begins another active phase.
     *
     * @param injections how many each injector may inject in it: after a few, nothing comes any more that could wake a vCPU
     *     which an earlier one should have woken.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writes
    void activate(int injections) {
        budget = injections;
        episode++;
        phase = Phase.ACTIVE;
    }

    /** Which active phase it is. */
    int episode() {
        return episode;
    }

    int budget() {
        return budget;
    }
}
