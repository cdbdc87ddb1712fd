package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.report.Svg.Anchor;
import org.interruptor.bench.report.Svg.Point;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.ScenarioResult;

/**
 * Times of all contenders of a scenario by percentile. Both axes are logarithmic: each step to the right is ten times rarer, each
 * step upwards ten times slower.
 */
final class PercentileChart {
    private static final double WIDTH = 540;
    private static final double HEIGHT = 310;
    private static final double LEFT = 62;
    private static final double RIGHT = WIDTH - 18;
    private static final double TOP = 12;
    private static final double BOTTOM = HEIGHT - 44;
    private static final int STEPS_PER_HALVING = 5;

    /** By the number of nines. */
    private static final Map<Double, String> TICKS = new TreeMap<>(Map.of(
            0.30103, "50 %",
            1.0, "90 %",
            2.0, "99 %",
            3.0, "99.9 %",
            4.0, "99.99 %",
            5.0, "99.999 %",
            6.0, "99.9999 %"));

    private PercentileChart() {}

    static String of(ScenarioResult scenario) {
        Map<Contender, Histogram> times = new TreeMap<>();
        for (ContenderResult result : scenario.contenders()) {
            result.histogram().ifPresent(histogram -> times.put(result.engine(), histogram));
        }
        if (times.isEmpty()) {
            return Html.element("p", "Failed validation: not shown.");
        }
        double least = times.values().stream()
                .mapToLong(Histogram::getMinNonZeroValue)
                .min()
                .orElse(1);
        double most =
                times.values().stream().mapToLong(Histogram::getMaxValue).max().orElse(1);
        double nines = times.values().stream()
                .mapToDouble(histogram -> Math.log10((double) histogram.getTotalCount()))
                .max()
                .orElse(1);
        LogScale y = new LogScale(Math.max(1, least), Math.max(10, most), BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, scenario.scenario().name() + ": times by percentile");
        grid(svg, y, nines);
        times.forEach((engine, histogram) -> curve(svg, engine, histogram, y, nines));
        return svg + Legend.of(List.copyOf(times.keySet()));
    }

    private static double x(double nines, double most) {
        return LEFT + Math.min(nines, most) / most * (RIGHT - LEFT);
    }

    private static void grid(Svg svg, LogScale y, double nines) {
        for (double decade : y.decades()) {
            svg.line(new Point(LEFT, y.at(decade)), new Point(RIGHT, y.at(decade)), "grid");
            svg.text(new Point(LEFT - 8, y.at(decade) + 4), Anchor.END, "tick", decadeLabel(decade));
        }
        TICKS.forEach((at, label) -> {
            if (at <= nines) {
                double x = x(at, nines);
                svg.line(new Point(x, TOP), new Point(x, BOTTOM), "grid");
                svg.text(new Point(x, BOTTOM + 17), Anchor.MIDDLE, "tick", label);
            }
        });
        svg.text(new Point((LEFT + RIGHT) / 2, HEIGHT - 6), Anchor.MIDDLE, "tick", "percentile");
    }

    /** 1 ns, 10 ns, 100 ns, 1 µs and so on. */
    static String decadeLabel(double nanos) {
        String[] units = {"ns", "µs", "ms", "s"};
        int exponent = (int) Math.round(Math.log10(nanos));
        int unit = Math.min(units.length - 1, Math.floorDiv(exponent, 3));
        return Math.round(Math.pow(10, exponent - 3.0 * unit)) + " " + units[unit];
    }

    private static void curve(Svg svg, Contender engine, Histogram histogram, LogScale y, double nines) {
        List<Point> points = new ArrayList<>();
        double most = Math.log10((double) histogram.getTotalCount());
        for (HistogramIterationValue value : histogram.percentiles(STEPS_PER_HALVING)) {
            double rarity = Math.min(most, -Math.log10(1 - value.getPercentileLevelIteratedTo() / 100));
            points.add(new Point(x(rarity, nines), y.at(Math.max(1.0, (double) value.getValueIteratedTo()))));
        }
        svg.curve(points, Legend.stroke(engine), engine.title());
        for (double percentile : new double[] {50, 99}) {
            double value = histogram.getValueAtPercentile(percentile);
            svg.dot(
                    new Point(x(-Math.log10(1 - percentile / 100), nines), y.at(Math.max(1, value))),
                    Legend.dot(engine),
                    engine.title() + ", p" + Math.round(percentile) + ": " + Units.time(value));
        }
    }
}
