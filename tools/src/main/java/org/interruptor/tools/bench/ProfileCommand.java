package org.interruptor.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.interruptor.bench.environment.Cores;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.run.FreshLoader;
import org.interruptor.bench.run.Interruption;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor profile SCENARIO}: a scenario of the harness under async-profiler. */
@Command(
        name = "profile",
        description = {
            "Runs a scenario of the benchmarks under async-profiler, and writes a recording (profile.jfr) and a flame graph for"
                    + " each event.",
            "Events that are not available on this system are replaced or skipped, with a message. An event with fewer than 50"
                    + " samples is not drawn."
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:profiled",
            "1:the run failed validation: counts did not agree, or a rate was missed",
            "2:an option is wrong, or there is no profiler for this system",
        })
public final class ProfileCommand implements Callable<Integer> {
    private static final int TOPS = 8;

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.Scenarios.class,
            description = "A scenario of interruptor bench --list.")
    private String name;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            completionCandidates = Candidates.Engines.class,
            defaultValue = "interruptor",
            description = "The engine to profile. Default: ${DEFAULT-VALUE}.")
    private String engine;

    @Option(
            names = "--events",
            split = ",",
            paramLabel = "EVENT",
            completionCandidates = Candidates.ProfiledEvents.class,
            defaultValue = "cpu,wall,alloc,lock",
            description =
                    "Events to sample: any of wall, alloc, lock, nativemem, and one of cpu, ctimer, itimer, context-switches or a"
                            + " hardware counter such as cycles or cache-misses. Default: ${DEFAULT-VALUE}.")
    private List<String> events;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(names = "--backlog", paramLabel = "N", description = "Number of queued and masked emergency signals.")
    private Integer backlog;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Duration.Converter.class,
            description = "Duration of the recording. Default: ${DEFAULT-VALUE}.")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = Duration.Converter.class,
            description = "Duration of the warm-up. Default: ${DEFAULT-VALUE}.")
    private Duration warmup;

    @Option(names = "--pin", description = "Bind each thread to a core, if there are enough cores.")
    private boolean isPinned;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Output folder. Default: a new folder in " + OutputFolder.PARENT + ".")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Contender contender = Plans.checked(() -> Contender.of(engine));
        Scenario scenario = Plans.checked(() -> scenario(contender));
        Profiler profiler = new Profiler(Plans.checked(() -> ProfilerEvents.of(events)), note -> {
            err.print(note + "\n");
            err.flush();
        });
        Path folder = OutputFolder.make(output, "-" + scenario.name());
        Path recording = folder.resolve("profile.jfr");
        Optional<Sample> sample;
        try {
            sample = record(scenario, contender, profiler, recording);
        } catch (MeasurementRefused e) {
            err.print(scenario.name() + ", " + contender.label() + ": " + e.getMessage() + "\n");
            return 1;
        }
        progress("Drawing.");
        out.print(scenario.name() + ", " + contender.label() + ": "
                + sample.map(ProfileCommand::summary).orElse("interrupted; this is what was recorded until then")
                + "\n\n");
        FlameGraphs graphs = new FlameGraphs(
                recording, scenario.name() + ", " + contender.label() + (sample.isPresent() ? "" : ", interrupted"));
        for (String event : profiler.events()) {
            Path file = folder.resolve(event + ".html");
            print(out, event, file, graphs.write(event, file, TOPS));
        }
        out.print("Recording: " + recording + "\n");
        return 0;
    }

    private Scenario scenario(Contender contender) {
        List<Catalogue.Entry> entries = Catalogue.named(List.of(name));
        if (backlog != null) {
            entries = Plans.withBacklogs(entries, List.of(backlog));
        }
        if (entries.size() > 1) {
            throw new IllegalArgumentException("scenario '" + name + "' is a group: name one of "
                    + String.join(
                            ", ",
                            entries.stream()
                                    .map(entry -> entry.scenario().name())
                                    .toList()));
        }
        if (contender == Contender.INTERRUPTOR_OLD || contender == Contender.LISTS_C) {
            throw new IllegalArgumentException(
                    "engine " + engine + " is not of this build's Java: expected another one");
        }
        Catalogue.Entry entry = entries.get(0);
        Scenario scenario = load.apply(entry.scenario());
        return new Measurement(scenario, List.of(contender), entry.timing()).scenario();
    }

    /** What was measured; nothing if it was interrupted: then the recording ends early. */
    private Optional<Sample> record(Scenario scenario, Contender contender, Profiler profiler, Path recording)
            throws IOException {
        Placement placement = isPinned ? Cores.available() : Placement.ANYWHERE;
        Trial trial = FreshLoader.open(scenario, contender, placement);
        EarlyEnd end = new EarlyEnd();
        try {
            progress("Warming up for " + warmup.millis() / 1e3 + " seconds.");
            if (!end.await(() -> {
                        trial.warmUp(TimeUnit.MILLISECONDS.toNanos(warmup.millis()));
                        return true;
                    })
                    .isPresent()) {
                throw new CommandException("interrupted before the recording began");
            }
            progress("Recording for " + duration.millis() / 1e3 + " seconds.");
            profiler.start(recording);
            try {
                return end.await(() -> trial.run(TimeUnit.MILLISECONDS.toNanos(duration.millis())));
            } finally {
                profiler.stop();
            }
        } finally {
            if (!Interruption.isRequested()) { // else its threads may be at work until the JVM ends
                trial.close();
            }
        }
    }

    private void progress(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(sentence + "\n");
        err.flush();
    }

    private static String summary(Sample sample) {
        StringBuilder text = new StringBuilder();
        sample.figures()
                .forEach((figure, value) ->
                        text.append(String.format(Locale.ROOT, "%s %,.1f %s, ", figure.title(), value, figure.unit())));
        return text + String.format(Locale.ROOT, "%,d delivered; slower than without a profiler", sample.delivered());
    }

    private static void print(PrintWriter out, String event, Path file, FlameGraphs.Summary summary) {
        if (summary.samples() == 0) {
            out.print(event + ": no samples\n\n");
            return;
        }
        out.printf(Locale.ROOT, "%s: %,d samples", event, summary.samples());
        if (summary.isDrawn()) {
            out.print(", " + file + "\n");
        } else {
            out.print(", too few to draw: it takes " + FlameGraphs.LEAST_SAMPLES + " (--duration)\n");
        }
        summary.tops()
                .forEach(top ->
                        out.printf(Locale.ROOT, "  %,8d  %5.1f %%  %s%n", top.samples(), 100 * top.part(), top.name()));
        out.print("\n");
    }
}
