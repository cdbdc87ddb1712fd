package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An emulator that nobody here wrote, where it is installed ({@code qemu-system-s390x}), prints what our guests print here. Those
 * that use our test device, ask for more than it does, or take it minutes, are left out.
 */
@Timeout(180)
class OtherEmulatorTest {
    private static final String EMULATOR = "qemu-system-s390x";
    private static final Set<String> OURS_ONLY =
            Set.of("virtio", "contention", "orders", "exact", "strict", "rare", "traps");

    @TempDir
    private Path folder;

    @BeforeAll
    static void isInstalled() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, EMULATOR))),
                EMULATOR + " is not installed");
    }

    static Stream<Arguments> guestsAndCpus() {
        return BundledGuestsTest.guestsAndCpus()
                .filter(arguments -> !OURS_ONLY.contains((String) arguments.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("guestsAndCpus")
    void printsTheSame(String name, int cpus) throws Exception {
        Path image = folder.resolve(name + ".elf");
        try (InputStream in = BundledGuest.class.getResourceAsStream(name + ".elf")) {
            Files.copy(in, image);
        }
        Path console = folder.resolve("console");
        Process process = new ProcessBuilder(
                        EMULATOR,
                        "-machine",
                        "s390-ccw-virtio",
                        "-accel",
                        "tcg",
                        "-display",
                        "none",
                        "-monitor",
                        "none",
                        "-serial",
                        "stdio",
                        "-m",
                        "64",
                        "-smp",
                        Integer.toString(cpus),
                        "-no-reboot",
                        "-action",
                        "panic=exit-failure",
                        "-kernel",
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(console, StandardCharsets.UTF_8).replace("\r", ""))
                .isEqualTo(BundledGuestsTest.expectedConsole(name, cpus));
        assertThat(process.exitValue()).isZero();
    }
}
