package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.interruptor.engine.MachineBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cases under architecture rules: every order of SIGNAL PROCESSOR, every status, resets, timers, the clock, machine checks, I/O. What they
 * expect was worked out by hand from the Principles of Operation, before the engine printed it.
 */
class ArchitectureConformanceTest {

    private static final String FOLDER = "/architecture";

    private static final int CASES = 39;

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
                "cpu-timer 0 0",
                "withdraw 1",
                "take-io 0 0xff",
                "suppression 0 single",
                "route 0 0 1 0 2 3",
                "mask 0 on",
                "trigger 0",
                "registers 0 -",
                "supervisor-call 0 1 2",
                "list 0",
                "inject io 1 2 3",
                "inject adapter 0",
                "inject machine-check 0 0x8000000000000000"
            })
    void originalRulesHaveNoSuchStep(String step) {
        String rules = "a machine with 'rules architecture'";
        String[] words = step.split(" ", 3);
        String name = words[0].equals("inject") ? words[0] + " " + words[1] : words[0];

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
                "cpu-timer 0 -1",
                "inject io 1 2",
                "inject io 0x100000000 2 3",
                "inject adapter 8",
                "inject adapter 0 suppressed",
                "inject machine-check 0",
                "inject machine-check 0 1 2 3 4",
                "inject machine-check 0 1 0x100000000",
                "inject machine-check 1 1",
                "inject program 0 1 teid",
                "inject program 0 1 tied 0",
                "inject program 0 1 per-code 0x100",
                "inject vcpu 0 warning-track 0 0",
                "inject vcpu 0 page-fault-initial 0 0 0",
                "inject vcpu 0 io",
                "inject vm adapter",
                "withdraw",
                "take-io 0 0x100",
                "take-io 1 0",
                "suppression 0 none",
                "suppression 8 all",
                "route 0 0 0x100 0 0 0",
                "route 0 4096 1 0 1 0",
                "route 0 0 1 0xffffffffffffffff 1 0",
                "route 0 0 1 0 1 8",
                "mask 0 on",
                "mask 0 maybe",
                "trigger 0",
                "registers 0 fp,xy",
                "registers 0 fp,",
                "registers 1 -",
                "supervisor-call 0 0x100 2",
                "list",
                "list 1",
                "list machine",
                "save 0",
                "restore"
            })
    void whatIsMalformed(String step) {
        Replayed replayed = Replayed.of("file", "machine vcpus 1 memory 4096 rules architecture\n" + step);

        assertThat(replayed.status()).isEqualTo(ScenarioReplay.MALFORMED);
        assertThat(replayed.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sigp 0 1 sense",
                "stop 0",
                "check-stop 0",
                "load-state 0 on",
                "cpu-timer 0 1",
                "take-io 0 0xff",
                "supervisor-call 0 1 2",
                "inject program 0 1 teid 2",
                "save",
                "restore"
            })
    void aCpuInTheWaitDoesNothingByItself(String step) {
        Replayed replayed = Replayed.of(
                "file",
                "machine vcpus 2 memory 4096 rules architecture\nset 0 psw.mask 0x0102000000000000\nwait 0\n" + step);

        assertThat(replayed.status()).isEqualTo(ScenarioReplay.MALFORMED);
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        String before = "machine vcpus 1 memory 4096 rules architecture\n";

        assertThat(Replayed.of("file", before + "inject adapter 8"))
                .isEqualTo(malformed("8 is not a subclass, expected an I/O-interruption subclass, 0 to 7"));
        assertThat(Replayed.of("file", before + "trigger 3"))
                .isEqualTo(malformed("route 3 does not exist, expected one that a step route has made"));
        assertThat(Replayed.of("file", before + "route 0 4096 1 0 1 0"))
                .isEqualTo(malformed("0x1000 is not inside storage, expected addresses below 0x1000"));
        assertThat(Replayed.of("file", before + "restore"))
                .isEqualTo(malformed("nothing is saved, expected a step save in front of this one"));
        assertThat(Replayed.of("file", before + "registers 0 fp,xy"))
                .isEqualTo(
                        malformed("'xy' is not a group of registers, expected a list of fp, gr, ar, pr, fc, vr, or -"));
    }

    private static Replayed malformed(String error) {
        return new Replayed("", "file:2: " + error + "\n", ScenarioReplay.MALFORMED);
    }

    /** A machine has room for so many sources; a replay does not end by an exception there. */
    @Test
    void moreSubchannelsThanTheMachineHasRoomFor() {
        StringBuilder text = new StringBuilder("machine vcpus 1 memory 4096 rules architecture\n");
        for (int i = 0; i < MachineBuilder.DEFAULT_IO_SOURCES; i++) {
            text.append("withdraw ").append(i).append('\n');
        }
        String last = String.valueOf(MachineBuilder.DEFAULT_IO_SOURCES);

        assertThat(Replayed.of("file", text + "inject io " + last + " 0 0").out())
                .endsWith("inject full\n");
        assertThat(Replayed.of("file", text + "withdraw " + last).status()).isEqualTo(ScenarioReplay.MALFORMED);
    }
}
