package org.interruptor.bench.result;

import java.util.List;
import java.util.stream.Stream;
import org.interruptor.bench.trial.Figure;

/**
 * One figure of one contender, of all rounds.
 *
 * @param figure what it is.
 * @param unit its unit.
 * @param median of the samples.
 * @param min the least.
 * @param max the most.
 * @param samples one for each round, in order.
 */
public record Series(Figure figure, String unit, double median, double min, double max, List<Double> samples) {

    /** Copies the samples. */
    public Series {
        samples = List.copyOf(samples);
    }

    /** A series of samples, one or more. */
    public static Series of(Figure figure, List<Double> samples) {
        return new Series(
                figure,
                figure.unit(),
                Statistics.median(samples),
                samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                samples);
    }

    /** What is reported: the median; of the slowest, the slowest of all rounds. */
    public double value() {
        return figure == Figure.MAX ? max : median;
    }

    /** This one and what another JVM measured of the same. */
    Series and(Series other) {
        return of(
                figure, Stream.concat(samples.stream(), other.samples.stream()).toList());
    }
}
