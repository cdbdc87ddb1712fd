package org.interruptor.tools.guest.measure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code interruptor measure --linux}: what it refuses; and a measurement, where a kernel is. */
@Timeout(1000)
class LinuxMeasurementTest {
    @TempDir
    private Path folder;

    @Test
    void missingFilesAreOneSentence() throws Exception {
        String end = " is in it; tools/linux.sh fetches a kernel and makes an initrd\n";
        assertThat(CommandRun.of("measure", "--linux", folder.toString()))
                .isEqualTo(
                        new CommandRun("", "interruptor measure: --linux=" + folder + ": no file \"kernel\"" + end, 2));
        Files.write(folder.resolve("kernel"), new byte[1]);
        assertThat(CommandRun.of("measure", "--linux", folder.toString()))
                .isEqualTo(
                        new CommandRun("", "interruptor measure: --linux=" + folder + ": no file \"initrd\"" + end, 2));
    }

    @Test
    void whatIsNoKernelIsOneSentence() throws Exception {
        Files.write(folder.resolve("kernel"), new byte[1]);
        Files.write(folder.resolve("initrd"), new byte[1]);
        CommandRun run = CommandRun.of("measure", "--linux", folder.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("interruptor measure: --linux=" + folder.resolve("kernel") + ": ");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aRecordingThatCannotBeWrittenIsOneSentence() throws Exception {
        Files.write(folder.resolve("kernel"), new byte[1]);
        Files.write(folder.resolve("initrd"), new byte[1]);
        Path file = folder.resolve("none/there.jfr");
        CommandRun run = CommandRun.of("measure", "--linux", folder.toString(), "--recording", file.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("interruptor measure: --recording=" + file + ": ");
    }

    @Test
    @EnabledIfSystemProperty(named = "interruptor.linux", matches = ".+")
    void aProgramInLinuxMeasuresAllThree() {
        Path recording = folder.resolve("guest.jfr");
        CommandRun run = CommandRun.of(
                "measure",
                "--linux",
                System.getProperty("interruptor.linux"),
                "--cpus",
                "2",
                "--seconds",
                "1",
                "--recording",
                recording.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        for (Phase phase : Phase.values()) {
            assertThat(run.out()).containsPattern("  " + phase.label() + " +[1-9]");
        }
        assertThat(run.out()).contains("deliver_clock_comparator").contains("deliver_adapter");
        assertThat(CommandRun.of("trace", "--summary", recording.toString()).out())
                .contains("adapter");
    }
}
