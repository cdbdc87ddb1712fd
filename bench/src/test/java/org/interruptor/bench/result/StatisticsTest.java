package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
    void ratiosAreTakenRoundByRound() {
        // The machine was ten times slower in the second round; the ratio does not see it.
        assertThat(Statistics.medianRatio(List.of(1.0, 10.0, 1.0), List.of(2.0, 20.0, 2.0)))
                .isEqualTo(0.5);
        assertThat(Statistics.medianRatio(List.of(1.0), List.of(0.0))).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.medianRatio(List.of(1.0), List.of(1.0, 2.0)));
    }
}
