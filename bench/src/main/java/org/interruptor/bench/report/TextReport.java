package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Contender.Role;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Figure;

/** Results as tables of text. */
public final class TextReport {
    /** Percentiles of times, from the median to the slowest. */
    static final List<Figure> PERCENTILES =
            Arrays.stream(Figure.values()).filter(Figure::isPercentile).toList();

    /** What is said of results of a run that did not come to its end. */
    static final String INTERRUPTED = "Interrupted: only the rounds and scenarios measured before that are shown.";

    private TextReport() {}

    /** All tables, and what was refused. */
    public static String of(Results results) {
        return of(results, Integer.MAX_VALUE);
    }

    /**
     * The same for a terminal.
     *
     * @param columns its width: tables that are wider lose columns.
     */
    public static String of(Results results, int columns) {
        StringBuilder text = new StringBuilder(results.interrupted() ? INTERRUPTED + "\n\n" : "");
        BestOther.sentence(results).ifPresent(sentence -> text.append(sentence).append("\n\n"));
        append(
                text,
                columns,
                "One thread, inject and deliver (less is better)",
                byEngine(results, Kind.ONE_THREAD, Figure.PAIR));
        append(
                text,
                columns,
                "Between threads, deliveries per second (more is better)",
                byEngine(results, Kind.THROUGHPUT, Figure.RATE));
        append(text, columns, "Injection to delivery (less is better)", byPercentile(results, Kind.LATENCY));
        append(text, columns, "Delay of the clock comparator (less is better)", byPercentile(results, Kind.DEADLINE));
        append(text, columns, "A cache line from core to core", byEngine(results, Kind.PING_PONG, Figure.ONE_WAY));
        append(text, Integer.MAX_VALUE, "NOT REPORTED", refusals(results));
        if (results.isDisturbed()) {
            append(text, columns, "One thread, CPU time of a pair", byEngine(results, Kind.ONE_THREAD, Figure.CPU));
            text.append(disturbance(results)).append("\n\n");
        }
        compilers(results).ifPresent(sentence -> text.append(sentence).append("\n\n"));
        return text.toString();
    }

    /** A warning where others used the cores. */
    static String disturbance(Results results) {
        return String.format(
                Locale.ROOT,
                "Warning: other processes used %.1f of %d cores. Multi-thread and tail figures are unreliable.",
                results.otherCores(),
                results.environment().cores());
    }

    /** A warning where figures may be those of code that was not compiled yet. */
    static Optional<String> compilers(Results results) {
        List<String> restless = new ArrayList<>();
        for (ScenarioResult scenario : results.scenarios()) {
            for (ContenderResult result : scenario.contenders()) {
                if (result.restless() > 0) {
                    restless.add(scenario.scenario().name() + " "
                            + result.engine().label() + " (" + result.restless() + ")");
                }
            }
        }
        return restless.isEmpty()
                ? Optional.empty()
                : Optional.of("The JVM's compilers were still working in some rounds; a longer --warmup may help: "
                        + String.join(", ", restless) + ".");
    }

    private static void append(StringBuilder text, int columns, String title, Optional<TextTable> table) {
        table.ifPresent(rows ->
                text.append(title).append("\n\n").append(rows.toString(columns)).append('\n'));
    }

    private static List<ScenarioResult> ofKind(Results results, Kind kind) {
        return results.scenarios().stream()
                .filter(result -> result.scenario().kind() == kind)
                .toList();
    }

    /** A line for each scenario, a column for each engine, and how many times better than the first baseline. */
    private static Optional<TextTable> byEngine(Results results, Kind kind, Figure figure) {
        List<ScenarioResult> scenarios = ofKind(results, kind);
        List<Contender> engines = Arrays.stream(Contender.values())
                .filter(engine ->
                        scenarios.stream().anyMatch(one -> one.contender(engine).isPresent()))
                .toList();
        if (scenarios.isEmpty()) {
            return Optional.empty();
        }
        boolean compared = engines.contains(Contender.INTERRUPTOR)
                && engines.stream().anyMatch(engine -> engine.role() == Role.BASELINE);
        List<String> header = new ArrayList<>(List.of(""));
        engines.forEach(engine -> header.add(engine.label()));
        if (compared) {
            header.addAll(List.of("vs lists", "vs best other"));
        }
        TextTable table = new TextTable(1, compared ? 2 : 0).row(header);
        for (ScenarioResult scenario : scenarios) {
            List<String> row = new ArrayList<>(List.of(scenario.scenario().name()));
            for (Contender engine : engines) {
                row.add(scenario.contender(engine)
                        .map(one -> value(one, figure))
                        .orElse(""));
            }
            if (compared) {
                row.add(advantage(scenario, Contender.LISTS, figure)
                        .map(Units::times)
                        .orElse(""));
                row.add(BestOther.of(scenario, figure)
                        .map(best -> Units.times(best.advantage()) + " "
                                + best.engine().label())
                        .orElse(""));
            }
            table.row(row);
        }
        return Optional.of(table);
    }

    /** A figure with its unit, "refused", a dash where there are too few times to tell it, or nothing. */
    static String value(ContenderResult result, Figure figure) {
        return result.isRefused()
                ? "refused"
                : result.figure(figure)
                        .map(series -> series.isSupported() ? Units.format(figure, series.value()) : "-")
                        .orElse("");
    }

    /** How many times percentiles are of. */
    static String count(ContenderResult result) {
        return result.figure(Figure.P50)
                .map(series -> String.format(Locale.ROOT, "%,d", series.n()))
                .orElse("");
    }

    /** How many times better Interruptor is. */
    static Optional<Double> advantage(ScenarioResult scenario, Contender other, Figure figure) {
        return scenario.ratios().stream()
                .filter(ratio -> ratio.other() == other && ratio.figure() == figure)
                .map(BestOther::advantage)
                .findFirst();
    }

    /** A line for each scenario and engine, a column for each percentile. */
    private static Optional<TextTable> byPercentile(Results results, Kind kind) {
        List<ScenarioResult> scenarios = ofKind(results, kind);
        if (scenarios.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("", "", "n"));
        PERCENTILES.forEach(figure -> header.add(figure.label()));
        TextTable table = new TextTable(2).row(header);
        for (ScenarioResult scenario : scenarios) {
            String name = scenario.scenario().name();
            for (ContenderResult result : scenario.contenders()) {
                List<String> row = new ArrayList<>(List.of(name, result.engine().label(), count(result)));
                PERCENTILES.forEach(figure -> row.add(value(result, figure)));
                table.row(row);
                name = "";
            }
        }
        return Optional.of(table);
    }

    private static Optional<TextTable> refusals(Results results) {
        TextTable table = new TextTable(1);
        for (ScenarioResult scenario : results.scenarios()) {
            for (ContenderResult result : scenario.contenders()) {
                if (result.isRefused()) {
                    table.row(List.of(
                            scenario.scenario().name() + ", " + result.engine().label() + ": " + result.refusal()));
                }
            }
        }
        return results.isAnyRefused() ? Optional.of(table) : Optional.empty();
    }
}
