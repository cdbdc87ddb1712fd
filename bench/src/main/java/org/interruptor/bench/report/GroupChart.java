package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.report.Svg.Anchor;
import org.interruptor.bench.report.Svg.Point;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.result.Series;
import org.interruptor.bench.trial.Figure;

/** The cost of a pair on one thread as one dimension of the load grows: a line for each contender, on a logarithmic axis. */
final class GroupChart {
    private static final double WIDTH = 540;
    private static final double HEIGHT = 300;
    private static final double LEFT = 62;
    private static final double RIGHT = WIDTH - 24;
    private static final double TOP = 12;
    private static final double BOTTOM = HEIGHT - 44;

    /** What grows, and how its axis is called. */
    private final ToIntFunction<Load> dimension;

    private final String title;

    private GroupChart(ToIntFunction<Load> dimension, String title) {
        this.dimension = dimension;
        this.title = title;
    }

    /** Of masked emergency signals in front. */
    static GroupChart backlog() {
        return new GroupChart(Load::backlog, "masked emergency signals queued before it");
    }

    /** Of vCPUs that wait with virtio masked. */
    static GroupChart maskedWaiters() {
        return new GroupChart(Load::maskedWaiters, "waiting vCPUs with virtio masked");
    }

    /**
     * Draws the chart.
     *
     * @param scenarios that differ in this dimension alone, at least one, in order.
     */
    String draw(List<ScenarioResult> scenarios) {
        List<Contender> engines = Arrays.stream(Contender.values())
                .filter(engine ->
                        scenarios.stream().anyMatch(one -> pair(one, engine).isPresent()))
                .toList();
        if (engines.isEmpty()) {
            return Html.element("p", "Failed validation: not shown.");
        }
        double[] values = scenarios.stream()
                .flatMap(scenario -> engines.stream().map(engine -> pair(scenario, engine)))
                .flatMap(Optional::stream)
                .mapToDouble(Series::value)
                .sorted()
                .toArray();
        LogScale y = new LogScale(values[0], values[values.length - 1], BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, "inject and deliver by " + title);
        for (double decade : y.decades()) {
            svg.line(new Point(LEFT, y.at(decade)), new Point(RIGHT, y.at(decade)), "grid");
            svg.text(new Point(LEFT - 8, y.at(decade) + 4), Anchor.END, "tick", PercentileChart.decadeLabel(decade));
        }
        for (int i = 0; i < scenarios.size(); i++) {
            String label = String.format(
                    Locale.ROOT,
                    "%,d",
                    dimension.applyAsInt(scenarios.get(i).scenario().load()));
            svg.text(new Point(x(i, scenarios.size()), BOTTOM + 17), Anchor.MIDDLE, "tick", label);
        }
        svg.text(new Point((LEFT + RIGHT) / 2, HEIGHT - 6), Anchor.MIDDLE, "tick", title);
        engines.forEach(engine -> curve(svg, scenarios, engine, y));
        return svg + Legend.of(engines);
    }

    private static Optional<Series> pair(ScenarioResult scenario, Contender engine) {
        return scenario.contender(engine).flatMap(result -> result.figure(Figure.PAIR));
    }

    private static double x(int index, int count) {
        double margin = 30;
        return count == 1 ? (LEFT + RIGHT) / 2 : LEFT + margin + (RIGHT - LEFT - 2 * margin) * index / (count - 1);
    }

    private void curve(Svg svg, List<ScenarioResult> scenarios, Contender engine, LogScale y) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            int index = i;
            pair(scenarios.get(i), engine)
                    .ifPresent(series -> points.add(new Point(x(index, scenarios.size()), y.at(series.value()))));
        }
        svg.curve(points, Legend.stroke(engine), engine.title());
        for (int i = 0; i < scenarios.size(); i++) {
            ScenarioResult scenario = scenarios.get(i);
            int index = i;
            pair(scenario, engine)
                    .ifPresent(series -> svg.dot(
                            new Point(x(index, scenarios.size()), y.at(series.value())),
                            Legend.dot(engine),
                            engine.title() + ", "
                                    + dimension.applyAsInt(scenario.scenario().load()) + " " + title + ": "
                                    + Units.time(series.value())));
        }
    }
}
