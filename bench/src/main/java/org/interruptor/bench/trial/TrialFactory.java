package org.interruptor.bench.trial;

import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;

/** Sets up trials. */
public interface TrialFactory {
    /**
     * Sets a contender up for a scenario that it is fit for.
     *
     * @param placement where the trial's threads run.
     * @return the trial, to be closed.
     */
    Trial open(Scenario scenario, Contender contender, Placement placement);
}
