package org.interruptor.bench.latency;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.baseline.DeliveryObserver;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.MeasurementRefused;

/**
 * Times from the intended injection to the delivery, when PSW and lowcore are as the guest will see them.
 *
 * <p>A virtio interruption carries its time as 64-bit parameter, through the engine and into the lowcore; a service signal its
 * low 32 bits, which is unambiguous for 4 seconds. Restarts, stops, set-prefix orders and emergency signals carry nothing: of each
 * kind the n-th that a vCPU takes is the n-th that its one injector sent it, so the injector leaves the times in a ring, written
 * while it waits for the time to come.
 *
 * <p>Threads: {@link #expect} the injector's, {@link #delivered} the vCPUs', the rest when all have ended.
 */
public final class LatencyRecorder implements DeliveryObserver {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram[] histograms;
    private final Times[][] times;
    private final long[][] sums;

    /** Deliveries that nobody had injected, by vCPU. */
    private final long[] strays;

    /** Times that are on their way, of one kind, to one vCPU. */
    private static final class Times {
        static final long NONE = Long.MIN_VALUE;

        private static final int LENGTH = 1 << 16;

        private final long[] ring = new long[LENGTH];
        private final Sequence written = new Sequence(0);
        private final Sequence read = new Sequence(0);

        boolean write(long time) {
            long number = written.get();
            if (number - read.get() >= LENGTH) {
                return false;
            }
            ring[(int) number & (LENGTH - 1)] = time;
            written.set(number + 1);
            return true;
        }

        /** The time, or NONE. */
        long read() {
            long number = read.get();
            if (number == written.get()) {
                return NONE;
            }
            long time = ring[(int) number & (LENGTH - 1)];
            read.set(number + 1);
            return time;
        }
    }

    /**
     * Sets a recorder up.
     *
     * @param vcpus how many vCPUs deliver.
     * @param local whether there are signals that carry no time.
     */
    public LatencyRecorder(int vcpus, boolean local) {
        histograms = new Histogram[vcpus];
        times = new Times[vcpus][];
        sums = new long[vcpus][16]; // one used; the rest keeps them on lines of their own
        strays = new long[vcpus];
        for (int i = 0; i < vcpus; i++) {
            histograms[i] = new Histogram(MAX_NANOS, DIGITS);
            times[i] = new Times[local ? Signal.values().length : 0];
            for (int k = 0; k < times[i].length; k++) {
                times[i][k] = new Times();
            }
        }
    }

    /**
     * An injection is about to be made.
     *
     * @return false, with no effect, if too many are on their way.
     */
    public boolean expect(Signal signal, int vcpu, long intended) {
        return signal.isFloating() || times[vcpu][signal.ordinal()].write(intended);
    }

    @Override
    public void delivered(int vcpu, Signal signal, int parameter, long parameter64) {
        long now = System.nanoTime();
        long intended = switch (signal) {
            case VIRTIO -> parameter64;
            case SERVICE -> now - Integer.toUnsignedLong((int) now - parameter);
            default -> times[vcpu][signal.ordinal()].read();
        };
        if (signal == Signal.VIRTIO) {
            sums[vcpu][0] += parameter64;
        } else if (intended == Times.NONE) {
            strays[vcpu]++;
            return;
        }
        // Clocks of two cores may differ by a few nanoseconds.
        histograms[vcpu].recordValue(Math.min(MAX_NANOS, Math.max(0, now - intended)));
    }

    /**
     * Takes all times since the last call.
     *
     * @param sent the sum of the 64-bit parameters that were accepted since then.
     * @return a histogram of nanoseconds.
     * @throws MeasurementRefused if the parameters that arrived are not those that were sent.
     */
    public Histogram take(long sent) {
        Histogram all = new Histogram(MAX_NANOS, DIGITS);
        long sum = 0;
        for (int i = 0; i < histograms.length; i++) {
            all.add(histograms[i]);
            histograms[i].reset();
            sum += sums[i][0];
            sums[i][0] = 0;
            if (strays[i] > 0) {
                throw new MeasurementRefused(
                        "counts do not agree: vCPU " + i + " took " + strays[i] + " that nobody had injected");
            }
        }
        if (sum != sent) {
            throw new MeasurementRefused(
                    "64-bit parameters arrived that were not sent: the sums of both differ by " + (sum - sent));
        }
        return all;
    }

    /** Forgets the times since the last call of {@link #take}: those of a round that was refused. */
    public void forget() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i].reset();
            sums[i][0] = 0;
        }
    }
}
