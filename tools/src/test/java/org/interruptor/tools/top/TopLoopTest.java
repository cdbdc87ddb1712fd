package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopLoopTest {
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
        return Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(vcpus).countersFile(file).build();
    }

    private TopLoop loop(MachineCounters counters, TopLoop.Form form) {
        return new TopLoop(counters, new PrintWriter(out), form, List.of());
    }

    /** Does one thing in each pause. */
    private static TopLoop.Pause doing(Runnable... actions) {
        Queue<Runnable> left = new ArrayDeque<>(List.of(actions));
        return () -> left.remove().run();
    }

    private static void stop(Vcpu vcpu, int times) {
        for (int i = 0; i < times; i++) {
            vcpu.injectStop();
        }
        vcpu.deliverPending();
    }

    @Test
    void showsTotalsFirstAndThenRates() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(1, file)) {
            loop(MachineCounters.open(file), TopLoop.Form.PLAIN)
                    .run(doing(() -> stop(machine.vcpu(0), 1000), machine::close));
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

    @Test
    void showsTheBusiestOnATerminal() throws IOException {
        Path file = directory.resolve("guest.counters");
        try (Machine machine = build(64, file)) {
            stop(machine.vcpu(63), 1);
            loop(MachineCounters.open(file), TopLoop.Form.TERMINAL).once();
        }

        assertThat(out.toString()).contains("\n  63   runs ").endsWith("and 24 less busy ones\n");
        assertThat(out.toString().lines()).hasSize(3 + 40 + 1);
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
