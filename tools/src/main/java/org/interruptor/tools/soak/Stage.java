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

    private volatile Phase phase = Phase.ACTIVE;

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
    }
}
