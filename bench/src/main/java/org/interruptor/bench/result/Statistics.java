package org.interruptor.bench.result;

import java.util.List;
import java.util.stream.IntStream;

/** The few statistics that the harness needs. All are robust: one disturbed round moves none of them far. */
public final class Statistics {
    private Statistics() {}

    /** The median of one value or more: of an even number the mean of the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a median of nothing");
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The median of the ratios, round by round: what the machine did to a round it did to both.
     *
     * @return how many times the other's value the one's is; NaN where the other's is 0.
     */
    public static double medianRatio(List<Double> one, List<Double> other) {
        if (one.size() != other.size()) {
            throw new IllegalArgumentException(
                    "ratios of " + one.size() + " rounds to " + other.size() + ": expected as many");
        }
        return median(IntStream.range(0, one.size())
                .mapToObj(i -> other.get(i) == 0 ? Double.NaN : one.get(i) / other.get(i))
                .toList());
    }
}
