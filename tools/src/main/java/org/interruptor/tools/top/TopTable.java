package org.interruptor.tools.top;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.tools.cli.TerminalSize;

/**
 * A reading as text: a line for the machine, one for what floats, and a table of the vCPUs with a row of their sums. On a
 * terminal it fits: columns that are all zero are left out, then those that are too far to the right; and of many vCPUs the
 * busiest are shown.
 */
final class TopTable {
    private final MachineCounters counters;

    /** Null where all is to be shown. */
    private final TerminalSize terminal;

    private final LatencyLine latency;

    TopTable(MachineCounters counters, TerminalSize terminal, LatencyLine latency) {
        this.counters = counters;
        this.terminal = terminal;
        this.latency = latency;
    }

    String render(Reading reading, Instant time) {
        StringBuilder text = new StringBuilder();
        line(text, machine(reading, time));
        Age age = Age.of(counters, reading, time);
        if (age.isStale()) {
            line(text, age.sentence());
        }
        line(text, floating(reading));
        latency.read().ifPresent(interval -> line(text, interval.sentence(time.toEpochMilli())));
        List<Column> columns = Column.ALL.stream()
                .filter(column -> (terminal == null && !column.isOptional()) || !column.isZero(reading))
                .toList();
        VcpuTable table = new VcpuTable(reading, columns);
        List<String> cut = terminal == null ? List.of() : table.cutTo(terminal.columns());
        StringBuilder footer = new StringBuilder();
        if (!cut.isEmpty()) {
            line(footer, "too wide, see --wide: " + String.join(", ", cut));
        }
        List<Integer> shown = shown(reading, rows(text, table, footer));
        text.append(table.render(shown));
        int hidden = counters.vcpuCount() - shown.size();
        if (hidden > 0) {
            line(text, "and " + hidden + " less busy ones");
        }
        return text.append(footer).toString();
    }

    /** How many vCPUs fit between what is above and below; one at least. The last row of a terminal is the cursor's. */
    private int rows(StringBuilder above, VcpuTable table, StringBuilder below) {
        if (terminal == null) {
            return Integer.MAX_VALUE;
        }
        int left = terminal.rows() - 1 - lines(above) - table.frame() - lines(below);
        return Math.max(1, counters.vcpuCount() <= left ? left : left - 1);
    }

    private static int lines(StringBuilder text) {
        return (int) text.toString().lines().count();
    }

    private void line(StringBuilder text, String line) {
        text.append(terminal == null ? line + "\n" : terminal.fold(line));
    }

    private String machine(Reading reading, Instant time) {
        Duration up = Duration.between(counters.builtAt(), time);
        return "machine " + counters.machineNumber() + " of process " + counters.pid()
                + (counters.isClosed()
                        ? ", closed"
                        : counters.isProcessAlive() ? "" : ", which is not there (any more, or in another container)")
                + String.format(
                        Locale.ROOT, ", built %d:%02d:%02d ago", up.toHours(), up.toMinutesPart(), up.toSecondsPart())
                + ", " + counters.vcpuCount() + (counters.vcpuCount() == 1 ? " vCPU, " : " vCPUs, ") + reading.waiting()
                + " in the wait";
    }

    private String floating(Reading reading) {
        return "floating: " + counted(reading, "accepted", MachineGauge.ACCEPTED)
                + ", " + counted(reading, "refused", MachineGauge.REFUSED)
                + optional(reading, "coalesced", MachineGauge.COALESCED)
                + optional(reading, "suppressed", MachineGauge.SUPPRESSED)
                + optional(reading, "withdrawn", MachineGauge.WITHDRAWN)
                + ", queued " + reading.now().gauge(MachineGauge.QUEUED) + " of " + counters.floatingCapacity()
                + " (service " + reading.now().gauge(MachineGauge.QUEUED_SERVICE)
                + ", virtio " + reading.now().gauge(MachineGauge.QUEUED_VIRTIO) + ")";
    }

    /** Only where there was one: under original rules there is none. */
    private static String optional(Reading reading, String name, MachineGauge gauge) {
        return reading.now().gauge(gauge) == 0 ? "" : ", " + counted(reading, name, gauge);
    }

    private static String counted(Reading reading, String name, MachineGauge gauge) {
        return reading.hasRates()
                ? name + "/s " + Column.rate(reading.rate(gauge))
                : name + " " + reading.now().gauge(gauge);
    }

    /** The busiest, in the order of their numbers. */
    private List<Integer> shown(Reading reading, int rowsAtMost) {
        return IntStream.range(0, counters.vcpuCount())
                .boxed()
                .sorted(Comparator.comparingLong((Integer vcpu) -> -activity(reading, vcpu)))
                .limit(rowsAtMost)
                .sorted()
                .toList();
    }

    private static long activity(Reading reading, int vcpu) {
        long activity = 0;
        for (Counter counter : Counter.values()) {
            long before = reading.hasRates() ? reading.before().counter(vcpu, counter) : 0;
            activity += reading.now().counter(vcpu, counter) - before;
        }
        return activity;
    }
}
