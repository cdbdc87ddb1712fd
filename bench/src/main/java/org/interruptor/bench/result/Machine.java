package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;

/**
 * What the machine did to one figure in two runs, round by round, told by those contenders that have not changed: logarithms of
 * how many times its usual value the figure was. Where there are several, the median of them, so that what one of them has of
 * its own does not count.
 */
final class Machine {
    private final double[] before;
    private final double[] after;

    private Machine(double[] before, double[] after) {
        this.before = before;
        this.after = after;
    }

    /** One for each round of the earlier run; none if nobody tells. */
    double[] before() {
        return before;
    }

    /** One for each round of the later run; none if nobody tells. */
    double[] after() {
        return after;
    }

    /** Tells it by these contenders, which both runs have; by none, the machine does nothing. */
    static Machine of(Figure figure, ScenarioResult earlier, ScenarioResult later, List<Contender> unchanged) {
        List<double[]> before = new ArrayList<>();
        List<double[]> after = new ArrayList<>();
        for (Contender contender : unchanged) {
            List<Double> old = samples(earlier, contender, figure);
            List<Double> now = samples(later, contender, figure);
            if (!old.isEmpty() && !now.isEmpty()) {
                double usual = Statistics.median(Stream.concat(old.stream(), now.stream())
                        .map(Logarithms::of)
                        .toList());
                before.add(Logarithms.of(old, usual));
                after.add(Logarithms.of(now, usual));
            }
        }
        return new Machine(medians(before), medians(after));
    }

    private static List<Double> samples(ScenarioResult scenario, Contender contender, Figure figure) {
        return scenario.contender(contender)
                .flatMap(result -> result.figure(figure))
                .map(Series::samples)
                .orElse(List.of());
    }

    private static double[] medians(List<double[]> contenders) {
        int rounds = contenders.stream().mapToInt(one -> one.length).min().orElse(0);
        double[] medians = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            int round = i;
            medians[i] =
                    Statistics.median(contenders.stream().map(one -> one[round]).toList());
        }
        return medians;
    }

    /** The logarithm of how many times its value before the figure's value is after. */
    double drift() {
        return median(after) - median(before);
    }

    private static double median(double[] values) {
        return values.length == 0
                ? 0
                : Statistics.median(java.util.Arrays.stream(values).boxed().toList());
    }
}
