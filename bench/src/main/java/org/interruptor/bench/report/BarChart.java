package org.interruptor.bench.report;

import java.util.List;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.report.Svg.Anchor;
import org.interruptor.bench.report.Svg.Point;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.result.Series;
import org.interruptor.bench.trial.Figure;

/**
 * One figure of all contenders of a scenario: a bar for each, with its value behind it and a whisker from the least round to the
 * greatest.
 */
final class BarChart {
    private static final double NAMES = 182;
    private static final double BARS = 190;
    private static final double VALUES = 88;
    private static final double ROW = 28;
    private static final double BAR = 18;

    /** A whisker that is longer is cut off: one disturbed round must not squeeze all bars. */
    private static final double ROOM_FOR_WHISKERS = 1.15;

    private BarChart() {}

    static String of(ScenarioResult scenario, Figure figure) {
        List<ContenderResult> results = scenario.contenders();
        double most = results.stream()
                .map(result -> result.figure(figure))
                .flatMap(Optional::stream)
                .mapToDouble(Series::value)
                .max()
                .orElse(1);
        double scale = BARS / (most * ROOM_FOR_WHISKERS);
        Svg svg = new Svg(
                NAMES + BARS + VALUES,
                ROW * results.size() + 4,
                scenario.scenario().name() + ": " + figure.title() + " of each engine");
        for (int i = 0; i < results.size(); i++) {
            ContenderResult result = results.get(i);
            row(svg, result, result.figure(figure), scale, i * ROW);
        }
        svg.line(new Point(NAMES, 0), new Point(NAMES, ROW * results.size()), "axis");
        return svg.toString();
    }

    private static void row(Svg svg, ContenderResult result, Optional<Series> series, double scale, double top) {
        double middle = top + ROW / 2;
        Contender engine = result.engine();
        String style = engine == Contender.INTERRUPTOR ? "name subject" : "name";
        svg.text(new Point(NAMES - 8, middle + 4), Anchor.END, style, engine.title());
        if (series.isEmpty()) {
            svg.text(new Point(NAMES + 8, middle + 4), Anchor.START, "value", "refused");
            return;
        }
        Series values = series.get();
        double end = NAMES + values.value() * scale;
        svg.bar(
                new Point(NAMES, middle - BAR / 2),
                Math.max(1, end - NAMES),
                BAR,
                Legend.fill(engine),
                hint(engine, values));
        double least = NAMES + values.min() * scale;
        double most = Math.min(NAMES + BARS, NAMES + values.max() * scale);
        svg.line(new Point(least, middle), new Point(most, middle), "whisker");
        svg.text(
                new Point(Math.max(end, most) + 8, middle + 4),
                Anchor.START,
                "value",
                Units.format(values.figure(), values.value()));
    }

    private static String hint(Contender engine, Series values) {
        return engine.title() + ": median " + Units.format(values.figure(), values.value()) + ", rounds from "
                + Units.format(values.figure(), values.min()) + " to " + Units.format(values.figure(), values.max());
    }
}
