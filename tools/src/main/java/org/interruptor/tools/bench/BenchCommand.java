package org.interruptor.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.report.ReportFolder;
import org.interruptor.bench.report.TextReport;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.run.Interruption;
import org.interruptor.bench.run.Jvms;
import org.interruptor.bench.run.Progress;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor bench}: measures the engine beside its baselines. */
@Command(
        name = "bench",
        description = {
            "Measures the engine beside other ways to do the same work and beside what the machine allows: throughput, latency,"
                    + " deadlines. Without arguments everything, in under two minutes on two cores.",
            "Prints tables, and writes a folder with a report (report.html), all figures (results.json) and histograms."
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all was measured",
            "1:a measurement was refused: counts did not agree, or a rate was missed",
            "2:an option or a file is wrong",
        })
public final class BenchCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description = "What to measure, by the names or groups that --list shows.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List scenarios and engines.")
    private boolean isList;

    @Option(names = "--short", description = "Shorter and fewer rounds: some twenty seconds, rougher figures.")
    private boolean isShort;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            description = "Who takes part, where it can, separated by commas; see --list.")
    private List<String> engines = List.of();

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--backlog",
            split = ",",
            paramLabel = "N",
            description = "Emergency signals that are queued for each vCPU and masked; several, separated by commas.")
    private List<Integer> backlogs = List.of();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Duration.Converter.class,
            description = "Of each round, such as 200ms or 2s.")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = Duration.Converter.class,
            description = "Before the first round, of each engine.")
    private Duration warmup;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each engine; the rounds of all alternate.")
    private Integer rounds;

    @Option(
            names = "--jvms",
            paramLabel = "N",
            defaultValue = "1",
            description = "Do all of it in so many JVMs, one after the other.")
    private int jvms;

    @Option(names = "--pin", description = "Bind each thread to a core, where there are enough.")
    private boolean isPinned;

    @Option(
            names = "--compare",
            paramLabel = "OLD.json",
            description = "Say what is better or worse than in these results, by more than noise.")
    private Path old;

    @Option(
            names = "--with",
            paramLabel = "NEW.json",
            description = "With --compare: compare these results, and measure nothing.")
    private Path fresh;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Where to write; otherwise a new folder in " + OutputFolder.PARENT + ".")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (isList) {
            out.print(CatalogueText.text());
            return 0;
        }
        Optional<Results> before = Optional.ofNullable(old).map(BenchCommand::read);
        if (fresh != null) {
            Results after = read(fresh);
            out.print(TextReport.of(Comparison.of(
                    before.orElseThrow(() -> new CommandException("--with needs --compare OLD.json")), after)));
            return 0;
        }
        BenchPlan plan = Plans.checked(this::plan);
        Path folder = OutputFolder.make(output, "");
        Results results = measure(plan);
        Optional<Comparison> comparison = before.map(earlier -> Comparison.of(earlier, results));
        Path page = write(folder, results, comparison);
        out.print(TextReport.of(results));
        comparison.ifPresent(changes -> out.print(TextReport.of(changes) + "\n"));
        out.printf(Locale.ROOT, "%.0f seconds. Report: %s%n", results.seconds(), page);
        return results.isAnyRefused() ? 1 : 0;
    }

    private static Results read(Path file) {
        try {
            return Results.read(file);
        } catch (IOException e) {
            throw new CommandException(file + ": " + CommandException.reason(e));
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private BenchPlan plan() {
        List<Catalogue.Entry> entries = names.isEmpty() ? Catalogue.standard() : Catalogue.named(names);
        if (!backlogs.isEmpty()) {
            entries = Plans.withBacklogs(entries, backlogs);
        }
        List<Contender> chosen = engines.stream().map(Contender::of).toList();
        List<Measurement> measurements = new ArrayList<>();
        for (Catalogue.Entry entry : entries) {
            Scenario scenario = load.apply(entry.scenario());
            List<Contender> contenders = Plans.contenders(entry, scenario, chosen);
            if (!contenders.isEmpty() || !names.isEmpty()) { // who names engines alone means what these can do
                measurements.add(new Measurement(scenario, contenders, timing(entry)));
            }
        }
        return new BenchPlan(measurements, isPinned, jvms);
    }

    private Timing timing(Catalogue.Entry entry) {
        Timing usual = isShort ? entry.shortTiming() : entry.timing();
        return new Timing(
                warmup == null ? usual.warmupMillis() : warmup.millis(),
                duration == null ? usual.roundMillis() : duration.millis(),
                rounds == null ? usual.rounds() : rounds);
    }

    private Results measure(BenchPlan plan) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Interruption.endBy(() -> {}); // the runner asks for it
        if (!Terminal.isPresent()) {
            err.printf(Locale.ROOT, "Measuring for about %d seconds.%n", 1 + plan.totalMillis() * 6 / 5 / 1000);
            err.flush();
            return Jvms.run(plan, Progress.SILENT);
        }
        ProgressBar bar = new ProgressBar(err, plan.totalMillis());
        Results results = Jvms.run(plan, bar);
        bar.end();
        return results;
    }

    private static Path write(Path folder, Results results, Optional<Comparison> comparison) {
        try {
            return ReportFolder.write(folder, results, comparison);
        } catch (IOException e) {
            throw new CommandException(folder + ": cannot be written: " + CommandException.reason(e));
        }
    }
}
