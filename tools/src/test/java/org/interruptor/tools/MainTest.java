package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The root command: help, version, completion, and how it ends where something is wrong. */
class MainTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"--help", "-h"})
    void helpNamesTheSubcommands(String option) {
        CommandRun run = CommandRun.of(option);

        assertThat(run.out()).startsWith("Usage: interruptor [-hV] COMMAND").contains("\n  replay ");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void helpOfASubcommandSaysItsExitStatuses() {
        CommandRun run = CommandRun.of("replay", "--help");

        assertThat(run.out())
                .startsWith("Usage: interruptor replay [-hV] [--check] FILE...")
                .contains("\n  1   with --check");
        assertThat(run.status()).isZero();
    }

    @Test
    void versionNamesTheCommandAndJava() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.out()).startsWith("interruptor ").contains("\nJava " + System.getProperty("java.version"));
        assertThat(run.status()).isZero();
    }

    @Test
    void completionIsAScriptThatBashUnderstands() throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, CommandRun.of("generate-completion").out());

        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(bash.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(script).content().contains("replay", "--check");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    none           | interruptor: Missing required subcommand; 'interruptor --help' explains it
                    repla          | interruptor: Unmatched argument at index 0: 'repla'; perhaps replay or measure or generate-completion is meant; 'interruptor --help' explains it
                    replay         | interruptor replay: Missing required parameter: 'FILE'; 'interruptor replay --help' explains it
                    replay --chek x | interruptor replay: Unknown option: '--chek'; perhaps --check is meant; 'interruptor replay --help' explains it
                    """)
    void badUsageIsOneSentenceAndStatus2(String args, String sentence) {
        assertThat(args == null ? CommandRun.of() : CommandRun.of(args.split(" ")))
                .isEqualTo(new CommandRun("", sentence + "\n", 2));
    }

    @Test
    void aReaderWhoLeavesEndsTheCommandQuietly() {
        LostOutput pipe = new LostOutput("Broken pipe", 100_000);
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        assertThat(Main.run(pipe, err, "replay", endless().toString())).isEqualTo(141);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--help", "replay --help", "generate-completion", "replay nosuch.scn", "replay --check nosuch.scn"})
    void outputThatCannotBeWrittenIsAnError(String args) {
        LostOutput full = new LostOutput("No space left on device", 0);
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Main.run(full, err, args.split(" "));

        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
        if (full.isAsked) {
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .endsWith("interruptor: output cannot be written: No space left on device\n");
        }
        assertThat(status).isEqualTo(2);
    }

    @Test
    void errorsThatCannotBeWrittenEitherLeaveTheStatus() {
        LostOutput full = new LostOutput("No space left on device", 0);

        assertThat(Main.run(full, full, "--help")).isEqualTo(2);
    }

    private Path endless() {
        Path scenario = folder.resolve("endless.scn");
        try {
            Files.writeString(scenario, "machine vcpus 1 memory 0x1000\n" + "pending 0\n".repeat(100_000));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return scenario;
    }

    /** Takes so many bytes and then no more. */
    private static final class LostOutput extends OutputStream {
        private final String reason;
        private int left;
        private boolean isAsked;

        LostOutput(String reason, int bytes) {
            this.reason = reason;
            left = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            isAsked = true;
            left -= length;
            if (left < 0) {
                throw new IOException(reason);
            }
        }
    }
}
