package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.interruptor.tools.CommandRun;
import org.interruptor.tools.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code interruptor replay}: files, standard input, comparing, statuses. */
class ReplayCommandTest {

    private static final String SCENARIO = "machine vcpus 1 memory 0x4000\npending 0\ninject vcpu 0 stop\npending 0\n";
    private static final String PRINTED = "2 pending 0 no\n3 inject ok wake=no\n4 pending 0 yes\n";
    private static final String MALFORMED = "machine vcpus 1 memory 0x4000\npending 0\npending 1\n";
    private static final String PRINTED_OF_MALFORMED = "2 pending 0 no\n";

    private static final String EXAMPLE = "scenarios/eight-interruptions.scn";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    private static void runs(CommandRun run, String out, String err, int status) {
        assertThat(run).isEqualTo(new CommandRun(out, err, status));
    }

    // Replaying.

    @Test
    void printsTheLinesOfOneFile() throws IOException {
        runs(CommandRun.of("replay", file("a.scn", SCENARIO)), PRINTED, "", 0);
    }

    @Test
    void readsStandardInput() {
        runs(CommandRun.withInput(SCENARIO, "replay", "-"), PRINTED, "", 0);
        runs(
                CommandRun.withInput(MALFORMED, "replay", "-"),
                PRINTED_OF_MALFORMED,
                "-:3: vCPU 1 does not exist, expected 0 to 0\n",
                2);
    }

    @Test
    void skipsAByteOrderMarkAtTheBeginningOnly() throws IOException {
        String marked = file("marked.scn", "\ufeff" + SCENARIO);
        file("marked.expected", "\ufeff" + PRINTED);
        runs(CommandRun.of("replay", marked), PRINTED, "", 0);
        runs(CommandRun.of("replay", "--check", marked), "1 passed, 0 failed\n", "", 0);
        assertThat(CommandRun.withInput("\ufeff", "replay", "-")).isEqualTo(CommandRun.withInput("", "replay", "-"));
        String later = file("later.scn", "#\n\ufeff" + SCENARIO);
        assertThat(CommandRun.of("replay", later).status()).isEqualTo(2);
    }

    @Test
    void announcesEachOfSeveralFilesAndGoesOnBehindABadOne() throws IOException {
        String good = file("good.scn", SCENARIO);
        String bad = file("bad.scn", MALFORMED);
        String none = folder.resolve("none.scn").toString();
        String silent = file("silent.scn", "machine vcpus 0 memory 0x1000\n");

        runs(
                CommandRun.withInput(SCENARIO, "replay", bad, good, none, silent, "-"),
                "== " + bad + "\n" + PRINTED_OF_MALFORMED + "== " + good + "\n" + PRINTED + "== " + none + "\n== "
                        + silent + "\n== -\n" + PRINTED,
                bad + ":3: vCPU 1 does not exist, expected 0 to 0\n" + none + ": cannot be read: no such file\n",
                2);
    }

    @Test
    void endsWellAtAFault() throws IOException {
        String scenario = "machine vcpus 1 memory 0x1000\ninject vcpu 0 restart\ndeliver 0\npending 0\n";

        runs(CommandRun.of("replay", file("a.scn", scenario)), "2 inject ok wake=no\n3 deliver 0 fault\n", "", 0);
    }

    @Test
    void readsCrlf() throws IOException {
        runs(CommandRun.of("replay", file("a.scn", SCENARIO.replace("\n", "\r\n"))), PRINTED, "", 0);
    }

    @Test
    void bytesThatAreNotUtf8DoNoHarmInACommentAndAreNoStep() throws IOException {
        Path file = folder.resolve("a.scn");
        String latin1 = "machine vcpus 1 memory 0x4000 # caf\u00e9\npending 0\npend\u00efng 0\n";
        Files.write(file, latin1.getBytes(StandardCharsets.ISO_8859_1));

        CommandRun run = CommandRun.of("replay", file.toString());

        assertThat(run.out()).isEqualTo("2 pending 0 no\n");
        assertThat(run.err()).startsWith(file + ":3: 'pend\\ufffdng' is not a step, expected one of ");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aDirectoryIsNoScenario() {
        String error = ": is a directory, expected a scenario\n";

        runs(CommandRun.of("replay", folder.toString()), "", folder + error, 2);
        runs(CommandRun.of("replay", "--check", "/"), "0 passed, 1 failed\n", "/" + error, 2);
    }

    @Test
    void aFileWithoutPermissionCannotBeRead() throws IOException {
        String file = file("a.scn", SCENARIO);
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(Path.of(file)), "root may read all");

        runs(CommandRun.of("replay", file), "", file + ": cannot be read: permission denied\n", 2);
    }

    @Test
    void aNameThatNoFileCanHaveIsTold() {
        runs(
                CommandRun.of("replay", "a\0b"),
                "",
                "a?b: cannot be the name of a file: it contains a zero character\n",
                2);
    }

    @Test
    void anErrorStandsBehindWhatWasPrintedBeforeIt() throws IOException {
        String good = file("good.scn", SCENARIO);
        String bad = file("bad.scn", MALFORMED);
        String none = folder.resolve("none.scn").toString();
        ByteArrayOutputStream both = new ByteArrayOutputStream();

        Main.run(both, both, "replay", good, bad, none, good);

        assertThat(both.toString(StandardCharsets.UTF_8))
                .isEqualTo("== " + good + "\n" + PRINTED + "== " + bad + "\n" + PRINTED_OF_MALFORMED + bad
                        + ":3: vCPU 1 does not exist, expected 0 to 0\n== " + none + "\n" + none
                        + ": cannot be read: no such file\n== " + good + "\n" + PRINTED);
    }

    // Comparing.

