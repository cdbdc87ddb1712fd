package org.interruptor.bench.report;

import java.util.stream.IntStream;

/** A logarithmic axis of whole decades. */
final class LogScale {
    private final int lowest;
    private final int highest;
    private final double from;
    private final double to;

    /**
     * Lays out an axis.
     *
     * @param least the least value, above 0.
     * @param most the greatest value.
     * @param from where the lowest decade begins in the drawing.
     * @param to where the highest ends.
     */
    LogScale(double least, double most, double from, double to) {
        lowest = (int) Math.floor(Math.log10(least));
        highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(most)));
        this.from = from;
        this.to = to;
    }

    double at(double value) {
        return from + (Math.log10(value) - lowest) / (highest - lowest) * (to - from);
    }

    /** The powers of ten from one end to the other. */
    double[] decades() {
        return IntStream.rangeClosed(lowest, highest)
                .mapToDouble(exponent -> Math.pow(10, exponent))
                .toArray();
    }
}
