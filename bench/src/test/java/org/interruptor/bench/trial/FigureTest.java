package org.interruptor.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    /** Ten times have to be slower than the percentile. */
    @ParameterizedTest
    @CsvSource({
        "P50, 19, false",
        "P50, 20, true",
        "P90, 99, false",
        "P90, 100, true",
        "P99, 999, false",
        "P99, 1000, true",
        "P99_9, 9999, false",
        "P99_9, 10000, true",
        "MAX, 1, true",
        "PAIR, 1, true"
    })
    void aPercentileNeedsTimesThatAreSlower(Figure figure, long times, boolean isSupported) {
        assertThat(figure.isSupportedBy(times)).isEqualTo(isSupported);
    }
}
