package org.interruptor.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.Change;
import org.interruptor.bench.result.Change.Verdict;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.result.Series;
import org.interruptor.bench.trial.Figure;

/** One page with everything in it: no script, no font and no picture comes from elsewhere. */
public final class HtmlReport {
    private static final String BACKLOG = "backlog";
    private static final String MASKED_WAITERS = "masked-waiters";

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Results results) {
        this.results = results;
    }

    /**
     * The page.
     *
     * @param comparisons with an earlier run, or an earlier build, if there are any.
     */
    public static String of(Results results, List<Comparison> comparisons) {
        HtmlReport report = new HtmlReport(results);
        report.head();
        report.disturbance();
        report.refusals();
        report.warning(BestOther.sentence(results));
        report.page.append(Tiles.of(results));
        comparisons.forEach(report::comparison);
        report.cards(
                "One thread",
                "An injection and its delivery on one thread. Less is better.",
                report::isPair,
                report::pair);
        report.group(BACKLOG, "Behind a masked backlog", GroupChart.backlog());
        report.group(MASKED_WAITERS, "With other vCPUs that wait and have virtio masked", GroupChart.maskedWaiters());
        report.cards(
                "Between threads",
                "Deliveries per second, until all accepted interruptions have arrived. More is better.",
                scenario -> scenario.scenario().kind() == Kind.THROUGHPUT,
                scenario -> BarChart.of(scenario, Figure.RATE));
        report.cards(
                "Injection to delivery",
                "From the intended time of an injection, so a stall counts for all interruptions that it delays. Lower is"
                        + " better. Curve and table contain the n times of all rounds. A dash means that fewer than ten times"
                        + " are slower.",
                scenario -> scenario.scenario().kind() == Kind.LATENCY,
                HtmlReport::percentiles);
        report.cards(
                "Clock comparator",
                "The delay of the interruption for a guest that waits for it.",
                scenario -> scenario.scenario().kind() == Kind.DEADLINE,
                HtmlReport::percentiles);
        report.cards(
                "The machine",
                "Lower bounds for every engine.",
                scenario -> scenario.scenario().kind() == Kind.PING_PONG,
                scenario -> BarChart.of(scenario, Figure.ONE_WAY));
        report.figures();
        report.page.append(HtmlNotes.of(results));
        report.page.append("</main></body></html>\n");
        return report.page.toString();
    }

    private void head() {
        Environment environment = results.environment();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
                .append("<title>Interruptor bench, ")
                .append(Html.escape(results.started()))
                .append("</title>\n<style>\n")
                .append(styleSheet())
                .append("</style></head><body><main>\n<h1>Interruptor bench</h1>\n")
                .append("<p class=\"lead\">")
                .append(Html.escape(String.format(
                        Locale.ROOT,
                        "%s · %.0f s, %d %s · JDK %s · %d cores, %s",
                        results.started(),
                        results.seconds(),
                        results.jvms(),
                        results.jvms() == 1 ? "JVM" : "JVMs",
                        environment.jdk(),
                        environment.cores(),
                        environment.cpu())))
                .append("</p>\n");
    }

    private static String styleSheet() {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void section(String title, String explanation) {
        page.append(Html.element("h2", title)).append('\n');
        if (!explanation.isEmpty()) {
            page.append(Html.element("p", explanation)).append('\n');
        }
    }

    private void disturbance() {
        if (results.interrupted()) {
            page.append(Html.element("p", TextReport.INTERRUPTED)).append('\n');
        }
        if (results.isDisturbed()) {
            warning(Optional.of(TextReport.disturbance(results)));
        }
        warning(TextReport.compilers(results));
    }

    private void warning(Optional<String> sentence) {
        sentence.ifPresent(text ->
                page.append("<p class=\"warning\">").append(Html.escape(text)).append("</p>\n"));
    }

    private void refusals() {
        if (!results.isAnyRefused()) {
            return;
        }
        page.append("<section class=\"refused\">");
        section("Not reported", "These measurements failed validation and are not used below.");
        List<List<String>> reasons = new ArrayList<>();
        for (ScenarioResult scenario : results.scenarios()) {
            for (ContenderResult result : scenario.contenders()) {
                if (result.isRefused()) {
                    reasons.add(List.of(
                            scenario.scenario().name() + ", " + result.engine().title(), result.refusal()));
                }
            }
        }
        page.append(Html.definitions(reasons)).append("</section>\n");
    }

    private void comparison(Comparison comparison) {
        page.append(Html.element("h2", "Compared with " + comparison.title()));
        ComparisonText.sentences(comparison).forEach(sentence -> page.append(Html.element("p", sentence)));
        List<Change> significant = comparison.significant();
        if (!significant.isEmpty()) {
            HtmlTable table = new HtmlTable(ComparisonText.HEADER);
            significant.forEach(change -> table.row(
                    change.verdict() == Verdict.BETTER ? "better" : "worse",
                    ComparisonText.row(change, change.figure().title())));
            page.append(table);
        }
        if (!comparison.unchanged().isEmpty()) {
            HtmlTable table = new HtmlTable(ComparisonText.HEADER);
            comparison
                    .unchanged()
                    .forEach(change -> table.row(
                            "", ComparisonText.row(change, change.figure().title())));
            page.append("<details><summary>")
                    .append(comparison.unchanged().size())
                    .append(" without a change</summary>")
                    .append(table)
                    .append("</details>\n");
        }
    }

    private boolean isPair(ScenarioResult scenario) {
        return scenario.scenario().kind() == Kind.ONE_THREAD
                && !List.of(BACKLOG, MASKED_WAITERS)
                        .contains(scenario.scenario().group());
    }

    private String pair(ScenarioResult scenario) {
        return BarChart.of(scenario, Figure.PAIR);
    }

    private void cards(
            String title, String explanation, Predicate<ScenarioResult> which, Function<ScenarioResult, String> chart) {
        List<ScenarioResult> chosen = results.scenarios().stream().filter(which).toList();
        if (chosen.isEmpty()) {
            return;
        }
        section(title, explanation);
        page.append("<div class=\"cards\">");
        for (ScenarioResult scenario : chosen) {
            page.append("<figure><figcaption>")
                    .append(Html.element("h3", scenario.scenario().name()))
                    .append(Html.element("p", scenario.scenario().meaning()))
                    .append("</figcaption>")
                    .append(chart.apply(scenario))
                    .append(Html.element("small", describe(scenario)))
                    .append("</figure>\n");
        }
        page.append("</div>\n");
    }

    private static String percentiles(ScenarioResult scenario) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", "n"));
        TextReport.PERCENTILES.forEach(figure -> head.add(figure.title()));
        rows.add(head);
        for (ContenderResult result : scenario.contenders()) {
            List<String> row = new ArrayList<>(List.of(result.engine().title(), TextReport.count(result)));
            TextReport.PERCENTILES.forEach(figure -> row.add(TextReport.value(result, figure)));
            rows.add(row);
        }
        return PercentileChart.of(scenario) + Html.table(rows);
    }

    private void group(String name, String title, GroupChart chart) {
        List<ScenarioResult> chosen = results.scenarios().stream()
                .filter(scenario -> scenario.scenario().group().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            return;
        }
        section(title, chosen.get(0).scenario().meaning() + " Less is better; a flat line is best.");
        page.append("<div class=\"cards\"><figure>")
                .append(chart.draw(chosen))
                .append(Html.element("small", describe(chosen.get(0))))
                .append("</figure></div>\n");
    }

    private String describe(ScenarioResult result) {
        Load load = result.scenario().load();
        Timing timing = result.timing();
        String rounds = String.format(
                Locale.ROOT,
                "%d rounds of %d ms%s",
                timing.rounds(),
                timing.roundMillis(),
                results.jvms() == 1 ? "" : " in each of " + results.jvms() + " JVMs");
        return switch (result.scenario().kind()) {
            case PING_PONG -> rounds;
            case DEADLINE -> "wait: " + load.waitMode() + " · " + rounds;
            case ONE_THREAD -> "mix: " + load.mix() + " · " + rounds;
            case THROUGHPUT, LATENCY ->
                "mix: " + load.mix() + " · injectors: " + load.injectors() + " · vCPUs: " + load.vcpus() + " · wait: "
                        + load.waitMode() + " · " + load.pacing().describe() + " · " + rounds;
        };
    }

    private void figures() {
        section(
                "All figures",
                "Medians of the rounds, percentiles of all rounds together, and the lowest and highest round. The ratio is"
                        + " Interruptor's value divided by the value of the row's engine: the median of the rounds' ratios.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "engine", "figure", "value", "n", "least", "greatest", "ratio", "delivered"));
        for (ScenarioResult scenario : results.scenarios()) {
            for (ContenderResult result : scenario.contenders()) {
                for (Series series : result.figures()) {
                    rows.add(List.of(
                            scenario.scenario().name(),
                            result.engine().title(),
                            series.figure().title(),
                            TextReport.value(result, series.figure()),
                            String.format(Locale.ROOT, "%,d", series.n()),
                            Units.format(series.figure(), series.min()),
                            Units.format(series.figure(), series.max()),
                            ratio(scenario, result.engine(), series.figure()),
                            String.format(Locale.ROOT, "%,d", result.delivered())));
                }
            }
        }
        page.append("<details><summary>")
                .append(rows.size() - 1)
                .append(" figures</summary>")
                .append(Html.table(rows))
                .append("</details>\n");
    }

    private static String ratio(ScenarioResult scenario, Contender engine, Figure figure) {
        return scenario.ratios().stream()
                .filter(ratio -> ratio.other() == engine && ratio.figure() == figure)
                .map(ratio -> Units.times(ratio.ratio()))
                .findFirst()
                .orElse("");
    }
}
