package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {
    /** With n pairs 2/2^n, with n samples on each side 2 of the (2n)!/(n!)^2 orders: at most 0.02 divided by the figures. */
    @ParameterizedTest
    @CsvSource({"1, 7, 5", "2, 8, 5", "4, 9, 6", "6, 10, 6", "60, 13, 8"})
    void moreFiguresNeedMoreJvms(int figures, int paired, int ofTwoRuns) {
        assertThat(new Family(figures, true).neededJvms()).isEqualTo(paired);
        assertThat(new Family(figures, false).neededJvms()).isEqualTo(ofTwoRuns);
    }

    @Test
    void theLeastProbabilitiesAreThoseOfTheTests() {
        double[] five = {1, 2.1, 3.3, 4.6, 5.9};
        double[] six = {11, 12.1, 13.3, 14.6, 15.9, 17.7};

        assertThat(Judgement.ofPairs(six, 0.01).p()).isCloseTo(Family.leastOfPairs(6), within(1e-12));
        assertThat(Judgement.ofSamples(five, six, 0.01).p()).isCloseTo(Family.leastOfSamples(5, 6), within(1e-12));
    }

    @Test
    void nothingToJudgeNeedsNoMoreThanOneFigure() {
        assertThat(new Family(0, true).neededJvms()).isEqualTo(7);
    }
}
