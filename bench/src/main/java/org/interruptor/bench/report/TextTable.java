package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of text: names to the left, numbers to the right. One that is wider than a terminal loses columns, and says so. */
final class TextTable {
    private static final String SPACE = "  ";

    private final int names;
    private final int last;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param names columns of names, in front.
     */
    TextTable(int names) {
        this(names, 0);
    }

    /**
     * An empty table.
     *
     * @param names columns of names, in front, that are always shown.
     * @param last columns at the end that are shown before others.
     */
    TextTable(int names, int last) {
        this.names = names;
        this.last = last;
    }

    TextTable row(List<String> cells) {
        rows.add(cells);
        return this;
    }

    @Override
    public String toString() {
        return toString(Integer.MAX_VALUE);
    }

    /**
     * The table on a terminal.
     *
     * @param width of its lines, in characters.
     */
    String toString(int width) {
        int[] widths = widths();
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
        List<String> cut = new ArrayList<>();
        while (width(shown, widths) > width && shown.size() > Math.max(1, names)) {
            int place = shown.size() - 1 - (shown.size() > names + last ? last : 0);
            cut.add(0, rows.get(0).get(shown.remove(place)));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i : shown) {
                if (i < row.size()) {
                    String space = " ".repeat(widths[i] - row.get(i).length());
                    line.append(SPACE).append(i < names ? row.get(i) + space : space + row.get(i));
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text
                + (cut.isEmpty() ? "" : SPACE + "(too wide here, see the report: " + String.join(", ", cut) + ")\n");
    }

    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static int width(List<Integer> shown, int[] widths) {
        return shown.stream().mapToInt(i -> SPACE.length() + widths[i]).sum();
    }
}
