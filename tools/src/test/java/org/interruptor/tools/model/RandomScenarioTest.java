package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Engine and model agree on every line of random scenarios.
 *
 * <p>As many as one likes: {@code -Dinterruptor.random.scenarios=100000 -Dinterruptor.random.steps=300}. Each run draws new ones
 * unless {@code -Dinterruptor.random.seed} names the seed of the first; the others follow it, so that a failing scenario's own
 * seed brings it back as the first.
 */
class RandomScenarioTest {

    private static final int SCENARIOS = Integer.parseInt(System.getProperty("interruptor.random.scenarios", "2000"));
    private static final int STEPS = Integer.parseInt(System.getProperty("interruptor.random.steps", "100"));
    private static final String SEED = System.getProperty("interruptor.random.seed");
    private static final int MOST_FAILURES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Replayer model = ReferenceModel::replay;
    private final Replayer engine = new TimeLimitedReplayer(new EngineReplayer(), LIMIT);

    @Test
    void agreeOnScenarios() {
        compare(SCENARIOS, seed -> ScenarioGenerator.generate(seed, STEPS));
    }

    @Test
    void agreeOnWhereAScenarioIsMalformed() {
        compare(SCENARIOS, seed -> ScenarioGenerator.generateMalformed(seed, Math.max(STEPS / 4, 1)));
    }

    private void compare(int scenarios, LongFunction<String> generator) {
        long first = SEED == null ? new SplittableRandom().nextLong() : Long.parseLong(SEED);
        System.out.printf(Locale.ROOT, "%d random scenarios from -Dinterruptor.random.seed=%d on%n", scenarios, first);
        List<Disagreement> failures = new ArrayList<>();
        for (long seed = first; seed != first + scenarios && failures.size() < MOST_FAILURES; seed++) {
            Disagreement.about(seed, generator.apply(seed), model, engine).ifPresent(failures::add);
        }
        if (!failures.isEmpty()) {
            fail(failures.stream().map(Disagreement::toString).collect(Collectors.joining("\n", "\n", "")));
        }
    }
}
