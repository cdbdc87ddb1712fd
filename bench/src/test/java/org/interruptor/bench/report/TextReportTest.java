package org.interruptor.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.Samples;
import org.interruptor.bench.trial.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReportTest {
    @Test
    void tablesShowEachKind() {
        assertThat(TextReport.of(Samples.ofAllKinds())).isEqualTo("""
                        One thread, a pair of inject and deliver (less is better)

                                       interruptor   lists  vs lists
                          pair-virtio      51.0 ns  102 ns     2.00×
                          backlog-0        61.0 ns
                          backlog-100      61.0 ns

                        Between threads, deliveries a second (more is better)

                                               interruptor     lists     mpmc  disruptor  vs lists
                          one-to-one-floating     9.00 M/s  2.50 M/s  refused   5.00 M/s     4.00×

                        Injection to delivery (less is better)

                                                         p50      p90      p99    p99.9     max
                          latency-spin  interruptor   100 µs   180 µs   198 µs   200 µs  200 µs
                                        lists         200 µs   360 µs   396 µs   400 µs  400 µs
                                        cache-line   50.0 µs  90.0 µs  99.0 µs  99.9 µs  100 µs

                        Lateness of the clock comparator (less is better)

                                                     p50      p90      p99    p99.9      max
                          deadline  interruptor  1.00 µs  1.80 µs  1.98 µs  2.00 µs  2.00 µs
                                    park-nanos   35.0 µs  63.0 µs  69.3 µs  70.0 µs  70.0 µs

                        A cache line from core to core

                                     cache-line
                          ping-pong     56.0 ns

                        NOT REPORTED

                          one-to-one-floating, mpmc: counts do not agree: 2 < 3 & more

                        """);
    }

    @Test
    void aDisturbedRunSaysSo() {
        Results quiet =
                Samples.of(Samples.scenario("ping-pong", Samples.contender(Contender.CACHE_LINE, Figure.ONE_WAY, 55)));
        Results disturbed = new Results(
                quiet.format(),
                quiet.version(),
                quiet.started(),
                quiet.seconds(),
                quiet.jvms(),
                1.25,
                quiet.environment(),
                quiet.scenarios());

        assertThat(TextReport.of(quiet)).doesNotContain("Others kept");
        assertThat(TextReport.of(disturbed)).contains("Others kept 1.3 of 2 cores busy meanwhile");
    }

    @Test
    void aComparisonNamesWhatChangedByMoreThanNoise() {
        Results before = Samples.of(Samples.scenario(
                "pair-virtio",
                Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52),
                Samples.contender(Contender.LISTS, Figure.PAIR, 100, 102, 104)));
        Results after = Samples.of(Samples.scenario(
                "pair-virtio",
                Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 70, 71, 72),
                Samples.contender(Contender.LISTS, Figure.PAIR, 101, 102, 103)));

        assertThat(TextReport.of(Comparison.of(before, after)))
                .contains("pair-virtio  interruptor  pair    51.0 ns  71.0 ns   +39 %   ±9 %  WORSE")
                .contains("1 of 4 figures changed by more than noise.")
                .contains("which have not changed, took +0 % time");
    }

    @ParameterizedTest
    @CsvSource({
        "PAIR, 0, 0 ns",
        "PAIR, 9.994, 9.99 ns",
        "PAIR, 51.04, 51.0 ns",
        "P50, 999.4, 999 ns",
        "P50, 1234, 1.23 µs",
        "MAX, 12345678, 12.3 ms",
        "MAX, 2e9, 2.00 s",
        "RATE, 512, 512/s",
        "RATE, 3.7e6, 3.70 M/s",
        "RATE, 75700, 75.7 k/s",
        "ALLOCATED, 0.4, 0 B",
        "ALLOCATED, 47.9, 48 B"
    })
    void valuesHaveUnitsAndThreeDigits(Figure figure, double value, String text) {
        assertThat(Units.format(figure, value)).isEqualTo(text);
    }
}
