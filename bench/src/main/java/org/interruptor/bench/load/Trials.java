package org.interruptor.bench.load;

import org.interruptor.bench.baseline.Engines;
import org.interruptor.bench.latency.DeadlineTrial;
import org.interruptor.bench.latency.LatencyRecorder;
import org.interruptor.bench.latency.PingPongTrial;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.TrialFactory;

/** The trial of each kind of scenario. Loaded anew for each trial, by name: see {@code org.interruptor.bench.run}. */
public final class Trials implements TrialFactory {
    /** Makes trials. */
    public Trials() {}

    @Override
    public Trial open(Scenario scenario, Contender contender, Placement placement) {
        Load load = scenario.load();
        return switch (scenario.kind()) {
            case ONE_THREAD -> new OneThreadTrial(Engines.create(contender, load, null), load, placement);
            case THROUGHPUT -> new LoadTrial(Engines.create(contender, load, null), load, placement, null);
            case LATENCY -> {
                LatencyRecorder recorder =
                        new LatencyRecorder(load.vcpus(), load.mix().hasLocal());
                yield new LoadTrial(Engines.create(contender, load, recorder), load, placement, recorder);
            }
            case DEADLINE -> new DeadlineTrial(Engines.createTimer(contender, load), placement, load.seed());
            case PING_PONG -> new PingPongTrial(placement);
        };
    }
}
