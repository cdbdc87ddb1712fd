package org.interruptor.bench.trial;

/** Where the threads of a trial run. Threads: any. */
@FunctionalInterface
public interface Placement {
    /** Wherever the operating system puts them. */
    Placement ANYWHERE = (worker, workers) -> {};

    /**
     * Binds the calling thread to a core, if there is one for each worker.
     *
     * @param worker its number, from 0.
     * @param workers how many there are.
     */
    void place(int worker, int workers);
}
