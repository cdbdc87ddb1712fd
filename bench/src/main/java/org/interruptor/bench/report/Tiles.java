package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.result.Series;
import org.interruptor.bench.trial.Figure;

/** The few figures that one looks for first, each with what it is to be compared with. */
final class Tiles {
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Tiles(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        Tiles tiles = new Tiles(results);
        tiles.add("pair-emergency", Figure.PAIR, "emergency, inject + deliver", Contender.LISTS);
        tiles.add("pair-virtio", Figure.PAIR, "virtio, inject + deliver", Contender.LISTS);
        tiles.add("one-to-one-local", Figure.RATE, "one to one, local", Contender.LISTS);
        tiles.add("one-to-one-floating", Figure.RATE, "one to one, floating", Contender.LISTS);
        tiles.add("latency-spin", Figure.P50, "to a spinning vCPU, p50", Contender.CACHE_LINE);
        tiles.add("latency-park", Figure.P50, "to a parked vCPU, p50", Contender.UNPARK);
        tiles.add("deadline", Figure.P50, "clock comparator late, p50", Contender.PARK_NANOS);
        tiles.allocation();
        return tiles.text.isEmpty() ? "" : "<div class=\"tiles\">" + tiles.text + "</div>\n";
    }

    private void add(String name, Figure figure, String title, Contender other) {
        results.scenario(name)
                .ifPresent(scenario -> scenario.contender(Contender.INTERRUPTOR)
                        .ifPresent(result -> tile(
                                title,
                                TextReport.value(result, figure),
                                versus(scenario, figure, other),
                                caveats(scenario, result, figure))));
    }

    /** What is to be known before one believes the figure. */
    private static String caveats(ScenarioResult scenario, ContenderResult result, Figure figure) {
        List<String> caveats = new ArrayList<>();
        if (figure.isPercentile() && !result.isRefused()) {
            caveats.add("n = " + TextReport.count(result));
        }
        if (scenario.isDisturbed()) {
            caveats.add(String.format(Locale.ROOT, "other processes used %.1f cores", scenario.otherCores()));
        }
        if (result.restless() > 0) {
            caveats.add("compilers were at work");
        }
        return String.join(", ", caveats);
    }

    private static String versus(ScenarioResult scenario, Figure figure, Contender other) {
        String usual = TextReport.advantage(scenario, other, figure)
                .map(advantage -> compare(advantage, figure.isMoreBetter()) + other.title())
                .orElse("");
        String best = BestOther.of(scenario, figure)
                .filter(one -> one.engine() != other)
                .map(one -> compare(one.advantage(), figure.isMoreBetter())
                        + one.engine().title() + ", the best other")
                .orElse("");
        return usual + (usual.isEmpty() || best.isEmpty() ? "" : "; ") + best;
    }

    private static String compare(double advantage, boolean isRate) {
        if (isRate) {
            return Units.times(advantage) + " the rate of ";
        }
        return advantage >= 1 ? Units.times(advantage) + " faster than " : Units.times(1 / advantage) + " the time of ";
    }

    private void allocation() {
        OptionalDouble most = results.scenarios().stream()
                .flatMap(scenario -> scenario.contender(Contender.INTERRUPTOR).stream())
                .map((ContenderResult result) -> result.figure(Figure.ALLOCATED))
                .flatMap(java.util.Optional::stream)
                .mapToDouble(Series::value)
                .max();
        most.ifPresent(
                bytes -> tile("allocated for each, at most", Units.bytes(bytes), "all scenarios of this run", ""));
    }

    private void tile(String title, String value, String comment, String caveats) {
        text.append("<div class=\"tile\"><span class=\"what\">")
                .append(Html.escape(title))
                .append("</span><span class=\"much\">")
                .append(Html.escape(value))
                .append("</span><span class=\"than\">")
                .append(Html.escape(comment))
                .append("</span>");
        if (!caveats.isEmpty()) {
            text.append("<span class=\"but\">").append(Html.escape(caveats)).append("</span>");
        }
        text.append("</div>");
    }
}
