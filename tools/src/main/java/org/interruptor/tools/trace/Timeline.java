package org.interruptor.tools.trace;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Events as text, a line each; a wait has two, for its beginning and its end.
 *
 * <pre>
 *     seconds  machine  where     what
 *  0.000000000        1  any vCPU  inject   virtio 0xd00 0x100000                      device-1
 *  0.000001250        1  vCPU 0    wait     ends: ready, after 1.250 us                vcpu-0
 * </pre>
 */
final class Timeline {

    /** A line: its time, and what stands in it. */
    private record Line(Instant time, TraceEvent event, String what) {}

    private final PrintWriter out;

    Timeline(PrintWriter out) {
        this.out = out;
    }

    void print(List<TraceEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Instant start = events.get(0).time();
        out.print("seconds since " + start + "\n");
        lines(events).forEach(line -> out.print(text(line, start) + "\n"));
    }

    private static List<Line> lines(List<TraceEvent> events) {
        List<Line> lines = new ArrayList<>();
        for (TraceEvent event : events) {
            switch (event.kind()) {
                case WAIT -> {
                    lines.add(new Line(event.time(), event, "wait     begins"));
                    lines.add(new Line(
                            event.end(),
                            event,
                            "wait     ends: " + event.what() + ", after " + span(event.duration())));
                }
                case FAULT ->
                    lines.add(new Line(
                            event.time(),
                            event,
                            "fault    " + event.what() + ", no lowcore at " + hex(event.parameter())));
                case DELIVERY -> lines.add(new Line(event.time(), event, "deliver  " + interruption(event)));
                case COALESCED, SUPPRESSED ->
                    lines.add(new Line(
                            event.time(),
                            event,
                            "inject   " + interruption(event) + ", "
                                    + event.kind().label()));
                case INJECTION -> lines.add(new Line(event.time(), event, "inject   " + interruption(event)));
            }
        }
        lines.sort(Comparator.comparing(Line::time));
        return lines;
    }

    private static String interruption(TraceEvent event) {
        boolean hasParameter = event.parameter() != 0 || event.parameter64() != 0;
        return event.what()
                + (hasParameter ? " " + hex(event.parameter()) : "")
                + (event.parameter64() != 0 ? " " + hex(event.parameter64()) : "");
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String span(Duration duration) {
        return span(duration.toNanos());
    }

    /** Nanoseconds, with a unit that fits. */
    static String span(long nanos) {
        if (nanos >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
        }
        return nanos >= 1_000_000
                ? String.format(Locale.ROOT, "%.3f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.3f us", nanos / 1e3);
    }

    private static String text(Line line, Instant start) {
        Duration since = Duration.between(start, line.time());
        TraceEvent event = line.event();
        String where = event.vcpu() < 0 ? "any vCPU" : "vCPU " + event.vcpu();
        String text = String.format(
                Locale.ROOT,
                "%6d.%09d  machine %d  %-8s  %-44s  %s",
                since.getSeconds(),
                since.getNano(),
                event.machine(),
                where,
                line.what(),
                event.thread());
        return text.stripTrailing();
    }
}
