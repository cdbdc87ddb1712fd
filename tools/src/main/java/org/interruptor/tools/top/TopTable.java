package org.interruptor.tools.top;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.interruptor.engine.Counter;
import org.interruptor.engine.MachineCounters;
import org.interruptor.engine.MachineGauge;

/** A reading as text: a line for the machine, one for what floats, and a table of the vCPUs. */
final class TopTable {

    private final MachineCounters counters;
    private final int rowsAtMost;

    /** With at most so many vCPUs, the busiest. */
    TopTable(MachineCounters counters, int rowsAtMost) {
        this.counters = counters;
        this.rowsAtMost = rowsAtMost;
    }

    String render(Reading reading, Instant time) {
        StringBuilder text = new StringBuilder();
        text.append(machine(reading, time))
                .append('\n')
                .append(floating(reading))
                .append('\n');
        List<Integer> shown = shown(reading);
        rows(reading, shown).forEach(row -> text.append(row).append('\n'));
        int hidden = counters.vcpuCount() - shown.size();
        if (hidden > 0) {
            text.append("and ").append(hidden).append(" less busy ones\n");
        }
        return text.toString();
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
                + ", queued " + reading.now().gauge(MachineGauge.QUEUED) + " of " + counters.floatingCapacity()
                + " (service " + reading.now().gauge(MachineGauge.QUEUED_SERVICE)
                + ", virtio " + reading.now().gauge(MachineGauge.QUEUED_VIRTIO) + ")";
    }

    private static String counted(Reading reading, String name, MachineGauge gauge) {
        return reading.hasRates()
                ? name + "/s " + Column.rate(reading.rate(gauge))
                : name + " " + reading.now().gauge(gauge);
    }

    /** The busiest, in the order of their numbers. */
    private List<Integer> shown(Reading reading) {
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

    private static List<String> rows(Reading reading, List<Integer> vcpus) {
        List<List<String>> cells = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("vCPU", "state"));
        Column.ALL.forEach(column -> headings.add(column.heading(reading)));
        cells.add(headings);
        for (int vcpu : vcpus) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(vcpu), reading.state(vcpu)));
            Column.ALL.forEach(column -> row.add(column.cell(reading, vcpu)));
            cells.add(row);
        }
        int[] widths = new int[headings.size()];
        cells.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return cells.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : "  ")
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(cell);
        }
        return line.toString();
    }
}
