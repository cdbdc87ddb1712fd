package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: its exit status, and what the JVM has to say. */
@Timeout(300)
class CommandProcessTest {

    /** What the manifest of the jar says. */
    private static final List<String> FLAGS = List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");

    private static final String SCENARIO = "machine vcpus 1 memory 0x4000\npending 0\n";

    @TempDir
    private Path folder;

    private Path err;

    private Process start(List<String> flags, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        err = folder.resolve("err");
        return new ProcessBuilder(command).redirectError(err.toFile()).start();
    }

    private String file(String text) throws IOException {
        Path file = folder.resolve("a.scn");
        Files.writeString(file, text);
        return file.toString();
    }

    private void ends(Process process, String out, String error, int status) throws Exception {
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(out);
        endsQuietly(process, error, status);
    }

    private void endsQuietly(Process process, String error, int status) throws Exception {
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
        assertThat(err).content().isEqualTo(error);
        assertThat(process.exitValue()).isEqualTo(status);
    }

    @Test
    void endsWithTheStatusAndNoWarnings() throws Exception {
        ends(start(FLAGS, "replay", file(SCENARIO)), "2 pending 0 no\n", "", 0);
    }

    @Test
    void readsStandardInput() throws Exception {
        Process process = start(FLAGS, "replay", "-");
        try (var stdin = process.getOutputStream()) {
            stdin.write((SCENARIO + "pending").getBytes(StandardCharsets.UTF_8));
        }

        ends(process, "2 pending 0 no\n", "-:3: the line ends too early, expected the number of a vCPU\n", 2);
    }

    @Test
    void namesTheFlagThatIsMissing() throws Exception {
        ends(
                start(List.of(), "replay", file(SCENARIO)),
                "",
                "interruptor: Agrona cannot reach jdk.internal.misc: start the JVM with --add-exports"
                        + " java.base/jdk.internal.misc=ALL-UNNAMED\n",
                2);
    }

    @Test
    void endsQuietlyWhereNobodyReadsAnyMore() throws Exception {
        Process process = start(FLAGS, "replay", file(SCENARIO + "pending 0\n".repeat(200_000)));
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("2 pending 0 no");
        }

        endsQuietly(process, "", 141);
    }

    @Test
    void saysThatMemoryIsExhausted() throws Exception {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Xmx16m");

        ends(
                start(flags, "replay", file("#".repeat(1 << 24))),
                "",
                "interruptor: memory is exhausted (Java heap space): java -Xmx gives more\n",
                2);
    }
}
