package org.interruptor.bench.report;

import java.util.Locale;
import org.interruptor.bench.trial.Figure;

/** Values with units, in three digits or so. */
final class Units {
    /** From this part on, percentages have no decimals. */
    private static final double WHOLE = 0.0995;

    private Units() {}

    /** A value of a figure. */
    static String format(Figure figure, double value) {
        return switch (figure) {
            case RATE -> rate(value);
            case ALLOCATED -> bytes(value);
            case PAIR, ONE_WAY, CPU, P50, P90, P99, P99_9, MAX -> time(value);
        };
    }

    /** Nanoseconds. */
    static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    /** So many a second. */
    static String rate(double perSecond) {
        if (perSecond < 1e3) {
            return digits(perSecond) + "/s";
        }
        return perSecond < 1e6 ? digits(perSecond / 1e3) + " k/s" : digits(perSecond / 1e6) + " M/s";
    }

    /** Bytes; what is less than half of one comes from the harness. */
    static String bytes(double bytes) {
        return Math.round(bytes) + " B";
    }

    /** How many times, for instance 2.5×. */
    static String times(double ratio) {
        return digits(ratio) + "×";
    }

    /** A change, for instance +12 %. */
    static String percent(double part) {
        return (part < 0 ? "-" : "+") + share(Math.abs(part));
    }

    /** A part of something, for instance 3.4 % or 12 %. */
    static String share(double part) {
        return String.format(Locale.ROOT, part < WHOLE ? "%.1f %%" : "%.0f %%", part * 100);
    }

    private static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        if (value < 10) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return value < 100 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }
}
