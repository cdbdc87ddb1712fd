package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
    @Test
    void resultsAreReadAsTheyWereWritten() {
        Results results = Samples.ofAllKinds();

        assertThat(Results.parse(results.toJson(), "test")).isEqualTo(results);
    }

    @Test
    void whatALaterVersionAddsIsNotMinded() {
        String json = Samples.ofAllKinds().toJson().replaceFirst("\\{", "{\"new\":{\"more\":[1,2]},");

        assertThat(Results.parse(json, "test")).isEqualTo(Samples.ofAllKinds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"format\":\"other\"}", "{\"format\":\"interruptor-bench\"", "\u0000"})
    void somethingElseIsRefusedWithItsName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.parse(text, "old.json"))
                .withMessageStartingWith("old.json: expected results of 'interruptor bench'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment",
                "scenario",
                "name",
                "kind",
                "engine",
                "figure",
                "scenarios",
                "contenders",
                "samples"
            })
    void whatIsIncompleteIsRefusedInOurWords(String missing) {
        String json = Samples.ofAllKinds().toJson().replace("\"" + missing + "\" :", "\"x\" :");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.parse(json, "old.json"))
                .withMessageStartingWith("old.json: expected results of 'interruptor bench'")
                .withMessageNotContaining("org.")
                .withMessageNotContaining("java.");
    }

    @Test
    void theRestOfAnInterruptedRunIsOfThoseThatWereNot() {
        Results whole = Samples.ofAllKinds();
        Results part = new Results(
                        whole.format(),
                        whole.version(),
                        whole.started(),
                        whole.seconds(),
                        1,
                        whole.otherCores(),
                        whole.environment(),
                        whole.scenarios().subList(0, 1))
                .asInterrupted();
        Results merged = Results.merge(List.of(whole, part));

        assertThat(merged.interrupted()).isTrue();
        assertThat(merged.scenarios()).hasSameSizeAs(whole.scenarios());
        assertThat(merged.scenarios().get(1)).isEqualTo(whole.scenarios().get(1));
        assertThat(Results.parse(merged.toJson(), "test").interrupted()).isTrue();
        assertThat(whole.toJson()).doesNotContain("\"interrupted\"");
    }

    @Test
    void anotherVersionOfTheFormatIsRefused() {
        String json = Samples.ofAllKinds().toJson().replace("\"version\" : 2", "\"version\" : 1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.parse(json, "old.json"))
                .withMessageContaining("version 2 of the format");
    }

    @Test
    void timesOfAllRoundsAreOneHistogram() {
        Histogram all = Samples.times(Contender.INTERRUPTOR, 100).histogram().orElseThrow();

        assertThat(all.getTotalCount()).isEqualTo(3000);
        assertThat(all.getValueAtPercentile(50)).isCloseTo(50_000, within(100L));
    }

    @Test
    void whatSeveralJvmsMeasuredIsOneWithTheRoundsOfAll() {
        Results merged = Results.merge(List.of(Samples.ofAllKinds(), Samples.ofAllKinds(), Samples.ofAllKinds()));

        ScenarioResult pair = merged.scenario("pair-virtio").orElseThrow();
        ContenderResult engine = pair.contender(Contender.INTERRUPTOR).orElseThrow();
        assertThat(merged.jvms()).isEqualTo(3);
        assertThat(merged.seconds()).isEqualTo(37.5);
        assertThat(merged.otherCores()).isEqualTo(0.01, within(1e-12));
        assertThat(engine.delivered()).isEqualTo(900);
        assertThat(engine.figure(Figure.PAIR).orElseThrow().samples()).hasSize(9);
        assertThat(pair.ratios()).contains(new Ratio(Contender.LISTS, Figure.PAIR, 0.5));
        assertThat(merged.scenario("latency-spin")
                        .flatMap(one -> one.contender(Contender.LISTS))
                        .flatMap(ContenderResult::histogram)
                        .orElseThrow()
                        .getTotalCount())
                .isEqualTo(9000);
    }

    @Test
    void whatOneJvmRefusedIsRefused() {
        Results good = Samples.of(Samples.scenario("pair-virtio", Samples.contender(Contender.LISTS, Figure.PAIR, 1)));
        Results bad =
                Samples.of(Samples.scenario("pair-virtio", ContenderResult.refused(Contender.LISTS, "one was lost")));

        Results merged = Results.merge(List.of(good, bad, good));

        assertThat(good.isAnyRefused()).isFalse();
        assertThat(merged.isAnyRefused()).isTrue();
        assertThat(merged.scenario("pair-virtio")
                        .flatMap(one -> one.contender(Contender.LISTS))
                        .orElseThrow()
                        .refusal())
                .isEqualTo("one was lost");
    }
}
