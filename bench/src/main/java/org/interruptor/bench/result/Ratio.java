package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;

/**
 * How many times another's value Interruptor's is, by the median of the rounds' ratios.
 *
 * @param other the other.
 * @param figure of which figure.
 * @param ratio the ratio; below 1 is better for times, above 1 for rates.
 */
public record Ratio(Contender other, Figure figure, double ratio) {

    /** Not allocations, nor what too few times tell, nor the slowest, which is one time. */
    private static boolean isComparable(Series series, Series other) {
        return series.figure() != Figure.ALLOCATED
                && series.figure() != Figure.MAX
                && series.isSupported()
                && other.isSupported();
    }

    /** The ratios of all figures that can be compared. */
    static List<Ratio> of(ContenderResult subject, ContenderResult other) {
        List<Ratio> ratios = new ArrayList<>();
        for (Series series : subject.figures()) {
            Optional<Series> others = other.figure(series.figure());
            if (others.isPresent() && isComparable(series, others.get())) {
                double ratio =
                        Statistics.medianRatio(series.samples(), others.get().samples());
                if (Double.isFinite(ratio)) {
                    ratios.add(new Ratio(other.engine(), series.figure(), ratio));
                }
            }
        }
        return ratios;
    }
}
