package org.interruptor.tools.guest.measure.linux;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.gate.InterruptionType;

/**
 * How late clock-comparator interruptions are delivered: from the time in the comparator to when the new PSW is loaded, on all vCPUs.
 * A guest that sets its comparator to a time of the past, or opens the gate late, makes the time long itself.
 *
 * <p>Threads: vCPUs' own, many at once; {@link #begin} and {@link #end} one's; the histogram when the guest has ended.
 */
final class TickLateness implements EngineListener {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DIGITS = 3;

    private final IntToLongFunction late;
    private final Recorder recorder = new Recorder(LONGEST_NANOS, DIGITS);
    private volatile boolean isOn;

    /** {@code late} is the time of a vCPU less its clock comparator, in TOD units, asked in its own thread. */
    TickLateness(IntToLongFunction late) {
        this.late = late;
    }

    void begin() {
        isOn = true;
    }

    void end() {
        isOn = false;
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (isOn && type == InterruptionType.CLOCK_COMPARATOR) {
            long nanos = PhaseResult.nanos(late.applyAsLong(vcpu));
            recorder.recordValue(Math.min(LONGEST_NANOS, Math.max(0, nanos)));
        }
    }

    Histogram histogram() {
        return recorder.getIntervalHistogram();
    }
}
