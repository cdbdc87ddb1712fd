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
 * Two builds in one run of 40 JVMs with five rounds each, recorded on two cores that others kept busy: CPU times of the same code
 * twice, and of a build with three more loads in each delivery, which made virtio some 7 % slower and emergency signals some 3 %.
 */
class RecordedBuildsTest {
    private static final long SEED = 20_261_127;
    private static final int JVMS = 40;
    private static final int ROUNDS = 5;
    private static final int DRAWS = 500;

    private static Results recorded(String name) throws IOException {
        try (InputStream stream = RecordedBuildsTest.class.getResourceAsStream(name)) {
            return Results.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), name);
        }
    }

    /** The run with some of its JVMs, in some of which both builds change places. */
    private static Comparison drawn(Results run, List<Integer> jvms, List<Boolean> swapped) {
        List<ScenarioResult> scenarios = new ArrayList<>();
        for (ScenarioResult scenario : run.scenarios()) {
            scenarios.add(ScenarioResult.of(
                    scenario.scenario(),
                    scenario.timing(),
                    0,
                    List.of(
                            drawn(scenario, Contender.INTERRUPTOR, Contender.INTERRUPTOR_OLD, jvms, swapped),
                            drawn(scenario, Contender.INTERRUPTOR_OLD, Contender.INTERRUPTOR, jvms, swapped))));
        }
        Results of = new Results(
                run.format(), run.version(), run.started(), 1, jvms.size(), 0, run.environment(), scenarios);
        return Comparison.ofBuilds(of, false).orElseThrow();
    }

    private static ContenderResult drawn(
            ScenarioResult scenario, Contender engine, Contender other, List<Integer> jvms, List<Boolean> swapped) {
        List<Sample> rounds = new ArrayList<>();
        for (int jvm : jvms) {
            scenario.contender(swapped.get(jvm) ? other : engine)
                    .flatMap(one -> one.figure(Figure.CPU))
                    .orElseThrow()
                    .samples()
                    .subList(jvm * ROUNDS, (jvm + 1) * ROUNDS)
                    .forEach(cpu -> rounds.add(new Sample(Map.of(Figure.CPU, cpu), null, 1, 1, 0)));
        }
        return ContenderResult.of(engine, rounds);
    }

    /** The part of draws in which something changed. */
    private static double changed(Results run, int jvms, boolean isSwapped) {
        Random random = new Random(SEED);
        System.out.println("RecordedBuildsTest: seed " + SEED);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < JVMS; i++) {
            all.add(i);
        }
        int changed = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Collections.shuffle(all, random);
            List<Boolean> swapped =
                    all.stream().map(jvm -> isSwapped && random.nextBoolean()).toList();
            Comparison comparison = drawn(run, all.subList(0, jvms), swapped);
            assertThat(comparison.judged()).isEqualTo(2);
            changed += comparison.significant().isEmpty() ? 0 : 1;
        }
        return (double) changed / DRAWS;
    }

    @Test
    void theSameCodeDoesNotDifferAndTheSlowerBuildIsWorse() throws IOException {
        assertThat(Comparison.ofBuilds(recorded("two-builds-same.json"), false)
                        .orElseThrow()
                        .significant())
                .isEmpty();
        assertThat(Comparison.ofBuilds(recorded("two-builds-slower.json"), false)
                        .orElseThrow()
                        .isAnyWorse())
                .isTrue();
    }

    /** Builds that change places by chance in each JVM are the same code, whichever they are. */
    @Test
    void buildsThatChangePlacesDifferInAtMostTwoOfAHundredComparisons() throws IOException {
        for (String run : List.of("two-builds-same.json", "two-builds-slower.json")) {
            for (int jvms : new int[] {12, JVMS}) {
                assertThat(changed(recorded(run), jvms, true))
                        .as("%s, %d JVMs", run, jvms)
                        .isLessThanOrEqualTo(0.02);
            }
        }
    }

    @Test
    void theSlowerBuildIsFoundWithFewerJvmsToo() throws IOException {
        assertThat(changed(recorded("two-builds-slower.json"), 24, false)).isGreaterThan(0.95);
    }
}