    @Test
    void anErrorStandsBehindWhatDifferedBeforeIt() throws IOException {
        String differing = file("a.scn", SCENARIO);
        file("a.expected", PRINTED + "5 dump 0\n");
        String bad = file("bad.scn", MALFORMED);
        file("bad.expected", "");
        ByteArrayOutputStream both = new ByteArrayOutputStream();

        Main.run(both, both, "replay", "--check", differing, bad);

        assertThat(both.toString(StandardCharsets.UTF_8))
                .isEqualTo("== " + differing + "\n-5 dump 0\n" + bad
                        + ":3: vCPU 1 does not exist, expected 0 to 0\n0 passed, 2 failed\n");
    }

    @Test
    void checkIsSilentAboutWhatPassesButForTheCount() throws IOException {
        String scenario = file("a.scn", SCENARIO);
        file("a.expected", PRINTED);

        runs(CommandRun.of("replay", "--check", scenario), "1 passed, 0 failed\n", "", 0);
        runs(CommandRun.of("replay", scenario, "--check", scenario), "2 passed, 0 failed\n", "", 0);
    }

    @Test
    void checkDoesNotMindHowExpectedLinesEnd() throws IOException {
        String scenario = file("a.scn", SCENARIO);
        file("a.expected", PRINTED.replace("\n", "\r\n").stripTrailing());

        runs(CommandRun.of("replay", "--check", scenario), "1 passed, 0 failed\n", "", 0);
    }

    @Test
    void checkShowsWhatDiffers() throws IOException {
        String differing = file("a.scn", SCENARIO);
        file("a.expected", PRINTED.replace("wake=no", "wake=yes") + "5 pending 0 no\n");
        String passing = file("b.scn", SCENARIO);
        file("b.expected", PRINTED);
        String diff = """
                -3 inject ok wake=yes
                +3 inject ok wake=no
                ?  wake=yes | wake=no
                -5 pending 0 no
                """;

        runs(CommandRun.of("replay", "--check", differing), diff + "0 passed, 1 failed\n", "", 1);
        runs(
                CommandRun.of("replay", "--check", passing, differing),
                "== " + differing + "\n" + diff + "1 passed, 1 failed\n",
                "",
                1);
    }

    @Test
    void checkOfAMalformedScenarioFailsWhateverWasExpected() throws IOException {
        String scenario = file("a.scn", MALFORMED);
        file("a.expected", PRINTED_OF_MALFORMED);

        runs(
                CommandRun.of("replay", "--check", scenario),
                "0 passed, 1 failed\n",
                scenario + ":3: vCPU 1 does not exist, expected 0 to 0\n",
                2);
    }

    @Test
    void checkNeedsSomethingExpected() throws IOException {
        String differing = file("a.scn", SCENARIO);
        file("a.expected", "");
        String alone = file("alone.scn", SCENARIO);
        String none = folder.resolve("none.scn").toString();

        CommandRun run = CommandRun.of("replay", "--check", differing, alone, none, "-");

        assertThat(run.out())
                .startsWith("== " + differing + "\n+2 ")
                .endsWith("+4 pending 0 yes\n0 passed, 4 failed\n");
        assertThat(run.err())
                .isEqualTo(alone + ": has nothing to be compared with: there is no " + folder.resolve("alone.expected")
                        + "\n" + none + ": cannot be read: no such file\n"
                        + "-: is standard input, which has no .expected to compare with\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void checkCannotCompareWithADirectory() throws IOException {
        String scenario = file("a.scn", SCENARIO);
        Files.createDirectory(folder.resolve("a.expected"));

        CommandRun run = CommandRun.of("replay", "--check", scenario);

        assertThat(run.out()).isEqualTo("0 passed, 1 failed\n");
        assertThat(run.err())
                .startsWith(scenario + ": has nothing to be compared with: " + folder.resolve("a.expected"))
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void expectedStandsBesideAFileOfAnySuffixOrNone() throws IOException {
        file("a.expected", PRINTED);
        file(".hidden.expected", PRINTED);

        runs(
                CommandRun.of(
                        "replay", "--check", file("a.txt", SCENARIO), file("a", SCENARIO), file(".hidden", SCENARIO)),
                "3 passed, 0 failed\n",
                "",
                0);
    }

    @Test
    void checksTheConformanceCases() throws Exception {
        List<String> args = new ArrayList<>(List.of("replay", "--check"));
        Path cases = Path.of(getClass().getResource("/conformance").toURI());
        for (String name : ConformanceTest.cases()) {
            args.add(cases.resolve(name + ".scn").toString());
        }

        runs(CommandRun.of(args.toArray(String[]::new)), ConformanceTest.cases().size() + " passed, 0 failed\n", "", 0);
    }

    // The documentation.

    @Test
    void theExampleFileShowsEachOfTheEightInterruptionsDelivered() {
        CommandRun example = CommandRun.of("replay", EXAMPLE);

        for (String type : List.of(
                "emergency",
                "virtio",
                "service",
                "program",
                "clock-comparator",
                "restart",
                "set-prefix,restart",
                "stop")) {
            assertThat(example.out()).containsPattern("(?m)^\\d+ deliver [01] " + type + " psw=");
        }
        runs(CommandRun.of("replay", "--check", EXAMPLE), "1 passed, 0 failed\n", "", 0);
    }

    @Test
    void theExampleOfTheLanguagePrintsWhatItSays() throws IOException {
        String document = Files.readString(Path.of("scenario.md"));
        int scenario = document.indexOf("## Example");
        int printed = document.indexOf("prints", scenario);

        runs(
                CommandRun.withInput(indented(document.substring(scenario, printed)), "replay", "-"),
                indented(document.substring(printed)),
                "",
                0);
    }

    private static String indented(String document) {
        return document.lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.strip() + "\n")
                .collect(Collectors.joining());
    }
}
