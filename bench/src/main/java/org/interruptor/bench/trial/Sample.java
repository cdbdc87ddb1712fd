package org.interruptor.bench.trial;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one round of a trial gave.
 *
 * @param figures each with its value.
 * @param histogram all times of a round that measures them one by one, in nanoseconds; else null.
 * @param injected interruptions that were accepted, or waits begun.
 * @param delivered how many of them arrived; the same number, or there would be no sample.
 * @param refused injections that were answered with full, and tried again.
 */
public record Sample(Map<Figure, Double> figures, Histogram histogram, long injected, long delivered, long refused) {

    /**
     * A sample of times: their percentiles are figures.
     *
     * @param more further figures.
     */
    public static Sample ofTimes(
            Histogram times, Map<Figure, Double> more, long injected, long delivered, long refused) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.putAll(more);
        for (Figure figure : Figure.values()) {
            if (figure.isPercentile()) {
                figures.put(figure, (double) times.getValueAtPercentile(figure.percentile()));
            }
        }
        return new Sample(figures, times, injected, delivered, refused);
    }
}
