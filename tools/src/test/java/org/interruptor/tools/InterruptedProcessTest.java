package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.interruptor.bench.run.JvmFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that run long, in processes of their own that a signal ends: what they had by then is written, and marked. */
@Timeout(900)
class InterruptedProcessTest {
    /** As a shell tells the end by SIGTERM. */
    private static final int STATUS = 128 + 15;

    /** Time on a core, after which a process is in the middle of its work. */
    private static final Duration WORK = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectErrorStream(true)
                .start();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("out"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(400);
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(System.nanoTime()).as(output()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Waits for the beginning of its work, and then until a process is in the middle of it. */
    private void awaitWork(BooleanSupplier beginning, Supplier<Optional<ProcessHandle>> worker) {
        await(() -> beginning.getAsBoolean() && worker.get().isPresent());
        Duration before = timeOf(worker);
        await(() -> timeOf(worker).minus(before).compareTo(WORK) >= 0);
    }

    private void awaitWork(BooleanSupplier beginning) {
        awaitWork(beginning, () -> Optional.of(process.toHandle()));
    }

    private static Duration timeOf(Supplier<Optional<ProcessHandle>> worker) {
        return worker.get()
                .flatMap(one -> one.info().totalCpuDuration())
                .orElseThrow(() -> new AssertionError("a process does not tell its time, or has ended"));
    }

    private void interrupt() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(STATUS);
    }

    @Test
    void aSoakClosesItsBooks() throws Exception {
        start("soak", "--seconds", "1000");
        awaitWork(() -> output().startsWith("seed "));
        interrupt();

        assertThat(output())
                .containsPattern("\ninterrupted after \\d+ s of 1000; the books up to then:\n")
                .containsPattern("\ndelivered in all +[1-9]")
                .endsWith("no violation\n");
    }

    @Test
    void aBenchWritesTheRoundsThatItHas() throws Exception {
        Path results = folder.resolve("results");
        startBench(results, "1");
        awaitWork(() -> output().startsWith("Measuring "));
        interrupt();

        checkResults(results);
    }

    @Test
    void aBenchInSeveralJvmsWritesWhatTheyHave() throws Exception {
        Path results = folder.resolve("results");
        startBench(results, "2");
        awaitWork(
                () -> output().startsWith("Measuring "),
                () -> process.children().findAny());
        interrupt();

        checkResults(results);
    }

    private void startBench(Path results, String jvms) throws IOException {
        start(
                "bench",
                "pair-virtio",
                "--engines",
                "interruptor,lists",
                "--rounds",
                "1000",
                "--duration",
                "20ms",
                "--warmup",
                "0ms",
                "--jvms",
                jvms,
                "--output",
                results.toString());
    }

    private void checkResults(Path results) throws IOException {
        assertThat(output()).contains("Interrupted: ").contains("pair-virtio").contains("Report: ");
        assertThat(results.resolve("report.html")).content().contains("Interrupted: ");
        JsonNode json =
                new ObjectMapper().readTree(results.resolve("results.json").toFile());
        assertThat(json.at("/interrupted").asBoolean()).isTrue();
        int rounds = json.at("/scenarios/0/contenders/0/figures/0/samples").size();
        assertThat(rounds).isBetween(1, 999);
        assertThat(json.at("/scenarios/0/contenders/1/figures/0/samples")).hasSize(rounds);
    }

    @Test
    void aProfileDrawsWhatItHas() throws Exception {
        Path profile = folder.resolve("profile");
        start(
                "profile",
                "pair-virtio",
                "--events",
                "wall",
                "--warmup",
                "50ms",
                "--duration",
                "600s",
                "--output",
                profile.toString());
        awaitWork(() -> Files.exists(profile.resolve("profile.jfr")));
        interrupt();

        assertThat(output()).contains(": interrupted; this is what was recorded until then\n");
        assertThat(profile.resolve("wall.html")).content().contains(", interrupted: wall");
    }

    /** Nothing waits for commands that have nothing to write. */
    @Test
    void aGuestThatRunsForeverEndsAtOnce() throws Exception {
        ByteBuffer image = ByteBuffer.allocate(0x1000);
        image.putLong(0, 0x0008_0001_8000_0200L).putInt(0x200, 0xa7f4_0000); // J to itself
        start("run", Files.write(folder.resolve("loop.img"), image.array()).toString(), "--timeout", "1000");
        awaitWork(() -> true);
        process.destroy();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }
}
