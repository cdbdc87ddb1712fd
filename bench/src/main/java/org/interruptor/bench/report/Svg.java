package org.interruptor.bench.report;

import java.util.List;
import java.util.Locale;

/** A drawing inside an HTML page; its colours come from the page's style sheet. */
final class Svg {
    /** A point of a drawing: units are those of its width and height. */
    record Point(double x, double y) {}

    /** Where a text stands about its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a drawing.
     *
     * @param label says what it shows to those who do not see it.
     */
    Svg(double width, double height, String label) {
        text.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
                width,
                height,
                Html.escape(label)));
    }

    Svg line(Point from, Point to, String style) {
        text.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
                from.x,
                from.y,
                to.x,
                to.y,
                style));
        return this;
    }

    Svg bar(Point corner, double width, double height, String style, String hint) {
        text.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"><title>%s</title></rect>",
                corner.x,
                corner.y,
                width,
                height,
                style,
                Html.escape(hint)));
        return this;
    }

    Svg dot(Point at, String style, String hint) {
        text.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"><title>%s</title></circle>",
                at.x,
                at.y,
                style,
                Html.escape(hint)));
        return this;
    }

    Svg curve(List<Point> points, String style, String hint) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", point.x, point.y));
        }
        text.append(String.format(
                Locale.ROOT, "<path d=\"%s\" class=\"%s\"><title>%s</title></path>", path, style, Html.escape(hint)));
        return this;
    }

    Svg text(Point at, Anchor anchor, String style, String content) {
        text.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                at.x,
                at.y,
                anchor.name().toLowerCase(Locale.ROOT),
                style,
                Html.escape(content)));
        return this;
    }

    @Override
    public String toString() {
        return text + "</svg>";
    }
}
