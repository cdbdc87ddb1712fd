package org.interruptor.bench.trial;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What is reported, with its unit. */
public enum Figure {
    /** Time of an injection and its delivery, on one thread. */
    PAIR("pair", "ns", false, "inject + deliver"),
    /** Deliveries a second. */
    RATE("rate", "1/s", true, "deliveries"),
    /** Time of a cache line from core to core: half of a round trip. */
    ONE_WAY("one-way", "ns", false, "one way"),
    /** Half of all were faster. */
    P50("p50", "ns", 50),
    /** 9 of 10 were faster. */
    P90("p90", "ns", 90),
    /** 99 of 100 were faster. */
    P99("p99", "ns", 99),
    /** 999 of 1000 were faster. */
    P99_9("p99.9", "ns", 99.9),
    /** The slowest. */
    MAX("max", "ns", 100),
    /** Time on a core of all threads of the trial, for each delivery. */
    CPU("cpu", "ns", false, "CPU time"),
    /** Bytes that all threads of the trial allocated, for each delivery. */
    ALLOCATED("allocated", "B", false, "allocated");

    /** So many times have to be slower than a percentile that is to be told. */
    private static final int LEAST_SLOWER = 10;

    private static final double ROUNDING = 1e-6;

    private final String label;
    private final String unit;
    private final boolean moreIsBetter;
    private final String title;
    private final double percentile;

    Figure(String label, String unit, boolean moreIsBetter, String title) {
        this.label = label;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
        this.title = title;
        this.percentile = Double.NaN;
    }

    Figure(String label, String unit, double percentile) {
        this.label = label;
        this.unit = unit;
        this.moreIsBetter = false;
        this.title = label;
        this.percentile = percentile;
    }

    /** The name in results. */
    @JsonValue
    public String label() {
        return label;
    }

    /** The unit, as in results. */
    public String unit() {
        return unit;
    }

    /** Whether more is better; else less is. */
    public boolean isMoreBetter() {
        return moreIsBetter;
    }

    /** The name in the report. */
    public String title() {
        return title;
    }

    /** Whether it is a percentile of times. */
    public boolean isPercentile() {
        return !Double.isNaN(percentile);
    }

    /** Which percentile, 0 to 100; NaN if it is none. */
    public double percentile() {
        return percentile;
    }

    /**
     * Whether a percentile can be told from so many times: ten of them have to be slower. The slowest always can.
     *
     * @param times how many there are.
     * @return true for what is no percentile.
     */
    public boolean isSupportedBy(long times) {
        return !isPercentile() || percentile == 100 || times * (1 - percentile / 100) >= LEAST_SLOWER - ROUNDING;
    }

    /**
     * The figure of a name.
     *
     * @throws IllegalArgumentException if there is none of that name.
     */
    @JsonCreator
    public static Figure of(String label) {
        for (Figure figure : values()) {
            if (figure.label.equals(label)) {
                return figure;
            }
        }
        throw new IllegalArgumentException("figure '" + label + "' is unknown");
    }
}
