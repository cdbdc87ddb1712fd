package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cases under architecture rules: every order of SIGNAL PROCESSOR, every status, resets, timers, the clock. What they expect was worked
 * out by hand from the Principles of Operation, before the engine printed it.
 */
class ArchitectureConformanceTest {

    private static final String FOLDER = "/architecture";

    private static final int CASES = 29;

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatTheCaseExpects(String name) throws Exception {
        Cases.assertPrints(FOLDER, name);
    }

    @Test
    void noCaseIsMissing() throws Exception {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(CASES);
    }

    static List<String> cases() throws IOException, URISyntaxException {
        return Cases.in(FOLDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sigp 0 0 sense",
                "start 0",
                "stop 0",
                "check-stop 0",
                "load-state 0 on",
                "load 0 0 0",
                "reset cpu",
                "external-call 0 0",
                "cpu-timer 0 0"
            })
    void originalRulesHaveNoSuchStep(String step) {
        String rules = "a machine with 'rules architecture'";
        String name = step.split(" ", 2)[0];

        Replayed replayed = Replayed.of("file", "machine vcpus 1 memory 4096\n" + step);

        assertThat(replayed)
                .isEqualTo(new Replayed(
                        "",
                        "file:2: the step " + name + " needs other rules, expected " + rules + "\n",
                        ScenarioReplay.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine vcpus 1 memory 4096 rules",
                "machine vcpus 1 memory 4096 rules both",
                "machine vcpus 1 memory 4096 original",
                "machine vcpus 1 memory 4096 rules original more"
            })
    void rulesAreOneOfTwo(String step) {
        assertThat(Replayed.of("file", step).status()).isEqualTo(ScenarioReplay.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sigp 1 0 sense",
                "sigp 0 0 sens",
                "sigp 0 0 0x100",
                "sigp 0 0x10000 sense",
                "sigp 0 0 sense 1 2",
                "load-state 0 maybe",
                "load 0 0",
                "reset most",
                "external-call 0 1",
                "cpu-timer 0 -1"
            })
    void whatIsMalformed(String step) {
        Replayed replayed = Replayed.of("file", "machine vcpus 1 memory 4096 rules architecture\n" + step);

        assertThat(replayed.status()).isEqualTo(ScenarioReplay.MALFORMED);
        assertThat(replayed.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigp 0 1 sense", "stop 0", "check-stop 0", "load-state 0 on", "cpu-timer 0 1"})
    void aCpuInTheWaitDoesNothingByItself(String step) {
        Replayed replayed = Replayed.of(
                "file",
                "machine vcpus 2 memory 4096 rules architecture\nset 0 psw.mask 0x0102000000000000\nwait 0\n" + step);

        assertThat(replayed.status()).isEqualTo(ScenarioReplay.MALFORMED);
    }
}
