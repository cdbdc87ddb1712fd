package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.result.Comparison.Change;
import org.interruptor.bench.result.Comparison.Verdict;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Results pairs(double... values) {
        return Samples.of(
                Samples.scenario("pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, values)));
    }

    private static Results rates(double... values) {
        return Samples.of(
                Samples.scenario("one-to-one-local", Samples.contender(Contender.INTERRUPTOR, Figure.RATE, values)));
    }

    private static Change only(Comparison comparison) {
        return comparison.changes().stream()
                .filter(change -> change.figure() != Figure.ALLOCATED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTimeThatGrewBeyondNoiseIsWorseAndOneThatShrankIsBetter() {
        Change worse = only(Comparison.of(pairs(50, 51, 49, 50, 50), pairs(60, 61, 59, 60, 60)));
        Change better = only(Comparison.of(pairs(60, 61, 59, 60, 60), pairs(50, 51, 49, 50, 50)));

        assertThat(worse.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(worse.relative()).isCloseTo(0.2, within(1e-9));
        assertThat(better.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void aRateThatGrewIsBetter() {
        assertThat(only(Comparison.of(rates(4e6, 4e6, 4e6), rates(5e6, 5e6, 5e6)))
                        .verdict())
                .isEqualTo(Verdict.BETTER);
        assertThat(only(Comparison.of(rates(5e6, 5e6, 5e6), rates(4e6, 4e6, 4e6)))
                        .verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void whatTheRoundsThemselvesDifferByIsNoise() {
        Change noisy = only(Comparison.of(pairs(50, 70, 30, 90, 60), pairs(60, 80, 40, 100, 70)));

        assertThat(noisy.verdict()).isEqualTo(Verdict.SAME);
        assertThat(noisy.noise()).isGreaterThan(0.2);
    }

    @Test
    void twoRunsThatScatterByNothingMayStillDifferALittle() {
        assertThat(only(Comparison.of(pairs(50, 50, 50), pairs(52, 52, 52))).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(only(Comparison.of(pairs(50, 50, 50), pairs(53, 53, 53))).verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void fewerThanThreeRoundsSayNothing() {
        assertThat(only(Comparison.of(pairs(50, 50), pairs(500, 500, 500))).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void oneByteMoreForEachIsWorseHoweverFewRounds() {
        Comparison comparison = Comparison.of(allocating(0.01), allocating(48));

        assertThat(comparison.significant()).extracting(Change::verdict).containsExactly(Verdict.WORSE);
        assertThat(Comparison.of(allocating(0.01), allocating(0.4)).significant())
                .isEmpty();
    }

    private static Results allocating(double bytes) {
        Sample sample = new Sample(Map.of(Figure.ALLOCATED, bytes), null, 1, 1, 0);
        return Samples.of(Samples.scenario("pair-virtio", ContenderResult.of(Contender.INTERRUPTOR, List.of(sample))));
    }

    @Test
    void scenariosWithDifferentLoadsAreNotCompared() {
        ScenarioResult usual =
                Samples.scenario("pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 50, 50));
        Load other = Load.builder().mix(Mix.of(Signal.SERVICE)).build();
        ScenarioResult changed =
                new ScenarioResult(usual.scenario().with(other), usual.timing(), usual.contenders(), usual.ratios());

        Comparison comparison = Comparison.of(Samples.of(usual), Samples.of(changed));

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.incomparable()).containsExactly("pair-virtio");
    }

    @Test
    void whatIsInOneRunAloneIsLeftOut() {
        assertThat(Comparison.of(pairs(1, 1, 1), rates(1, 1, 1)).changes()).isEmpty();
    }

    @Test
    void theMachineIsToldByWhatHasNotChanged() {
        Comparison comparison = Comparison.of(
                Samples.of(Samples.scenario(
                        "pair-virtio",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 50, 50),
                        Samples.contender(Contender.LISTS, Figure.PAIR, 100, 100, 100),
                        Samples.contender(Contender.MPMC, Figure.PAIR, 100, 100, 100))),
                Samples.of(Samples.scenario(
                        "pair-virtio",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, 60, 60, 60),
                        Samples.contender(Contender.LISTS, Figure.PAIR, 120, 120, 120),
                        Samples.contender(Contender.MPMC, Figure.PAIR, 120, 120, 120))));

        assertThat(comparison.drift().orElseThrow()).isCloseTo(0.2, within(1e-9));
        assertThat(Comparison.of(pairs(1, 1, 1), pairs(1, 1, 1)).drift()).isEmpty();
    }
}
