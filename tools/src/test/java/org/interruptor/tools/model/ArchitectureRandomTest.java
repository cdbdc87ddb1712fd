package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Engine and a second model agree on random scenarios under architecture rules. {@code -Dinterruptor.random.scenarios} and {@code
 * -Dinterruptor.random.seed} as for {@link RandomScenarioTest}.
 */
class ArchitectureRandomTest {
    private static final int SCENARIOS = Integer.getInteger("interruptor.random.scenarios", 1000);
    private static final int STEPS = Integer.getInteger("interruptor.random.steps", 60);
    private static final String SEED = System.getProperty("interruptor.random.seed");
    private static final int MOST_FAILURES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void agreeOnScenarios() {
        long first = SEED == null ? new SplittableRandom().nextLong() : Long.parseLong(SEED);
        System.out.printf(
                Locale.ROOT,
                "%d random scenarios, architecture, from -Dinterruptor.random.seed=%d on%n",
                SCENARIOS,
                first);
        Replayer engine = new TimeLimitedReplayer(new EngineReplayer(), LIMIT);
        List<Disagreement> failures = new ArrayList<>();
        for (long seed = first; seed != first + SCENARIOS && failures.size() < MOST_FAILURES; seed++) {
            Disagreement.about(seed, ArchitectureScenarios.generate(seed, STEPS), ArchitectureModel::replay, engine)
                    .ifPresent(failures::add);
        }
        if (!failures.isEmpty()) {
            fail(failures.stream().map(Disagreement::toString).collect(Collectors.joining("\n", "\n", "")));
        }
    }

    /** The cases of the conformance folder whose steps the model knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "comparator-before-cpu-timer",
                "emergency-with-a-sender",
                "invalid-new-psw-loops",
                "invalid-new-psw-once",
                "signed-comparator",
                "stop-is-last"
            })
    void theModelPrintsWhatTheCaseExpects(String name) throws IOException {
        Result expected = new Result(text(name + ".expected").lines().toList(), null, 0);

        assertEquals(expected, ArchitectureModel.replay(name, text(name + ".scn")));
    }

    private static String text(String name) throws IOException {
        return Files.readString(
                Path.of(Objects.requireNonNull(ArchitectureRandomTest.class.getResource("/architecture/" + name))
                        .getPath()));
    }
}
