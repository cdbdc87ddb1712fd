package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Simulated runs: how often chance alone makes a change, and how often a change is found. Two components vary. Most JVMs lay the
 * code out within 2 % of each other, and one in seven makes it some 6 % slower, as measured; rounds vary by 2 % more. A scenario
 * has two figures that go together, the time of a pair and the CPU time.
 */
class JudgementPowerTest {
    private static final long SEED = 20_261_128;
    private static final int COMPARISONS = 1000;
    private static final int SCENARIOS = 2;
    private static final int FIGURES = 4;
    private static final int ROUNDS = 5;
    private static final Family BUILDS = new Family(FIGURES, true);
    private static final Family RUNS = new Family(FIGURES, false);

    private final Random random = new Random(SEED);

    @BeforeAll
    static void tellTheSeed() {
        System.out.println("JudgementPowerTest: seed " + SEED);
    }

    private double layout() {
        double usual = 0.02 * random.nextGaussian();
        return random.nextInt(7) == 0 ? 0.06 + 0.06 * random.nextGaussian() : usual;
    }

    /** Both builds are laid out on their own. */
    private double difference() {
        double before = layout();
        return layout() - before;
    }

    private double[] jvms(int jvms, DoubleSupplier ofJvm, double change) {
        double[] rounds = new double[jvms * ROUNDS];
        for (int jvm = 0; jvm < jvms; jvm++) {
            double mean = change + ofJvm.getAsDouble();
            for (int round = 0; round < ROUNDS; round++) {
                rounds[jvm * ROUNDS + round] = mean + 0.02 * random.nextGaussian();
            }
        }
        return Logarithms.ofJvms(rounds, ROUNDS);
    }

    private double[] withCpu(double[] pairs) {
        return Arrays.stream(pairs)
                .map(pair -> pair + 0.003 * random.nextGaussian())
                .toArray();
    }

    private boolean isFound(Judgement judgement, double level) {
        return judgement.p() <= level && Math.abs(judgement.change()) >= Candidate.LEAST_CHANGE;
    }

    /** Whether a figure of two builds is found to have changed. */
    private boolean isBuildFound(int jvms, double change) {
        boolean isFound = false;
        for (int i = 0; i < SCENARIOS; i++) {
            double[] pairs = jvms(jvms, this::difference, change);
            for (double[] figure : new double[][] {pairs, withCpu(pairs)}) {
                isFound |= isFound(Judgement.ofPairs(figure, BUILDS.level()), BUILDS.level());
            }
        }
        return isFound;
    }

    private boolean isRunFound(int jvms, double change) {
        boolean isFound = false;
        for (int i = 0; i < SCENARIOS; i++) {
            double[] before = jvms(jvms, this::layout, 0);
            double[] after = jvms(jvms, this::layout, change);
            isFound |= isFound(Judgement.ofSamples(before, after, RUNS.level()), RUNS.level());
            isFound |= isFound(Judgement.ofSamples(withCpu(before), withCpu(after), RUNS.level()), RUNS.level());
        }
        return isFound;
    }

    private interface Draw {
        boolean isFound();
    }

    private static double share(Draw draw) {
        int found = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            found += draw.isFound() ? 1 : 0;
        }
        return (double) found / COMPARISONS;
    }

    @Test
    void theSameCodeDiffersInAtMostTwoOfAHundredComparisonsHoweverManyJvms() {
        for (int jvms : new int[] {9, 16, 40}) {
            assertThat(share(() -> isBuildFound(jvms, 0))).as("%d JVMs", jvms).isLessThanOrEqualTo(Family.FALSE_ALARMS);
        }
        for (int jvms : new int[] {6, 12, 24}) {
            assertThat(share(() -> isRunFound(jvms, 0))).as("%d JVMs", jvms).isLessThanOrEqualTo(Family.FALSE_ALARMS);
        }
    }

    @Test
    void aChangeOfFivePercentIsFoundByTheRecommendedNumberOfJvms() {
        assertThat(share(() -> isBuildFound(40, 0.05))).isGreaterThan(0.99);
        assertThat(share(() -> isRunFound(40, 0.05))).isGreaterThan(0.99);
    }

    /** A test without power would pass the others. */
    @Test
    void sixJvmsWouldHaveMissedIt() {
        assertThat(BUILDS.isEnough(Family.leastOfPairs(6))).isFalse();
        assertThat(share(() -> isBuildFound(9, 0.05))).isLessThan(0.7);
    }

    /** The promise of {@link Judgement#visible}, by the median of what is promised. */
    @Test
    void aVisibleChangeIsFoundInNineOfTenComparisons() {
        for (int jvms : new int[] {12, 24, 40}) {
            double[] promised = new double[COMPARISONS];
            Arrays.setAll(
                    promised,
                    i -> Judgement.ofPairs(jvms(jvms, this::difference, 0), BUILDS.level())
                            .visible());
            Arrays.sort(promised);
            double change = Math.log1p(promised[COMPARISONS / 2]);

            double found = share(() ->
                    isFound(Judgement.ofPairs(jvms(jvms, this::difference, change), BUILDS.level()), BUILDS.level()));

            assertThat(found).as("%d JVMs, %.3f", jvms, change).isGreaterThan(0.9);
        }
    }
}
