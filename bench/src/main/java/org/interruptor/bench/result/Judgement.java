package org.interruptor.bench.result;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * How much larger one set of samples is than another, and how sure that is. The tests are those of ranks: exact for few samples,
 * without an assumption how samples scatter, and no disturbed round moves them far.
 *
 * @param change by how much, as a part of the first: 0.1 is a tenth more. The median of all differences of logarithms.
 * @param low the least change that the samples allow, with the confidence 1 - {@link #ALPHA}.
 * @param high the greatest such change.
 * @param p how likely samples that differ at least so much are, if there is no change.
 */
public record Judgement(double change, double low, double high, double p) {
    /** A change is taken for one if chance makes one as large in so few cases. */
    public static final double ALPHA = 0.01;

    /** With fewer samples on each side, no difference is too large for chance, by {@link #ALPHA}. */
    public static final int LEAST_SAMPLES = 5;

    /** With fewer pairs, no difference is too large for chance. */
    public static final int LEAST_PAIRS = 8;

    /**
     * Judges samples that have nothing to do with each other, by Mann and Whitney's test.
     *
     * @param before logarithms, at least {@link #LEAST_SAMPLES} to be able to find a change.
     * @param after logarithms, as many or not.
     */
    static Judgement ofSamples(double[] before, double[] after) {
        double[] differences = Arrays.stream(before)
                .flatMap(one -> Arrays.stream(after).map(other -> other - one))
                .sorted()
                .toArray();
        return of(
                differences,
                shift -> MannWhitneyUTest.withDefaults()
                        .withMu(shift)
                        .test(after, before)
                        .getPValue());
    }

    /**
     * Judges differences of pairs, by Wilcoxon's signed-rank test.
     *
     * @param differences of logarithms, at least {@link #LEAST_PAIRS} to be able to find a change.
     */
    static Judgement ofPairs(double[] differences) {
        int count = differences.length;
        double[] means = new double[count * (count + 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int k = i; k < count; k++) {
                means[next++] = (differences[i] + differences[k]) / 2;
            }
        }
        Arrays.sort(means);
        return of(means, shift -> pOfPairs(differences, shift));
    }

    private static double pOfPairs(double[] differences, double shift) {
        // Differences of nothing are no pairs to the test, and it refuses to judge none.
        boolean isNothing = Arrays.stream(differences).allMatch(one -> one == shift);
        return isNothing
                ? 1
                : WilcoxonSignedRankTest.withDefaults()
                        .withMu(shift)
                        .test(differences)
                        .getPValue();
    }

    /**
     * The interval is of all shifts that the test does not refuse.
     *
     * @param shifts all at which the test's answer can change, sorted.
     * @param test the probability for a shift.
     */
    private static Judgement of(double[] shifts, DoubleUnaryOperator test) {
        int middle = shifts.length / 2;
        double change = shifts.length % 2 == 1 ? shifts[middle] : (shifts[middle - 1] + shifts[middle]) / 2;
        int low = 0;
        int high = middle;
        while (low < high) { // the first between which and the next the test does not refuse
            int at = (low + high) >>> 1;
            double between = (shifts[at] + shifts[Math.min(at + 1, shifts.length - 1)]) / 2;
            if (isRefused(test.applyAsDouble(between))) {
                low = at + 1;
            } else {
                high = at;
            }
        }
        double p = test.applyAsDouble(0);
        return new Judgement(
                Math.expm1(change),
                Math.expm1(shifts[low]),
                Math.expm1(shifts[shifts.length - 1 - low]),
                Double.isNaN(p) ? 1 : p);
    }

    private static boolean isRefused(double p) {
        return p <= ALPHA; // a NaN is no refusal
    }

    /** Whether chance does not make such a change. */
    boolean isSure() {
        return p <= ALPHA;
    }
}
