package org.interruptor.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.trial.Figure;

/**
 * One figure of one contender, of all rounds.
 *
 * @param figure what it is.
 * @param unit its unit.
 * @param value what is reported: of a percentile, that of the times of all rounds together; else the median of the rounds. So
 *     the slowest is the slowest of all.
 * @param n of a percentile, from how many times; else the number of rounds.
 * @param min the least round.
 * @param max the greatest round.
 * @param samples one for each round, in order.
 */
public record Series(Figure figure, String unit, double value, long n, double min, double max, List<Double> samples) {

    /** Copies the samples. */
    public Series {
        samples = List.copyOf(samples);
    }

    /**
     * A series of samples, one or more.
     *
     * @param times all times of all rounds, if the figure is a percentile; else it is not looked at.
     */
    static Series of(Figure figure, List<Double> samples, Histogram times) {
        boolean isPercentile = figure.isPercentile() && times != null;
        return new Series(
                figure,
                figure.unit(),
                isPercentile ? times.getValueAtPercentile(figure.percentile()) : Statistics.median(samples),
                isPercentile ? times.getTotalCount() : samples.size(),
                samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                samples);
    }

    /** Whether there are enough times to tell the percentile. */
    @JsonIgnore
    public boolean isSupported() {
        return figure.isSupportedBy(n);
    }

    /** Whether there are enough times in each round to tell the percentile of the round. */
    @JsonIgnore
    public boolean isSupportedByRounds() {
        return figure.isSupportedBy(figure.isPercentile() ? n / samples.size() : n);
    }
}
