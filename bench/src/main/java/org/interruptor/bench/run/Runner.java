package org.interruptor.bench.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interruptor.bench.environment.Cores;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.environment.OtherLoad;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;

/** Runs a plan in this JVM. Threads: one. */
public final class Runner {
    private final BenchPlan plan;
    private final Progress progress;
    private final Placement placement;
    private long doneMillis;

    /** Sets a run up. */
    public Runner(BenchPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.placement = plan.pinned() ? Cores.available() : Placement.ANYWHERE;
    }

    /** Runs all measurements of the plan. */
    public Results run() {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long start = System.nanoTime();
        OtherLoad others = new OtherLoad();
        Environment environment = Environment.capture(placementText());
        List<ScenarioResult> scenarios = new ArrayList<>();
        for (Measurement measurement : plan.measurements()) {
            measure(measurement).ifPresent(scenarios::add);
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
                scenarios,
                Interruption.isRequested());
    }

    private String placementText() {
        if (!plan.pinned()) {
            return "left to the operating system";
        }
        return placement == Placement.ANYWHERE
                ? "left to the operating system: threads cannot be bound to cores here"
                : "each thread bound to a core, where there are enough";
    }

    /** Nothing where the run is to end before a round of all. */
    private Optional<ScenarioResult> measure(Measurement measurement) {
        int rounds = 0;
        List<Entry> entries = new ArrayList<>();
        try {
            for (Contender contender : measurement.contenders()) {
                if (Interruption.isRequested()) {
                    return Optional.empty();
                }
                Entry entry = new Entry(measurement, contender);
                entries.add(entry);
                entry.open();
            }
            for (int round = 0; round < measurement.timing().rounds() && !Interruption.isRequested(); round++) {
                for (int i = 0; i < entries.size(); i++) {
                    // Each begins a round in its turn, so that what one leaves behind does not always hit the same.
                    entries.get((i + round) % entries.size()).round();
                }
                rounds++;
            }
        } finally {
            entries.forEach(Entry::close);
        }
        if (rounds == 0) {
            return Optional.empty();
        }
        List<ContenderResult> results = entries.stream().map(Entry::result).toList();
        return Optional.of(ScenarioResult.of(measurement.scenario(), measurement.timing(), results));
    }

    /** One contender in one scenario. */
    private final class Entry {
        private final Measurement measurement;
        private final Contender contender;
        private final List<Sample> samples = new ArrayList<>();
        private Trial trial;
        private String refusal;

        Entry(Measurement measurement, Contender contender) {
            this.measurement = measurement;
            this.contender = contender;
        }

        void open() {
            Timing timing = measurement.timing();
            step(timing.warmupMillis(), () -> {
                trial = FreshLoader.open(measurement.scenario(), contender, placement);
                if (timing.warmupMillis() > 0) {
                    trial.warmUp(TimeUnit.MILLISECONDS.toNanos(timing.warmupMillis()));
                }
            });
        }

        void round() {
            int millis = measurement.timing().roundMillis();
            step(millis, () -> {
                System.gc(); // what others left behind is not to be collected in this one's time
                long start = System.currentTimeMillis();
                Sample sample = trial.run(TimeUnit.MILLISECONDS.toNanos(millis));
                if (sample.histogram() != null) {
                    sample.histogram().setStartTimeStamp(start);
                    sample.histogram().setEndTimeStamp(System.currentTimeMillis());
                }
                samples.add(sample);
            });
        }

        void close() {
            step(0, () -> {
                if (trial != null) {
                    trial.close();
                }
            });
        }

        private void step(long millis, Runnable step) {
            progress.at(measurement.scenario().name(), contender.label(), doneMillis);
            doneMillis += millis;
            if (refusal != null) {
                return;
            }
            try {
                step.run();
            } catch (MeasurementRefused e) {
                refusal = e.getMessage();
            } catch (RuntimeException | LinkageError e) {
                refusal = "it failed: " + e;
            }
        }

        ContenderResult result() {
            return refusal != null
                    ? ContenderResult.refused(contender, refusal)
                    : ContenderResult.of(contender, samples);
        }
    }
}
