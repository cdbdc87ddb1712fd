package org.interruptor.tools.guest.measure.linux;

import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.interruptor.engine.gate.Counter;

/** Prints what was measured in a booted kernel. */
final class LinuxReport {
    private final PrintWriter out;

    LinuxReport(PrintWriter out) {
        this.out = out;
    }

    void print(ConsoleReport report, PhaseCounters counters, TickLateness ticks) {
        out.print("What a program in the guest sees, microseconds\n\n");
        out.print(String.format(
                Locale.ROOT,
                "  %-32s %12s %11s %9s %9s %9s %9s%n",
                "",
                "samples",
                "per second",
                "p50",
                "p90",
                "p99",
                "max"));
        for (Phase phase : Phase.values()) {
            PhaseResult result = report.result(phase);
            if (result == null) {
                out.print(String.format(Locale.ROOT, "  %-32s %12s%n", phase.label(), "none"));
            } else {
                line(phase.label(), result.histogram(), result.perSecond());
            }
        }
        out.print("\nWhat the engine does meanwhile, microseconds\n\n");
        line(
                "clock comparator, due to taken",
                ticks.histogram(),
                counters.perSecond(Phase.TIMER, Counter.DELIVER_CLOCK_COMPARATOR));
        counts(counters);
        out.flush();
    }

    private void line(String label, Histogram nanos, double perSecond) {
        out.print(String.format(
                Locale.ROOT,
                "  %-32s %,12d %,11.0f %,9.1f %,9.1f %,9.1f %,9.1f%n",
                label,
                nanos.getTotalCount(),
                perSecond,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(90) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getMaxValue() / 1e3));
    }

    /** Counters that stay below one a second in each phase are left out. */
    private void counts(PhaseCounters counters) {
        out.print("\nThe engine's counters, per second, all vCPUs\n\n");
        out.print(String.format(Locale.ROOT, "  %-32s %12s %11s %9s%n", "", "sleeps", "round trips", "reads"));
        for (int i = 0; i < Counter.count(); i++) {
            Counter counter = Counter.ofOrdinal(i);
            double timer = counters.perSecond(Phase.TIMER, counter);
            double signal = counters.perSecond(Phase.SIGNAL, counter);
            double disk = counters.perSecond(Phase.DISK, counter);
            if (timer >= 1 || signal >= 1 || disk >= 1) {
                out.print(String.format(
                        Locale.ROOT, "  %-32s %,12.0f %,11.0f %,9.0f%n", counter.label(), timer, signal, disk));
            }
        }
    }
}
