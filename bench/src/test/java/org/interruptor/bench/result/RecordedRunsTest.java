package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;
import org.junit.jupiter.api.Test;

/**
 * Runs of the same code, recorded one after the other on two cores that others kept busy: three runs of six JVMs with five rounds
 * each. What differs between them is noise.
 */
class RecordedRunsTest {
    private static final int RUNS = 3;
    private static final int JVMS_OF_A_RUN = 6;
    private static final int ROUNDS = 5;
    private static final int DRAWS = 300;

    /** Figures of 100 that may differ. */
    private static final double MOST = 0.02;

    private final List<Results> recorded = new ArrayList<>();

    RecordedRunsTest() throws IOException {
        for (int i = 1; i <= RUNS; i++) {
            try (InputStream stream = RecordedRunsTest.class.getResourceAsStream("same-code-" + i + ".json")) {
                recorded.add(
                        Results.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), "same-code-" + i));
            }
        }
    }

    /** A run whose JVMs are drawn from those of all runs, and of which the engine is so many times slower. */
    private Results drawn(List<Integer> jvms, double factor) {
        List<ScenarioResult> scenarios = new ArrayList<>();
        for (ScenarioResult scenario : recorded.get(0).scenarios()) {
            List<ContenderResult> contenders = new ArrayList<>();
            for (ContenderResult contender : scenario.contenders()) {
                double slower = contender.engine() == Contender.INTERRUPTOR ? factor : 1;
                contenders.add(ContenderResult.of(
                        contender.engine(),
                        jvms.stream()
                                .flatMap(jvm -> rounds(scenario, contender.engine(), jvm).stream())
                                .map(cpu -> new Sample(Map.of(Figure.CPU, slower * cpu), null, 1, 1, 0))
                                .toList()));
            }
            scenarios.add(ScenarioResult.of(scenario.scenario(), scenario.timing(), 0, contenders));
        }
        Results first = recorded.get(0);
        return new Results(
                first.format(), first.version(), first.started(), 1, jvms.size(), 0, first.environment(), scenarios);
    }

    private List<Double> rounds(ScenarioResult scenario, Contender engine, int jvm) {
        List<Double> all = recorded.get(jvm / JVMS_OF_A_RUN)
                .scenario(scenario.scenario().name())
                .flatMap(one -> one.contender(engine))
                .flatMap(one -> one.figure(Figure.CPU))
                .orElseThrow()
                .samples();
        int begin = jvm % JVMS_OF_A_RUN * ROUNDS;
        return all.subList(begin, begin + ROUNDS);
    }

    /** Of pairs of runs drawn at random, the part of the figures that changed by more than noise. */
    private double changed(double factor) {
        long seed = 20_261_127;
        System.out.println("RecordedRunsTest: seed " + seed);
        Random random = new Random(seed);
        List<Integer> jvms = new ArrayList<>();
        for (int i = 0; i < RUNS * JVMS_OF_A_RUN; i++) {
            jvms.add(i);
        }
        long judged = 0;
        long changed = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Collections.shuffle(jvms, random);
            Comparison comparison = Comparison.of(
                    drawn(jvms.subList(0, JVMS_OF_A_RUN), 1),
                    drawn(jvms.subList(JVMS_OF_A_RUN, 2 * JVMS_OF_A_RUN), factor),
                    false);
            judged += comparison.judged();
            changed += comparison.significant().size();
        }
        assertThat(judged).isEqualTo(2L * DRAWS);
        return (double) changed / judged;
    }

    @Test
    void runsAsTheyWereRecordedDoNotDiffer() {
        for (Results before : recorded) {
            for (Results after : recorded) {
                Comparison comparison = Comparison.of(before, after, true);

                assertThat(comparison.judged()).isEqualTo(4);
                assertThat(comparison.significant()).isEmpty();
            }
        }
    }

    @Test
    void runsOfTheSameCodeDifferInAtMostTwoOfAHundredFigures() {
        assertThat(changed(1)).isLessThanOrEqualTo(MOST);
    }

    /** One of the JVMs was starved until its last rounds: in draws of few JVMs with it, nothing is found. */
    @Test
    void aRegressionThatIsLargerThanTheNoiseIsFound() {
        assertThat(changed(2)).isGreaterThan(0.8);
    }
}
