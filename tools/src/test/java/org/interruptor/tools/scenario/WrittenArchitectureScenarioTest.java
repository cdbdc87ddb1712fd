package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import org.interruptor.engine.ScenarioWriter;
import org.interruptor.tools.model.ArchitectureScenarios;
import org.junit.jupiter.api.Test;

/** A machine with architecture rules, written as a scenario: the replay has the same state and goes on in the same way. */
class WrittenArchitectureScenarioTest {
    private static final int MACHINES = 150;
    private static final int STEPS = 60;

    /** What no step can say, and a delivery shows. */
    private static final List<String> WITHOUT_A_STEP =
            List.of("is in check stop", "a clear reset", "of a reset of the machine");

    private static String written(ScenarioMachine machine) throws IOException, MalformedStepException {
        StringBuilder text = new StringBuilder();
        ScenarioWriter.write(machine.machine(), text);
        return text.toString();
    }

    private static String withoutComments(String scenario) {
        return scenario.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static void replay(ScenarioMachine machine, String scenario) throws IOException, MalformedStepException {
        ScenarioLines lines = new ScenarioLines(new StringReader(scenario));
        for (String line = lines.next(); line != null; line = lines.next()) {
            step(machine, line);
        }
    }

    private static String step(ScenarioMachine machine, String line) throws MalformedStepException {
        Tokens tokens = new Tokens(line);
        return tokens.isEmpty() ? "" : StepParser.parse(tokens).execute(machine);
    }

    /**
     * Storage that no interruption reads is not written, so that what a delivery changes can differ. The callbacks of resets of the
     * machine are not part of the state.
     */
    private static String deliver(ScenarioMachine machine, int vcpu) throws MalformedStepException {
        return step(machine, "deliver " + vcpu)
                .replaceAll("(lctl=\\S+) .*", "$1")
                .replaceAll("(,reset-done)+", "");
    }

    @Test
    void theReplayIsTheMachine() throws Exception {
        long first = Long.getLong("interruptor.random.seed", System.nanoTime());
        System.out.println("random machines from -Dinterruptor.random.seed=" + first + " on");
        for (long seed = first; seed < first + MACHINES; seed++) {
            try (ScenarioMachine machine = new ScenarioMachine();
                    ScenarioMachine replayed = new ScenarioMachine()) {
                replay(
                        machine,
                        ArchitectureScenarios.generate(seed, STEPS)
                                .replaceAll("(?s)deliver 0\nsigp 0 0 1\nlist 0.*", ""));
                String scenario = written(machine);
                replay(replayed, scenario);

                assertThat(withoutComments(written(replayed)))
                        .as("seed %d", seed)
                        .isEqualTo(withoutComments(scenario));
                assertThat(step(replayed, "list vm")).as("seed %d", seed).isEqualTo(step(machine, "list vm"));
                for (int i = 0; i < machine.machine().vcpuCount(); i++) {
                    assertThat(step(replayed, "list " + i)).as("seed %d", seed).isEqualTo(step(machine, "list " + i));
                }
                if (WITHOUT_A_STEP.stream().noneMatch(scenario::contains)) {
                    goOn(seed, machine, replayed, scenario);
                }
            }
        }
    }

    private static void goOn(long seed, ScenarioMachine machine, ScenarioMachine replayed, String scenario)
            throws MalformedStepException {
        for (int i = 0; i < machine.machine().vcpuCount(); i++) {
            assertThat(deliver(replayed, i))
                    .as("seed %d, vCPU %d, written as%n%s", seed, i, scenario)
                    .isEqualTo(deliver(machine, i));
        }
    }
}
