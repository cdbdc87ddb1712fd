package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.interruptor.bench.environment.CoreDistance;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.environment.Origin;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.Family;
import org.interruptor.bench.result.Results;

/** The end of the page: what the figures mean, who is compared, and where it ran. */
final class HtmlNotes {
    private static final int FEW_PAIRS = 6;

    private HtmlNotes() {}

    static String of(Results results) {
        return Html.element("h2", "What the figures mean")
                + meaning()
                + Html.element("h2", "Who is compared")
                + engines(results)
                + Html.element("h2", "What was run, and where")
                + environment(results);
    }

    private static String meaning() {
        return Html.definitions(List.of(
                List.of(
                        "counted",
                        "Each measurement compares accepted and delivered interruptions, by kind: with the engine's counters,"
                                + " the answers of its deliveries, and the lowcores. If they disagree, or a scheduled rate was"
                                + " missed, nothing is reported."),
                List.of(
                        "the same work",
                        "Each engine checks the gates in PSW and CR0, stores into a lowcore in guest storage, loads the new PSW"
                                + " and counts. Each is bounded. Limits do less, as their descriptions say."),
                List.of(
                        "interleaved",
                        "The engines take turns, round by round, in one JVM. Each engine has a class loader of its own, so the"
                                + " compiler optimises it as if it were alone."),
                List.of(
                        "warm",
                        "An engine is measured when the JVM's compilers are idle. A round in which they worked is measured"
                                + " again."),
                List.of(
                        "CPU time",
                        "CPU time of all threads of a trial, for each delivery: spinning counts, waiting for a core does not."
                                + " On a busy host it is more reliable for one thread than the time by"
                                + " the clock."),
                List.of("bar and whisker", "The median of the rounds; the lowest and the highest round."),
                List.of("max", "The slowest time of all rounds."),
                List.of(
                        "changed",
                        String.format(
                                Locale.ROOT,
                                "The engine's figure of each round is divided by the figures of the unchanged engines in that"
                                        + " round, or by that of the earlier build. Each JVM is one sample, the median of its"
                                        + " rounds. A rank test (Mann-Whitney; Wilcoxon for two builds in one run) gives p,"
                                        + " the probability that chance explains the difference. It is a change if p is"
                                        + " small enough, by the number of figures, that chance finds a change in %.0f of 100"
                                        + " comparisons of the same code or fewer.",
                                100 * Family.FALSE_ALARMS)),
                List.of(
                        "at least, at most",
                        "The interval of the change. All intervals of a comparison hold together in 98 of 100 cases."),
                List.of(
                        "visible",
                        "A change of this size would have been found in nine of ten such runs or more. More JVMs make"
                                + " smaller changes visible."),
                List.of(
                        "allocated",
                        "Bytes that all threads of a trial allocated, for each delivery. Up to half a byte is the harness's"
                                + " own.")));
    }

    private static String engines(Results results) {
        return Html.definitions(Arrays.stream(Contender.values())
                .filter(engine -> results.scenarios().stream()
                        .anyMatch(scenario -> scenario.contender(engine).isPresent()))
                .map(engine -> List.of(engine.title(), engine.meaning()))
                .toList());
    }

    private static String environment(Results results) {
        Environment of = results.environment();
        List<List<String>> run = new ArrayList<>();
        Origin origin = of.origin();
        run.add(List.of("Interruptor", origin.version() + ", commit " + origin.commit()));
        if (origin.earlierCommit() != null) {
            run.add(List.of("earlier build", "commit " + origin.earlierCommit()));
        }
        if (origin.command() != null) {
            run.add(List.of("command", origin.command()));
        }
        run.addAll(List.of(
                List.of("JDK", of.jdk() + "; " + of.vm()),
                List.of("JVM options", of.flags().isEmpty() ? "none" : String.join(" ", of.flags())),
                List.of("memory", of.collector() + "; at most " + of.maxHeapMiB() + " MiB of heap"),
                List.of(
                        "C compiler",
                        of.compiler().equals("none") ? "none, so that the baseline in C is left out" : of.compiler()),
                List.of("cores", of.cores() + ", " + of.cpu()),
                List.of("between cores", distances(of.distances())),
                List.of("frequency", "governor " + of.governor()),
                List.of("control group", "limits: " + of.limits()),
                List.of("system", of.kernel()),
                List.of(
                        "clock",
                        String.format(
                                Locale.ROOT,
                                "%s; a reading takes %.0f ns, its steps are %d ns",
                                of.clockSource(),
                                of.clockReadNanos(),
                                of.clockStepNanos())),
                List.of(
                        "others",
                        results.otherCores() < 0
                                ? "unknown"
                                : String.format(Locale.ROOT, "%.2f cores busy on average", results.otherCores())),
                List.of("threads", of.placement())));
        return Html.definitions(run);
    }

    /** The nearest and the farthest where there are many. */
    private static String distances(List<CoreDistance> all) {
        if (all.isEmpty()) {
            return "unknown: threads cannot be bound to cores here";
        }
        List<CoreDistance> sorted = all.stream()
                .sorted(Comparator.comparingDouble(CoreDistance::nanos))
                .toList();
        List<CoreDistance> shown =
                sorted.size() <= FEW_PAIRS ? all : List.of(sorted.get(0), sorted.get(sorted.size() - 1));
        return (sorted.size() <= FEW_PAIRS ? "" : "nearest and farthest: ")
                + shown.stream()
                        .map(one -> String.format(Locale.ROOT, "%d to %d: %.0f ns", one.from(), one.to(), one.nanos()))
                        .collect(Collectors.joining(", "));
    }
}
