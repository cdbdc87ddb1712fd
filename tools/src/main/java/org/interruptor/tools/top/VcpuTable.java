package org.interruptor.tools.top;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The table of vCPUs: a heading, a row for each, and one with their sums if there are several. */
final class VcpuTable {
    /** Between columns. */
    private static final String GAP = "  ";

    private final List<String> heading = new ArrayList<>(List.of("vCPU", "state"));
    private final List<List<String>> vcpus;

    /** Null for a single vCPU. */
    private final List<String> sums;

    private final int[] widths;

    /** How many columns are shown. */
    private int fitting;

    VcpuTable(Reading reading, List<Column> columns) {
        columns.forEach(column -> heading.add(column.heading(reading)));
        vcpus = IntStream.range(0, reading.now().vcpuCount())
                .mapToObj(vcpu -> {
                    List<String> row = new ArrayList<>(List.of(Integer.toString(vcpu), reading.state(vcpu)));
                    columns.forEach(column -> row.add(column.cell(reading, vcpu)));
                    return row;
                })
                .toList();
        if (vcpus.size() > 1) {
            sums = new ArrayList<>(List.of("all", ""));
            columns.forEach(column -> sums.add(column.sum(reading)));
        } else {
            sums = null;
        }
        widths = IntStream.range(0, heading.size()).map(this::width).toArray();
        fitting = widths.length;
    }

    private int width(int column) {
        int width = heading.get(column).length();
        for (List<String> row : vcpus) {
            width = Math.max(width, row.get(column).length());
        }
        return sums == null ? width : Math.max(width, sums.get(column).length());
    }

    /**
     * Leaves out the last columns, as many as it takes for the others to fit; number and state stay.
     *
     * @return the headings of those that are left out.
     */
    List<String> cutTo(int columns) {
        int used = widths[0] + GAP.length() + widths[1];
        fitting = 2;
        while (fitting < widths.length && used + GAP.length() + widths[fitting] <= columns) {
            used += GAP.length() + widths[fitting];
            fitting++;
        }
        return heading.subList(fitting, heading.size());
    }

    /** Lines of the heading and the sums. */
    int frame() {
        return sums == null ? 1 : 2;
    }

    /** With the rows of these vCPUs; each line ended by a line feed. */
    String render(List<Integer> shown) {
        StringBuilder text = new StringBuilder();
        line(text, heading);
        shown.forEach(vcpu -> line(text, vcpus.get(vcpu)));
        if (sums != null) {
            line(text, sums);
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> row) {
        for (int i = 0; i < fitting; i++) {
            String cell = row.get(i);
            text.append(i == 0 ? "" : GAP)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(cell);
        }
        text.append('\n');
    }
}
