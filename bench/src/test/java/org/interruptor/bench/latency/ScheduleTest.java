package org.interruptor.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SEED = 42;

    private static long[] times(Schedule schedule, int count) {
        return LongStream.range(0, count).map(i -> schedule.next()).toArray();
    }

    @Test
    void constantGapsAddUpNoError() {
        long[] times = times(new Schedule(3, Arrivals.CONSTANT, 0, 1, SEED), 3_000_000);

        assertThat(times[2]).isEqualTo(1_000_000_000L);
        assertThat(times[2_999_999]).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void constantGapsOfSeveralInjectorsInterleave() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (long time : times(new Schedule(1000, Arrivals.CONSTANT, i, 4, SEED), 100)) {
                all.add(time);
            }
        }

        List<Long> sorted = all.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - 1)).isEqualTo(1_000_000);
        }
    }

    @Test
    void poissonArrivalsHaveTheRateAndTheSpreadOfExponentialGaps() {
        int count = 200_000;
        long[] times = times(new Schedule(20_000, Arrivals.POISSON, 0, 1, SEED), count);

        double mean = times[count - 1] / (double) count;
        double squares = 0;
        for (int i = 1; i < count; i++) {
            squares += Math.pow(times[i] - times[i - 1] - mean, 2);
        }
        assertThat(mean).isCloseTo(50_000, within(500.0));
        assertThat(Math.sqrt(squares / count)).isCloseTo(mean, within(1000.0));
        assertThat(times).isSorted();
    }

    @Test
    void aScheduleIsItsSeedsAndItsInjectorsOwn() {
        assertThat(times(new Schedule(100, Arrivals.POISSON, 1, 2, SEED), 50))
                .isEqualTo(times(new Schedule(100, Arrivals.POISSON, 1, 2, SEED), 50))
                .isNotEqualTo(times(new Schedule(100, Arrivals.POISSON, 0, 2, SEED), 50));
    }
}
