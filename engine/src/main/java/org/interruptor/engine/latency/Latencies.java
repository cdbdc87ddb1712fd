package org.interruptor.engine.latency;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.interruptor.engine.gate.InterruptionType;

/**
 * The times of a machine from injection to delivery: a histogram for each vCPU and class. Recording allocates nothing, takes no lock,
 * and is wait-free; the log swaps the histograms while vCPUs record.
 *
 * <p>Threads: {@link #since} any; {@link #delivered} the vCPU's own; {@link #interval} one.
 */
public final class Latencies {
    /** Longer times count as this one. */
    public static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** A value is told to so many digits. */
    private static final int DIGITS = 2;

    private static final InterruptionType[] TYPES = InterruptionType.values();

    private final Since since;
    private final SingleWriterRecorder[][] recorders;
    private final Histogram[][] intervals;

    /**
     * Nothing is recorded yet. Takes some 60 KiB for each vCPU and class, all of it now.
     *
     * @param isArchitecture whether the machine has the classes of the architecture rules.
     */
    public Latencies(int vcpus, boolean isArchitecture) {
        since = new Since(vcpus);
        recorders = new SingleWriterRecorder[vcpus][TYPES.length];
        intervals = new Histogram[vcpus][TYPES.length];
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            for (InterruptionType type : TYPES) {
                if (!type.isCondition() && (isArchitecture || type.isOriginal())) {
                    recorders[vcpu][type.ordinal()] = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
                }
            }
        }
    }

    /** Times of what no queue holds one by one. */
    public Since since() {
        return since;
    }

    /**
     * An interruption was delivered.
     *
     * @param time when it was injected; {@link Since#NONE} records nothing.
     */
    public void delivered(int vcpu, InterruptionType type, long time) {
        if (time != Since.NONE) {
            record(vcpu, type, System.nanoTime() - time);
        }
    }

    private void record(int vcpu, InterruptionType type, long nanos) {
        recorders[vcpu][type.ordinal()].recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
    }

    /**
     * The times since the last call.
     *
     * @return the same object at each call; null if the class is not recorded.
     */
    Histogram interval(int vcpu, InterruptionType type) {
        SingleWriterRecorder recorder = recorders[vcpu][type.ordinal()];
        if (recorder == null) {
            return null;
        }
        Histogram interval = recorder.getIntervalHistogram(intervals[vcpu][type.ordinal()]);
        intervals[vcpu][type.ordinal()] = interval;
        return interval;
    }

    int vcpus() {
        return recorders.length;
    }
}
