package org.interruptor.bench.report;

import java.util.List;

/** A table of a page, whose first column names the rows. It scrolls by itself where it is too wide. */
final class HtmlTable {
    private final StringBuilder rows = new StringBuilder();

    HtmlTable(List<String> header) {
        append("", header, "th");
    }

    /**
     * Appends a row.
     *
     * @param style a class of the page's style sheet; or empty.
     */
    HtmlTable row(String style, List<String> cells) {
        append(style, cells, "td");
        return this;
    }

    private void append(String style, List<String> cells, String element) {
        rows.append(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
        for (int i = 0; i < cells.size(); i++) {
            rows.append(Html.element(i == 0 ? "th" : element, cells.get(i)));
        }
        rows.append("</tr>\n");
    }

    @Override
    public String toString() {
        return "<div class=\"scroll\"><table>" + rows + "</table></div>\n";
    }
}
