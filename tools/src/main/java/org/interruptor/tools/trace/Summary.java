package org.interruptor.tools.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A recording in a few tables: how long interruptions took, how many were queued, and what became of waits. */
final class Summary {
    private final List<TraceEvent> events;
    private final List<Flight> flights;
    private final StringBuilder text = new StringBuilder();

    private Summary(List<TraceEvent> events, List<Flight> flights) {
        this.events = events;
        this.flights = flights;
    }

    /**
     * The tables.
     *
     * @param events in the order of time, at least one.
     * @param flights of these events.
     */
    static String of(List<TraceEvent> events, List<Flight> flights) {
        Summary summary = new Summary(events, flights);
        summary.counts();
        summary.merged();
        summary.latencies();
        summary.queues();
        summary.waits();
        return summary.text.toString();
    }

    private void counts() {
        long complete = flights.stream().filter(Flight::isComplete).count();
        long open = flights.stream().filter(flight -> flight.delivery() == null).count();
        text.append(String.format(
                Locale.ROOT,
                "%,d events in %s: %,d interruptions injected and delivered, %,d injected alone, %,d delivered alone.%n",
                events.size(),
                Timeline.span(Waits.span(events).toNanos()),
                complete,
                open,
                flights.size() - complete - open));
    }

    /** Injections without a delivery of their own. */
    private void merged() {
        Map<String, long[]> counts = new TreeMap<>();
        events.stream()
                .filter(event -> event.kind().isMerged())
                .forEach(event -> counts.computeIfAbsent(event.what(), any -> new long[2])[
                        event.kind() == EventKind.COALESCED ? 0 : 1]++);
        if (!counts.isEmpty()) {
            text.append("\nCoalesced with a pending one, or suppressed\n\n");
            row(List.of("", "coalesced", "suppressed"));
            counts.forEach((type, count) -> row(List.of(
                    type, String.format(Locale.ROOT, "%,d", count[0]), String.format(Locale.ROOT, "%,d", count[1]))));
        }
    }

    private void latencies() {
        Map<String, Times> times = new TreeMap<>();
        flights.stream()
                .filter(Flight::isComplete)
                .forEach(flight -> times.computeIfAbsent(flight.injection().what(), any -> new Times())
                        .add(flight.nanos()));
        table("From injection to delivery", "", times);
    }

    /** How many were on their way, over the time. */
    private void queues() {
        Map<String, Queue> queues = new TreeMap<>();
        Instant end = events.get(0).time().plus(Waits.span(events));
        for (Flight flight : flights) {
            if (flight.injection() != null) {
                Instant until =
                        flight.delivery() == null ? end : flight.delivery().time();
                queues.computeIfAbsent(flight.injection().what(), any -> new Queue())
                        .add(flight.injection().time(), until);
            }
        }
        if (queues.isEmpty()) {
            return;
        }
        double span = Math.max(1, Waits.span(events).toNanos());
        text.append("\nQueued: injected and not yet delivered\n\n");
        row(List.of("", "at most", "on average"));
        queues.forEach((type, queue) -> row(List.of(
                type,
                String.format(Locale.ROOT, "%,d", queue.most()),
                String.format(Locale.ROOT, "%.2f", queue.nanos / span))));
    }

    /** The interruptions of one type. */
    private static final class Queue {
        private final TreeMap<Instant, Integer> steps = new TreeMap<>();
        private double nanos;

        void add(Instant from, Instant until) {
            if (until.isAfter(from)) {
                steps.merge(from, 1, Integer::sum);
                steps.merge(until, -1, Integer::sum);
                nanos += Duration.between(from, until).toNanos();
            }
        }

        long most() {
            long now = 0;
            long most = 0;
            for (int step : steps.values()) {
                now += step;
                most = Math.max(most, now);
            }
            return most;
        }
    }

    private void waits() {
        Waits waits = new Waits(events);
        table("Waits, by what ended them", "", waits.byOutcome());
        if (waits.byOutcome().isEmpty()) {
            return;
        }
        text.append("\nWake-ups for nothing: the wait ended as ready, and the next came without a delivery\n\n");
        if (waits.forNothing().isEmpty()) {
            row(List.of("none", "", ""));
        } else {
            row(List.of("", "for nothing", "of waits"));
            waits.forNothing()
                    .forEach((vcpu, count) -> row(List.of(
                            vcpu,
                            String.format(Locale.ROOT, "%,d", count),
                            String.format(Locale.ROOT, "%,d", waits.all(vcpu)))));
        }
    }

    private void table(String title, String corner, Map<String, Times> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append("\n\n");
        row(cells(corner, Times.HEADER));
        rows.forEach((name, times) -> row(cells(name, times.cells())));
    }

    private static List<String> cells(String first, List<String> others) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(others);
        return cells;
    }

    private void row(List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-20s", cells.get(0)));
        cells.stream().skip(1).forEach(cell -> line.append(String.format(Locale.ROOT, "  %11s", cell)));
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
