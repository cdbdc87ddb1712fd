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

    /** A table: the first row is its head, the first column names the rows. It scrolls by itself where it is too wide. */
    static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder("<div class=\"scroll\"><table>");
        for (int i = 0; i < rows.size(); i++) {
            text.append("<tr>");
            for (int k = 0; k < rows.get(i).size(); k++) {
                text.append(element(i == 0 || k == 0 ? "th" : "td", rows.get(i).get(k)));
            }
            text.append("</tr>\n");
        }
        return text.append("</table></div>\n").toString();
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
