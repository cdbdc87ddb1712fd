package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioGeneratorTest {

    @Test
    void theSameSeedGivesTheSameScenario() {
        assertEquals(ScenarioGenerator.generate(7, 100), ScenarioGenerator.generate(7, 100));
        assertEquals(ScenarioGenerator.generateMalformed(7, 100), ScenarioGenerator.generateMalformed(7, 100));
        assertNotEquals(ScenarioGenerator.generate(7, 100), ScenarioGenerator.generate(8, 100));
    }

    @Test
    void scenariosAreWellFormed() {
        for (long seed = 0; seed < 500; seed++) {
            Result result = ReferenceModel.replay("scenario", ScenarioGenerator.generate(seed, 100));
            assertNull(result.error(), result.error());
        }
    }

    @ParameterizedTest
    @EnumSource(MalformedKind.class)
    void exactlyOneStepIsMalformed(MalformedKind kind) {
        for (long seed = 0; seed < 100; seed++) {
            String scenario = ScenarioGenerator.generateMalformed(seed, 40, kind);
            Result result = ReferenceModel.replay("scenario", scenario);
            assertNotNull(result.error(), scenario);
            assertEquals(2, result.status());
            Result without = ReferenceModel.replay("scenario", without(lineOf(result), scenario));
            assertNull(without.error(), () -> without.error() + "\n" + scenario);
        }
    }

    private static int lineOf(Result result) {
        return Integer.parseInt(result.errorPlace("scenario").split(":", -1)[1]);
    }

    private static String without(int number, String scenario) {
        List<String> lines = new ArrayList<>(ReferenceModel.lines(scenario));
        lines.remove(number - 1);
        return String.join("\n", lines);
    }
}
