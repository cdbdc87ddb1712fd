package org.interruptor.bench.report;

import java.util.List;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Contender.Role;

/** Which colour is whose: classes of the page's style sheet. Limits are drawn dashed or hatched. */
final class Legend {
    private Legend() {}

    static String fill(Contender engine) {
        return "fill " + colour(engine) + (engine.role() == Role.LIMIT ? " limit" : "");
    }

    static String stroke(Contender engine) {
        return "stroke " + colour(engine) + (engine.role() == Role.LIMIT ? " limit" : "")
                + (engine.role() == Role.SUBJECT ? " thick" : "");
    }

    static String dot(Contender engine) {
        return "fill " + colour(engine);
    }

    private static String colour(Contender engine) {
        return "c-" + engine.label();
    }

    /** A line that names the colours. */
    static String of(List<Contender> engines) {
        StringBuilder text = new StringBuilder("<ul class=\"legend\">");
        for (Contender engine : engines) {
            text.append(
                            "<li><svg viewBox=\"0 0 26 10\" aria-hidden=\"true\"><line x1=\"1\" y1=\"5\" x2=\"25\" y2=\"5\" class=\"")
                    .append(stroke(engine))
                    .append("\"/></svg>")
                    .append(Html.escape(engine.title()))
                    .append("</li>");
        }
        return text.append("</ul>\n").toString();
    }
}
