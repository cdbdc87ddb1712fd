package org.interruptor.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.Samples;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
    @Test
    void tablesShowEachKind() {
        assertThat(TextReport.of(Samples.ofAllKinds())).isEqualTo("""
                        One thread, inject and deliver (less is better)

                                       interruptor   lists  vs lists  vs best other
                          pair-virtio      51.0 ns  102 ns     2.00×    2.00× lists
                          backlog-0        61.0 ns
                          backlog-100      61.0 ns

                        Between threads, deliveries per second (more is better)

                                               interruptor     lists     mpmc  disruptor  vs lists  vs best other
                          one-to-one-floating     9.00 M/s  2.50 M/s  refused   5.00 M/s     4.00×    4.00× lists

                        Injection to delivery (less is better)

                                                         n      p50      p90      p99  p99.9     max
                          latency-spin  interruptor  3,000   100 µs   180 µs   198 µs      -  200 µs
                                        lists        3,000   200 µs   360 µs   396 µs      -  400 µs
                                        cache-line   3,000  50.0 µs  90.0 µs  99.0 µs      -  100 µs

                        Delay of the clock comparator (less is better)

                                                     n      p50      p90      p99  p99.9      max
                          deadline  interruptor  3,000  1.00 µs  1.80 µs  1.98 µs      -  2.00 µs
                                    park-nanos   3,000  35.0 µs  63.0 µs  69.3 µs      -  70.0 µs

                        A cache line from core to core

                                     cache-line
                          ping-pong     56.0 ns

                        NOT REPORTED

                          one-to-one-floating, mpmc: counts do not agree: 2 < 3 & more

                        """);
    }

    @Test
    void whereABaselineWinsComesFirst() {
        Results results = Samples.of(
                Samples.scenario(
                        "pair-virtio",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52),
                        Samples.contender(Contender.LISTS, Figure.PAIR, 100, 102, 104),
                        Samples.contender(Contender.MPMC, Figure.PAIR, 25, 25.5, 26)),
                Samples.scenario(
                        "one-to-one-floating",
                        Samples.contender(Contender.INTERRUPTOR, Figure.RATE, 8e6, 8e6, 8e6),
                        Samples.contender(Contender.MPMC, Figure.RATE, 1e6, 1e6, 1e6),
                        Samples.contender(Contender.DISRUPTOR, Figure.RATE, 9e6, 9e6, 9e6)),
                Samples.scenario(
                        "latency-spin", Samples.times(Contender.INTERRUPTOR, 3), Samples.times(Contender.LISTS, 2)));

        assertThat(TextReport.of(results))
                .startsWith("Another engine is faster than Interruptor in: pair-virtio (mpmc, 2.00×),"
                        + " latency-spin p50 (lists, 1.50×), latency-spin p99 (lists, 1.50×).\n")
                .contains("vs lists  vs best other")
                .contains("2.00×     0.50× mpmc");
    }

    @Test
    void roundsInWhichCompilersWereAtWorkAreNamed() {
        Results results = Samples.of(Samples.scenario(
                "pair-virtio",
                ContenderResult.of(
                        Contender.INTERRUPTOR, List.of(new Sample(Map.of(Figure.PAIR, 50.0), null, 1, 1, 0)), 1)));

        assertThat(TextReport.of(results))
                .contains("The JVM's compilers were still working in some rounds; a longer --warmup may help:"
                        + " pair-virtio interruptor (1).");
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

        assertThat(TextReport.of(quiet)).doesNotContain("other processes");
        assertThat(TextReport.of(disturbed)).contains("Warning: other processes used 1.3 of 2 cores");
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

    @ParameterizedTest
    @ValueSource(ints = {80, 40, 20})
    void tablesFitTheTerminalAndSayWhatIsLeftOut(int columns) {
        Results results = Samples.ofAllKinds();
        List<String> rows = TextReport.of(results, columns)
                .lines()
                .filter(line -> line.startsWith("  ") && !line.startsWith("  (") && !line.contains(": "))
                .toList();

        assertThat(TextReport.of(results, 1000)).isEqualTo(TextReport.of(results));
        assertThat(rows).isNotEmpty().noneMatch(line -> line.length() > Math.max(columns, 40));
        assertThat(TextReport.of(results, 40)).contains("  (too wide here, see the report: ");
    }

    @Test
    void theLastColumnsAreLeftOutLast() {
        TextTable table = new TextTable(1, 2)
                .row(List.of("", "one", "two", "three", "best", "sum"))
                .row(List.of("name", "1", "2", "3", "4", "5"));

        assertThat(table.toString(25)).isEqualTo("""
                        one  best  sum
                  name    1     4    5
                  (too wide here, see the report: two, three)
                """);
        assertThat(table.toString(5)).startsWith("\n  name\n");
    }
}
