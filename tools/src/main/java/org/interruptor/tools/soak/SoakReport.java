package org.interruptor.tools.soak;

import java.io.PrintWriter;
import java.util.Locale;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;

/** What a soak prints: how far it is, what has happened, what was wrong. Threads: one. */
final class SoakReport implements Soak.Progress {
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final long TERMINAL_NANOS = 200_000_000L;

    private final PrintWriter out;
    private final long totalNanos;
    private final int columns;
    private final boolean isTerminal;
    private final long start = System.nanoTime();
    private long next;

    /**
     * A report of a soak that begins now.
     *
     * @param columns of a line of the terminal, 2 or more; 0 where there is none.
     */
    SoakReport(PrintWriter out, long totalNanos, int columns) {
        this.columns = columns;
        this.out = out;
        this.totalNanos = totalNanos;
        isTerminal = columns > 0;
        next = isTerminal ? 0 : LINE_NANOS;
    }

    @Override
    public void at(long nanos, long delivered, long machines) {
        if (nanos < next) {
            return;
        }
        next = nanos + (isTerminal ? TERMINAL_NANOS : LINE_NANOS);
        String line = String.format(
                Locale.ROOT,
                "%3d %%  %d s of %d, %,d delivered, %,.0f/s, %d machines closed   ",
                Math.min(100, 100 * nanos / totalNanos),
                seconds(nanos),
                seconds(totalNanos),
                delivered,
                delivered * 1e9 / nanos,
                machines);
        // A line that goes on in the next row is not the one that the next carriage return begins.
        out.print(
                isTerminal
                        ? "\r" + line.substring(0, Math.min(line.length(), columns - 1))
                        : line.stripTrailing() + "\n");
        out.flush();
    }

    private static long seconds(long nanos) {
        return nanos / 1_000_000_000;
    }

    /** The counts, and the violations if there are any. */
    void print(SoakTotals totals, Violations violations, boolean isInterrupted) {
        if (isTerminal) {
            out.print("\n");
        }
        if (isInterrupted) {
            out.print("interrupted after " + seconds(System.nanoTime() - start) + " s of " + seconds(totalNanos)
                    + "; the books up to then:\n");
        }
        for (InterruptionType type : InterruptionType.values()) {
            row(type.label() + " delivered", totals.delivered(type));
        }
        row("delivered in all", totals.delivered());
        row("discarded by reset, closing", totals.discarded());
        row("refused: full, invalid, closed", totals.refused());
        row("waits", totals.counter(Counter.EXIT_WAIT_STATE));
        row("wake-ups", totals.counter(Counter.WAKEUPS));
        row("wake-ups for nothing", totals.counter(Counter.WAKEUPS_FOR_NOTHING));
        row("faults mended", totals.faults);
        row("kicks", totals.kicks);
        row("interrupts of threads", totals.interrupts);
        row("starts", totals.starts);
        row("CPU resets", totals.resets);
        row("resets of machines", totals.machineResets);
        row("pauses", totals.pauses);
        row("merged with a pending one", totals.merged);
        row("suppressed", totals.suppressed);
        row("withdrawn", totals.withdrawn);
        row("quiet phases", totals.quietPhases);
        row("machines drained", totals.drained);
        row("machines closed under load", totals.closedUnderLoad);
        String bytes = totals.isAllocationMeasured()
                ? String.format(Locale.ROOT, "%,.4f", totals.bytesPerInterruption())
                : "too few to tell";
        out.print(String.format(Locale.ROOT, "%-32s %18s%n", "bytes per interruption", bytes));
        for (String description : violations.descriptions()) {
            out.print("violation: " + description.strip() + "\n");
        }
        out.print(violations.any() ? violations.count() + " violations\n" : "no violation\n");
    }

    private void row(String what, long count) {
        out.print(String.format(Locale.ROOT, "%-32s %,18d%n", what, count));
    }
}
