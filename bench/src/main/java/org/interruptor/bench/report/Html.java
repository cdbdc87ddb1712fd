package org.interruptor.bench.report;

import java.util.List;

/** Pieces of HTML. */
final class Html {
    private Html() {}

    /** Text that is to be read as text. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An element with text in it. */
    static String element(String name, String text) {
        return "<" + name + ">" + escape(text) + "</" + name + ">";
    }

    /** A table: the first row is its head. */
    static String table(List<List<String>> rows) {
        HtmlTable table = new HtmlTable(rows.get(0));
        rows.stream().skip(1).forEach(row -> table.row("", row));
        return table.toString();
    }

    /** A list of terms and what they mean. */
    static String definitions(List<List<String>> pairs) {
        StringBuilder text = new StringBuilder("<dl>");
        for (List<String> pair : pairs) {
            text.append(element("dt", pair.get(0))).append(element("dd", pair.get(1)));
        }
        return text.append("</dl>\n").toString();
    }
}
