package org.interruptor.tools.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.trial.Figure;

/** Times of one kind. */
final class Times {
    /** Of each column, the title. */
    static final List<String> HEADER = List.of("n", "p50", "p90", "p99", "p99.9", "max");

    private static final List<Figure> PERCENTILES =
            List.of(Figure.P50, Figure.P90, Figure.P99, Figure.P99_9, Figure.MAX);
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);
    private long sum;

    void add(long nanos) {
        histogram.recordValue(Math.max(0, nanos));
        sum += nanos;
    }

    /** All together, in nanoseconds. */
    long sum() {
        return sum;
    }

    /** Their number, and their percentiles; a dash where they are too few to tell one. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        cells.add(String.format(Locale.ROOT, "%,d", histogram.getTotalCount()));
        for (Figure figure : PERCENTILES) {
            boolean isKnown = figure.isSupportedBy(histogram.getTotalCount());
            cells.add(isKnown ? Timeline.span(histogram.getValueAtPercentile(figure.percentile())) : "-");
        }
        return cells;
    }
}
