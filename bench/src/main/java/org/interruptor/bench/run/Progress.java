package org.interruptor.bench.run;

/** Is told how far a run has got. Threads: the one that runs. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (scenario, engine, doneMillis) -> {};

    /**
     * A step begins.
     *
     * @param scenario what is measured now.
     * @param engine who is measured now.
     * @param doneMillis how much of {@link org.interruptor.bench.plan.BenchPlan#totalMillis} is done.
     */
    void at(String scenario, String engine, long doneMillis);
}
