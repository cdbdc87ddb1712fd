package org.interruptor.bench.result;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * How much larger one set of samples is than another, and how sure that is. The tests are those of ranks: exact for few samples,
 * without an assumption how samples scatter, and no disturbed sample moves them far. The change is the estimate of Hodges and
 * Lehmann, and the interval has all changes that the test does not refuse.
 *
 * @param change by how much, as a part of the first: 0.1 is a tenth more. The median of all differences of logarithms.
 * @param low the least change that the samples allow, with the confidence 1 - level.
 * @param high the greatest such change.
 * @param p how likely samples that differ at least so much are, if there is no change.
 * @param visible a change of this size, or greater, is found in nine of ten such comparisons or more.
 */
public record Judgement(double change, double low, double high, double p, double visible) {
    /**
     * Judges samples that have nothing to do with each other, by Mann and Whitney's test.
     *
     * @param before logarithms.
     * @param after logarithms, as many or not.
     * @param level a change is sure if p is at most this.
     */
    static Judgement ofSamples(double[] before, double[] after, double level) {
        double[] differences = Arrays.stream(before)
                .flatMap(one -> Arrays.stream(after).map(other -> other - one))
                .sorted()
                .toArray();
        return of(
                differences,
                level,
                shift -> MannWhitneyUTest.withDefaults()
                        .withMu(shift)
                        .test(after, before)
                        .getPValue());
    }

    /**
     * Judges differences of pairs, by Wilcoxon's signed-rank test.
     *
     * @param differences of logarithms.
     * @param level a change is sure if p is at most this.
     */
    static Judgement ofPairs(double[] differences, double level) {
        int count = differences.length;
        double[] means = new double[count * (count + 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int k = i; k < count; k++) {
                means[next++] = (differences[i] + differences[k]) / 2;
            }
        }
        Arrays.sort(means);
        return of(means, level, shift -> pOfPairs(differences, shift));
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
    private static Judgement of(double[] shifts, double level, DoubleUnaryOperator test) {
        int middle = shifts.length / 2;
        double change = shifts.length % 2 == 1 ? shifts[middle] : (shifts[middle - 1] + shifts[middle]) / 2;
        int low = 0;
        int high = middle;
        while (low < high) { // the first between which and the next the test does not refuse
            int at = (low + high) >>> 1;
            double between = (shifts[at] + shifts[Math.min(at + 1, shifts.length - 1)]) / 2;
            if (test.applyAsDouble(between) <= level) { // a NaN is no refusal
                low = at + 1;
            } else {
                high = at;
            }
        }
        double least = shifts[low];
        double most = shifts[shifts.length - 1 - low];
        double p = test.applyAsDouble(0);
        return new Judgement(
                Math.expm1(change),
                Math.expm1(least),
                Math.expm1(most),
                Double.isNaN(p) ? 1 : p,
                visible((most - least) / 2));
    }

    /**
     * A change is found if its estimate is farther from nothing than half of the interval reaches, and not below the least change
     * that counts. The estimate misses the true change by half of the interval in one of ten cases or fewer, as simulations show:
     * seldom by far where samples scatter normally and there are many, and nearly so often where some are far from the others.
     *
     * @param reach half of the interval, of logarithms.
     */
    private static double visible(double reach) {
        return Math.expm1(reach + Math.max(reach, Math.log1p(Candidate.LEAST_CHANGE)));
    }
}
