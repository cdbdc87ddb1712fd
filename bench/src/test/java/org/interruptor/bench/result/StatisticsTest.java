package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7);
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median(List.of()));
    }

    @Test
    void oneDisturbedRoundMovesNeitherMedianNorError() {
        List<Double> quiet = List.of(10.0, 10.2, 9.8, 10.1, 9.9);
        List<Double> disturbed = List.of(10.0, 10.2, 9.8, 10.1, 9000.0);

        assertThat(Statistics.median(disturbed)).isCloseTo(Statistics.median(quiet), within(0.2));
        assertThat(Statistics.medianError(disturbed)).isCloseTo(Statistics.medianError(quiet), within(0.1));
    }

    /** Seed 3: samples of a normal distribution, whose medians scatter as the estimate says. */
    @Test
    void theErrorOfTheMedianIsHowFarMediansScatter() {
        Random random = new Random(3);
        List<Double> medians = new ArrayList<>();
        double estimate = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            List<Double> samples = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                samples.add(100 + 5 * random.nextGaussian());
            }
            medians.add(Statistics.median(samples));
            estimate += Statistics.medianError(samples) / runs;
        }
        double mean = medians.stream().mapToDouble(x -> x).average().orElseThrow();
        double scatter = Math.sqrt(medians.stream()
                .mapToDouble(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());

        assertThat(estimate).isCloseTo(scatter, within(0.15 * scatter));
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        // The machine was ten times slower in the second round; the ratio does not see it.
        assertThat(Statistics.medianRatio(List.of(1.0, 10.0, 1.0), List.of(2.0, 20.0, 2.0)))
                .isEqualTo(0.5);
        assertThat(Statistics.medianRatio(List.of(1.0), List.of(0.0))).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.medianRatio(List.of(1.0), List.of(1.0, 2.0)));
    }
}
