package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.cli.TerminalSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class TopLoopTest {
    private static final LatencyLine NO_LATENCY = new LatencyLine(Path.of("nosuch.hlog"));
    private static final int STATE_OFFSET = 32;
    private static final int PID_OFFSET = 40;

    @TempDir
    private Path directory;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final StringWriter out = new StringWriter();

    @AfterEach
    void free() {
        storage.close();
    }

    private Machine build(int vcpus, Path file) {
        return Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(vcpus)
                .countersFile(file)
                .build();
    }

    private TopLoop loop(MachineCounters counters, TopLoop.Form form) {
        return new TopLoop(counters, new PrintWriter(out), form, null, List.of(), NO_LATENCY);
    }

    /** Does one thing in each pause. */
    private static TopLoop.Pause doing(Runnable... actions) {
        Queue<Runnable> left = new ArrayDeque<>(List.of(actions));
        return () -> left.remove().run();
    }

    private static void stop(Vcpu vcpu, int times) {
        for (int i = 0; i < times; i++) {
            vcpu.handle().injectStop();
        }
        vcpu.deliverPending();
    }

    @Test
    void showsTotalsFirstAndThenRates() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(1, file)) {
            loop(MachineCounters.open(file), TopLoop.Form.PLAIN)
                    .run(doing(() -> stopAndAwaitSample(machine, file), machine::close));
        }

        List<String> headings =
                out.toString().lines().filter(line -> line.contains("state")).toList();
        assertThat(headings).hasSize(3);
        assertThat(headings.get(0)).contains(" stop ").doesNotContain("/s");
        assertThat(headings.get(1)).contains(" stop/s ").contains(" q:others").doesNotContain("q:others/s");
        List<String> rows = out.toString()
                .lines()
                .filter(line -> line.matches(" *0 +(runs|closed).*"))
                .toList();
        assertThat(rows).hasSize(3);
        assertThat(stopsOf(rows.get(0))).isZero();
        assertThat(stopsOf(rows.get(1))).isPositive();
        assertThat(stopsOf(rows.get(2))).isZero();
    }

    /** Counters come into the file with the next sample. */
    private static void stopAndAwaitSample(Machine machine, Path file) {
        stop(machine.vcpu(0).bind(), 1000);
        try {
            awaitSample(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double stopsOf(String row) {
        return Double.parseDouble(row.trim().split(" +")[8]);
    }

    @Test
    void drawsEachReadingOverTheOneBeforeOnATerminal() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(1, file)) {
            loop(MachineCounters.open(file), TopLoop.Form.TERMINAL).run(doing(machine::close));
        }

        assertThat(out.toString().split("\u001b\\[H\u001b\\[2J", -1)).hasSize(3);
    }

    /** Again, where a busy machine has left no core to the thread that takes samples. */
    private String onTerminalInTime(MachineCounters counters, int columns, int rows) {
        String table = onTerminal(counters, columns, rows, List.of());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (table.startsWith("as of ") && System.nanoTime() - end < 0) {
            table = onTerminal(counters, columns, rows, List.of());
        }
        return table;
    }

    private String onTerminal(MachineCounters counters, int columns, int rows, List<Integer> explained) {
        StringWriter screen = new StringWriter();
        TerminalSize size = new TerminalSize(columns, rows);
        new TopLoop(counters, new PrintWriter(screen), TopLoop.Form.TERMINAL, () -> size, explained, NO_LATENCY).once();
        return screen.toString().replaceFirst("^\u001b\\[H\u001b\\[2J", "").replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 24", "40, 10", "200, 60", "12, 12", "1, 1", "80, 100"})
    void fitsTheTerminal(int columns, int rows) throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(64, file)) {
            stop(machine.vcpu(63).bind(), 1);
            machine.vcpu(5).injectEmergency();
            awaitSample(file);
            MachineCounters counters = MachineCounters.open(file);
            String table = onTerminalInTime(counters, columns, rows);

            if (columns >= 12) { // number and state are always shown
                assertThat(table.lines()).allMatch(line -> line.length() <= columns);
            }
            if (rows >= 24) {
                assertThat(table.lines().count()).isLessThan(rows);
                assertThat(table).contains("\n  63   runs ").contains("\n all ");
            }
            assertThat(onTerminal(counters, columns, rows, List.of(63)).lines())
                    .allMatch(line -> line.length() <= columns);
        }
    }

    @Test
    void leavesOutWhatIsZeroOnATerminalAndSaysWhatDoesNotFit() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(2, file)) {
            stop(machine.vcpu(1).bind(), 3);
            awaitSample(file);
            MachineCounters counters = MachineCounters.open(file);

            List<String> lines = onTerminalInTime(counters, 80, 24).lines().toList();
            assertThat(lines.subList(lines.size() - 4, lines.size()))
                    .containsExactly(
                            "vCPU  state  accepted  stop",
                            "   0   runs         0     0",
                            "   1   runs         3     3",
                            " all                3     3");
            assertThat(onTerminalInTime(counters, 22, 24))
                    .contains("vCPU  state  accepted\n")
                    .endsWith("too wide, see --wide:\n    stop\n");
            assertThat(onTerminalInTime(counters, 80, 6)).contains("and 1 less busy ones\n");
        }
    }

    private static void awaitSample(Path file) throws IOException {
        MachineCounters counters = MachineCounters.open(file);
        long last = counters.snapshot().gauge(MachineGauge.SAMPLES);
        while (counters.snapshot().gauge(MachineGauge.SAMPLES) < last + 4) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A file whose last sample is old, as that of a process that a signal has stopped. */
    @Test
    void tellsTheAgeOfASampleThatIsOld() throws IOException {
        Path file = directory.resolve("guest.counters");
        build(1, file).close();
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(STATE_OFFSET, 1);
        Path stopped = directory.resolve("stopped.counters");
        Instant since = Instant.now();
        do { // the last sample was taken before the file was closed
            Files.write(stopped, bytes);
        } while (Duration.between(since, Instant.now()).toMillis() < 1000);
        MachineCounters counters = MachineCounters.open(stopped);

        loop(counters, TopLoop.Form.PLAIN).once();
        assertThat(out.toString().lines().toList().get(1)).matches("as of \\d+\\.\\d s ago: its process does not run");
        assertThat(onTerminal(counters, 80, 24, List.of(0))).startsWith("as of ");
        out.getBuffer().setLength(0);
        loop(counters, TopLoop.Form.JSON).once();
        assertThat(out.toString()).contains("\"process_runs\":false").containsPattern("\"sample_age_seconds\":[1-9]");
    }

    @Test
    void endsWhereTheProcessHasDied() throws IOException {
        Path file = directory.resolve("guest.counters");
        build(1, file).close();
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        header.putInt(STATE_OFFSET, 1).putLong(PID_OFFSET, Integer.MAX_VALUE);
        Path dead = Files.write(directory.resolve("dead.counters"), bytes);
        loop(MachineCounters.open(dead), TopLoop.Form.PLAIN).run(doing(() -> {}));

        assertThat(out.toString().lines().filter(line -> line.startsWith("machine")))
                .hasSize(2)
                .allMatch(line -> line.contains("which is not there (any more, or in another container)"));
    }

    @Test
    void endsWhereItsThreadIsInterrupted() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(1, file)) {
            loop(MachineCounters.open(file), TopLoop.Form.JSON).run(() -> {
                throw new InterruptedException();
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(machine.isClosed()).isFalse();
        }
        assertThat(out.toString().lines()).hasSize(1);
    }
}
