package org.interruptor.bench.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.interruptor.bench.baseline.InterruptorEngine;
import org.interruptor.bench.c.CTrial;
import org.interruptor.bench.environment.Cores;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.environment.Origin;
import org.interruptor.bench.environment.OtherLoad;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;

/** Runs a plan in this JVM. Threads: one. */
public final class Runner {
    private final BenchPlan plan;
    private final Progress progress;
    private final Placement placement;

    /** Or null. */
    private final EarlierBuild earlier;

    private final Compiler compiler = new Compiler();
    private long doneMillis;

    /**
     * Sets a run up.
     *
     * @throws IllegalArgumentException if there is no other build where the plan has one.
     */
    public Runner(BenchPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.placement = plan.pinned() ? Cores.available() : Placement.ANYWHERE;
        this.earlier = plan.earlierBuild() == null ? null : EarlierBuild.of(plan.earlierBuild());
    }

    /** Runs all measurements of the plan. */
    public Results run() {
        if (plan.counters() == null) {
            return runAll();
        }
        System.setProperty(InterruptorEngine.COUNTERS_PROPERTY, plan.counters());
        try {
            return runAll();
        } finally {
            System.clearProperty(InterruptorEngine.COUNTERS_PROPERTY);
        }
    }

    private Results runAll() {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long start = System.nanoTime();
        OtherLoad others = new OtherLoad();
        Environment environment = Environment.capture(
                placementText(), Origin.own(earlier == null ? null : earlier.commit(), plan.command()));
        List<ScenarioResult> scenarios = new ArrayList<>();
        try {
            for (Measurement measurement : plan.measurements()) {
                scenarios.add(measure(measurement));
            }
        } finally {
            if (earlier != null) {
                earlier.close();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Results(
                Results.FORMAT,
                Results.VERSION,
                started.toString(),
                seconds,
                1,
                others.cores(),
                environment,
                scenarios);
    }

    private String placementText() {
        if (!plan.pinned()) {
            return "left to the operating system";
        }
        return placement == Placement.ANYWHERE
                ? "left to the operating system: threads cannot be bound to cores here"
                : "each thread bound to a core, where there are enough";
    }

    private ScenarioResult measure(Measurement measurement) {
        Scenario scenario = measurement.scenario();
        Timing timing = measurement.timing();
        List<Entrant> entrants = new ArrayList<>();
        OtherLoad others = new OtherLoad();
        try {
            for (Contender contender : measurement.contenders()) {
                Entrant entrant = new Entrant(contender, timing, compiler);
                entrants.add(entrant);
                step(scenario, contender, timing.warmupMillis());
                entrant.open(() -> open(scenario, contender));
            }
            for (int round = 0; round < timing.rounds(); round++) {
                for (int i = 0; i < entrants.size(); i++) {
                    // Each begins a round in its turn, so that what one leaves behind does not always hit the same.
                    Entrant entrant = entrants.get((i + round) % entrants.size());
                    step(scenario, entrant.contender(), timing.roundMillis());
                    entrant.round();
                }
            }
        } finally {
            for (Entrant entrant : entrants) {
                step(scenario, entrant.contender(), 0);
                entrant.close();
            }
        }
        return ScenarioResult.of(
                scenario,
                timing,
                others.cores(),
                entrants.stream().map(Entrant::result).toList());
    }

    private void step(Scenario scenario, Contender contender, long millis) {
        progress.at(scenario.name(), contender.label(), doneMillis);
        doneMillis += millis;
    }

    private Trial open(Scenario scenario, Contender contender) {
        return switch (contender) {
            case INTERRUPTOR_OLD -> earlier.open(scenario, contender, placement);
            case LISTS_C -> CTrial.open(scenario, plan.pinned());
            default -> FreshLoader.open(scenario, contender, placement);
        };
    }
}
