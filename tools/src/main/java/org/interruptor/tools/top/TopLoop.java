package org.interruptor.tools.top;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.tools.cli.TerminalSize;

/**
 * Reads the counters each interval and prints them, until the machine is closed, or its process is gone and nothing moves any
 * more.
 */
final class TopLoop {

    /** How readings are printed. */
    enum Form {
        /** One after the other, as text. */
        PLAIN,
        /** As text, each over the one before. */
        TERMINAL,
        /** One JSON object a line. */
        JSON
    }

    /** What passes the time to the next reading. */
    @FunctionalInterface
    interface Pause {
        void pause() throws InterruptedException;
    }

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final MachineCounters counters;
    private final PrintWriter out;
    private final Form form;

    /** Of the terminal, asked at each reading; null where there is none, or all is to be shown. */
    private final Supplier<TerminalSize> size;

    /** Those that are to be explained; none means all, in a table. */
    private final List<Integer> explained;

    private final LatencyLine latency;

    TopLoop(
            MachineCounters counters,
            PrintWriter out,
            Form form,
            Supplier<TerminalSize> size,
            List<Integer> explained,
            LatencyLine latency) {
        this.counters = counters;
        this.out = out;
        this.form = form;
        this.size = size;
        this.explained = explained;
        this.latency = latency;
    }

    /** One reading. */
    void once() {
        print(new Reading(counters.snapshot(), null, 0));
    }

    /** Readings until the end, or until the thread is interrupted. */
    void run(Pause pause) {
        Reading reading = new Reading(counters.snapshot(), null, 0);
        long readAt = System.nanoTime();
        while (true) {
            // Before it is printed: what closes behind this look is told by one more reading.
            boolean isClosed = counters.isClosed();
            print(reading);
            if (isClosed || (reading.isUnchanged() && !counters.isProcessAlive())) {
                return;
            }
            try {
                pause.pause();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
            CountersSnapshot now = counters.snapshot();
            long at = System.nanoTime();
            reading = new Reading(now, reading.now(), Math.max(1, at - readAt) / 1e9);
            readAt = at;
        }
    }

    private void print(Reading reading) {
        Instant time = Instant.now();
        switch (form) {
            case JSON ->
                out.print(new TopJson(counters, latency).render(reading, time, vcpus(), !explained.isEmpty()) + "\n");
            case TERMINAL -> out.print(HOME_AND_CLEAR + TopColours.colour(text(reading, time)));
            default -> out.print(text(reading, time) + (reading.hasRates() ? "\n" : ""));
        }
        out.flush();
    }

    private List<Integer> vcpus() {
        return explained.isEmpty()
                ? IntStream.range(0, counters.vcpuCount()).boxed().toList()
                : explained;
    }

    private String text(Reading reading, Instant time) {
        TerminalSize terminal = size == null ? null : size.get();
        if (explained.isEmpty()) {
            return new TopTable(counters, terminal, latency).render(reading, time);
        }
        StringBuilder text = new StringBuilder();
        Age age = Age.of(counters, reading, time);
        if (age.isStale()) {
            text.append(age.sentence()).append('\n');
        }
        explained.forEach(vcpu -> text.append(reading.now().explain(vcpu)));
        return terminal == null
                ? text.toString()
                : text.toString().lines().map(terminal::fold).collect(Collectors.joining());
    }
}
