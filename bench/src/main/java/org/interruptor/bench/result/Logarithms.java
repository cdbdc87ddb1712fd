package org.interruptor.bench.result;

import java.util.Arrays;
import java.util.List;

/** Logarithms of samples: what makes all a part larger adds to each the same. */
final class Logarithms {
    /** Of a time that is shorter than the clock can tell, or a rate of nothing. */
    private static final double LEAST = 0.5;

    private Logarithms() {}

    static double of(double value) {
        return Math.log(Math.max(LEAST, value));
    }

    /** Each, less a number. */
    static double[] of(List<Double> values, double less) {
        return values.stream().mapToDouble(value -> of(value) - less).toArray();
    }

    /** Each, less that of the same round; or less nothing, where there are none. */
    static double[] of(List<Double> values, double[] less) {
        double[] logarithms = of(values, 0);
        for (int i = 0; i < Math.min(logarithms.length, less.length); i++) {
            logarithms[i] -= less[i];
        }
        return logarithms;
    }

    /**
     * A sample for each JVM, the median of its rounds.
     *
     * @param rounds of all JVMs, one after the other.
     * @param each how many each JVM has; the last has fewer if it was interrupted.
     */
    static double[] ofJvms(double[] rounds, int each) {
        double[] medians = new double[(rounds.length + each - 1) / each];
        for (int i = 0; i < medians.length; i++) {
            medians[i] = Statistics.median(Arrays.stream(rounds, i * each, Math.min(rounds.length, (i + 1) * each))
                    .boxed()
                    .toList());
        }
        return medians;
    }
}
