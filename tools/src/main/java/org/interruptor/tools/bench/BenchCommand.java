package org.interruptor.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.interruptor.bench.c.CCompiler;
import org.interruptor.bench.environment.Origin;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.report.ComparisonText;
import org.interruptor.bench.report.ReportFolder;
import org.interruptor.bench.report.TextReport;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.run.EarlierBuild;
import org.interruptor.bench.run.Interruption;
import org.interruptor.bench.run.Jvms;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.CountersFiles;
import org.interruptor.tools.cli.Terminal;
import org.interruptor.tools.cli.TerminalSize;
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
            "Measures throughput, latency and deadlines of the engine, beside other ways to do the same work and beside the"
                    + " limits of the machine. Without arguments it runs all scenarios, in under two minutes on two cores.",
            "Prints tables, and writes a folder with a report (report.html), all figures (results.json) and histograms."
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all was measured",
            "1:a measurement failed validation: counts did not agree, or a rate was missed",
            "2:an option or a file is wrong",
            "3:with --fail-on-worse: a figure of the engine is worse than before",
            "4:with --fail-on-worse: that could not be judged, for instance with too few JVMs; the text below the table has the"
                    + " reason",
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String NO_C =
            "Engine lists-c is left out: there is no C compiler (cc, gcc or clang) on the path to build it with.";

    private static final int REFUSED = 1;
    private static final int WORSE = 3;
    private static final int NOT_JUDGED = 4;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.Scenarios.class,
            description = "Scenarios or groups of --list.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List scenarios and engines.")
    private boolean isList;

    @Option(names = "--short", description = "Fewer and shorter rounds: half a minute, less precise figures.")
    private boolean isShort;

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            completionCandidates = Candidates.Engines.class,
            description = "Engines to measure, separated by commas; see --list.")
    private List<String> engines = List.of();

    @Option(
            names = "--engine-jar",
            paramLabel = "OLD.jar",
            description =
                    "Measure another build of Interruptor beside this one, as interruptor-old: an interruptor.jar, the"
                            + " root of a built source tree, or a class path.")
    private String engineJar;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--backlog",
            split = ",",
            paramLabel = "N",
            description =
                    "Number of queued and masked emergency signals for each vCPU; several numbers separated by commas.")
    private List<Integer> backlogs = List.of();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Duration.Converter.class,
            description = "Duration of each round, such as 200ms or 2s.")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = Duration.Converter.class,
            description = "Warm-up of each engine before its first round.")
    private Duration warmup;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each engine; the engines take turns.")
    private Integer rounds;

    @Option(
            names = "--jvms",
            paramLabel = "N",
            defaultValue = "1",
            description = "Repeat everything in this many JVMs, one after the other. To judge a change of 5 %%: 40.")
    private int jvms;

    @Option(names = "--pin", description = "Bind each thread to a core, if there are enough cores.")
    private boolean isPinned;

    @Option(
            names = "--counters",
            paramLabel = "FILE",
            description =
                    "Write the counters of the engine's machines to this file, one after the other, for interruptor top.")
    private Path counters;

    @Option(
            names = "--compare",
            paramLabel = "OLD.json",
            description =
                    "Report figures that are better or worse than in these results by more than noise. Both runs need"
                            + " several JVMs (--jvms), because each lays out the same code differently.")
    private Path old;

    @Option(
            names = "--with",
            paramLabel = "NEW.json",
            description = "With --compare: compare these results, and measure nothing.")
    private Path fresh;

    @Option(
            names = "--fail-on-worse",
            description =
                    "With --compare or --engine-jar, for CI: exit status 3 if a figure of the engine is worse, 4 if that"
                            + " could not be judged.")
    private boolean isWorseFailure;

    @Option(
            names = "--judge-busy",
            description =
                    "If other processes used the cores, still judge CPU times on one thread, which they hardly disturb.")
    private boolean isBusyJudged;

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
        if (isList) {
            out.print(CatalogueText.text());
            return 0;
        }
        Optional<Results> before = Optional.ofNullable(old).map(BenchCommand::read);
        if (fresh != null) {
            Results earlier = before.orElseThrow(() -> new CommandException("--with needs --compare OLD.json"));
            Comparison comparison = Comparison.of(earlier, read(fresh), isBusyJudged);
            out.print(ComparisonText.of(comparison, columns()));
            return status(false, List.of(comparison));
        }
        BenchPlan plan = Plans.checked(this::plan);
        if (isWorseFailure && old == null && engineJar == null) {
            throw new CommandException("--fail-on-worse needs --compare OLD.json or --engine-jar OLD.jar");
        }
        if (old != null || engineJar != null) {
            Plans.tooFewJvms(plan).ifPresent(note -> spec.commandLine().getErr().print(note + "\n"));
        }
        Path folder = OutputFolder.make(output, "");
        Results results = measure(plan);
        List<Comparison> comparisons = new ArrayList<>();
        before.ifPresent(earlier -> comparisons.add(Comparison.of(earlier, results, isBusyJudged)));
        Comparison.ofBuilds(results, isBusyJudged).ifPresent(comparisons::add);
        Path page = write(folder, results, comparisons);
        int columns = columns();
        out.print(TextReport.of(results, columns));
        comparisons.forEach(comparison -> out.print(ComparisonText.of(comparison, columns) + "\n"));
        out.print(origin(results) + "\n");
        out.printf(Locale.ROOT, "%.0f seconds. Report: %s%n", results.seconds(), page);
        return status(results.isAnyRefused(), comparisons);
    }

    /** Of a line of the terminal; no bound where there is none. */
    private static int columns() {
        return Terminal.isPresent() ? TerminalSize.current().columns() : Integer.MAX_VALUE;
    }

    /** What was measured, in a line: the rest is in the report. */
    private static String origin(Results results) {
        Origin origin = results.environment().origin();
        return "Interruptor " + origin.version() + ", commit " + origin.commit()
                + (origin.earlierCommit() == null ? "" : "; interruptor-old: commit " + origin.earlierCommit()) + ".";
    }

    private int status(boolean isRefused, List<Comparison> comparisons) {
        if (isWorseFailure && comparisons.stream().anyMatch(Comparison::isAnyWorse)) {
            return WORSE;
        }
        if (isRefused) {
            return REFUSED;
        }
        return isWorseFailure && comparisons.stream().anyMatch(Comparison::isOpen) ? NOT_JUDGED : 0;
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
        boolean hasCompiler = CCompiler.find().isPresent();
        boolean isToldOfC = false;
        for (Catalogue.Entry entry : entries) {
            Scenario scenario = load.apply(entry.scenario());
            List<Contender> contenders = Plans.contenders(entry, scenario, chosen, engineJar != null);
            if (!hasCompiler && contenders.remove(Contender.LISTS_C) && !isToldOfC) {
                isToldOfC = true;
                spec.commandLine().getErr().print(NO_C + "\n");
            }
            if (!contenders.isEmpty() || !names.isEmpty()) { // who names engines alone means what these can do
                measurements.add(new Measurement(scenario, contenders, timing(entry)));
            }
        }
        if (engineJar != null) {
            EarlierBuild.of(engineJar).close(); // better told now than in the middle of a run
        }
        if (counters != null) {
            CountersFiles.checkWritable(counters);
        }
        String countersFile =
                counters == null ? null : counters.toAbsolutePath().toString();
        return new BenchPlan(measurements, isPinned, jvms, engineJar, countersFile, commandLine());
    }

    private String commandLine() {
        return spec.root().name() + " "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
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
            err.printf(
                    Locale.ROOT, "Measuring for about %d seconds.%n", plan.jvms() + plan.totalMillis() * 6 / 5 / 1000);
            err.flush();
            return Jvms.run(plan, new ProgressLines(err, plan.totalMillis()));
        }
        ProgressBar bar =
                new ProgressBar(err, plan.totalMillis(), TerminalSize.current().columns());
        Results results = Jvms.run(plan, bar);
        bar.end();
        return results;
    }

    private static Path write(Path folder, Results results, List<Comparison> comparisons) {
        try {
            return ReportFolder.write(folder, results, comparisons);
        } catch (IOException e) {
            throw new CommandException(folder + ": cannot be written: " + CommandException.reason(e));
        }
    }
}
