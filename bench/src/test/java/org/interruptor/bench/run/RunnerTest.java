package org.interruptor.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.bench.load.Trials;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Ratio;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static BenchPlan plan(int jvms, boolean pinned) {
        Scenario scenario = Catalogue.named(List.of("pair-virtio")).get(0).scenario();
        List<Contender> contenders = List.of(Contender.INTERRUPTOR, Contender.LISTS);
        return new BenchPlan(List.of(new Measurement(scenario, contenders, new Timing(5, 5, 3))), pinned, jvms);
    }

    @Test
    void roundsOfAllContendersAlternateAndEachBeginsInItsTurn() {
        List<String> steps = new ArrayList<>();

        new Runner(plan(1, false), (scenario, engine, done) -> steps.add(engine + " " + done)).run();

        assertThat(steps)
                .startsWith(
                        "interruptor 0",
                        "lists 5",
                        "interruptor 10",
                        "lists 15",
                        "lists 20",
                        "interruptor 25",
                        "interruptor 30",
                        "lists 35");
    }

    @Test
    void resultsHaveASampleForEachRoundAndTheRatio() {
        Results results = new Runner(plan(1, true), Progress.SILENT).run();

        ScenarioResult scenario = results.scenario("pair-virtio").orElseThrow();
        for (ContenderResult result : scenario.contenders()) {
            assertThat(result.isRefused()).as(result.refusal()).isFalse();
            assertThat(result.figure(Figure.PAIR).orElseThrow().samples()).hasSize(3);
            assertThat(result.delivered()).isPositive();
        }
        assertThat(scenario.ratios()).extracting(Ratio::figure).contains(Figure.PAIR);
    }

    @Test
    void whatIsMeasuredIsLoadedAnewForEachTrial() {
        Scenario scenario = Catalogue.named(List.of("pair-virtio")).get(0).scenario();
        try (Trial one = FreshLoader.open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE);
                Trial other = FreshLoader.open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE);
                Trial usual = new Trials().open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE)) {
            assertThat(one.getClass().getName()).isEqualTo(usual.getClass().getName());
            assertThat(one.getClass()).isNotEqualTo(other.getClass()).isNotEqualTo(usual.getClass());
        }
    }

    @Test
    void severalJvmsContributeTheirRoundsToOneResult() throws Exception {
        List<Long> done = new ArrayList<>();

        Results results = Jvms.run(plan(2, false), (scenario, engine, millis) -> done.add(millis));

        assertThat(results.jvms()).isEqualTo(2);
        assertThat(results.scenario("pair-virtio")
                        .flatMap(one -> one.contender(Contender.LISTS))
                        .flatMap(one -> one.figure(Figure.PAIR))
                        .orElseThrow()
                        .samples())
                .hasSize(6);
        assertThat(done).isSorted().contains(0L, 40L);
    }
}
