package org.interruptor.engine.observe;

import static org.agrona.concurrent.status.CountersReader.counterOffset;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;

/**
 * A reading of the counters and gauges of a machine, in this process or in another one.
 *
 * <p>All gauges come from one sample. Counters are read one after the other while the machine runs: each value is exact, and
 * two values may be a few microseconds apart.
 *
 * <p>Threads: any; immutable.
 */
public final class CountersSnapshot {
    /** A sample takes microseconds: where it does not become whole in so many reads, its writer has died in the middle. */
    private static final int READS_AT_MOST = 1000;

    private static final long PAUSE_NANOS = 100_000;

    private final CountersLayout layout;
    private final long[] values;

    private CountersSnapshot(CountersLayout layout, long[] values) {
        this.layout = layout;
        this.values = values;
    }

    static CountersSnapshot of(CountersLayout layout, AtomicBuffer buffer) {
        long[] values = new long[layout.count()];
        int samples = counterOffset(layout.id(MachineGauge.SAMPLES));
        for (int i = 0; i < READS_AT_MOST; i++) {
            long before = buffer.getLongAcquire(samples); // partner: Counters.endSample
            read(buffer, values);
            VarHandle.loadLoadFence(); // partner: Counters.beginSample
            if ((before & 1) == 0 && buffer.getLongOpaque(samples) == before) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return new CountersSnapshot(layout, values);
    }

    private static void read(AtomicBuffer buffer, long[] values) {
        for (int id = 0; id < values.length; id++) {
            values[id] = buffer.getLongOpaque(counterOffset(id));
        }
    }

    /**
     * How many vCPUs the machine has.
     *
     * @return 0 or more.
     */
    public int vcpuCount() {
        return layout.vcpus();
    }

    /**
     * A counter of a vCPU.
     *
     * @param vcpu its number, 0 to {@link #vcpuCount} less 1.
     * @param counter which.
     * @return its value, 64 bits.
     */
    public long counter(int vcpu, Counter counter) {
        return values[CountersLayout.id(check(vcpu), counter)];
    }

    /**
     * A gauge of a vCPU.
     *
     * @param vcpu its number, 0 to {@link #vcpuCount} less 1.
     * @param gauge which.
     * @return its value, 64 bits.
     */
    public long gauge(int vcpu, VcpuGauge gauge) {
        return values[CountersLayout.id(check(vcpu), gauge)];
    }

    /**
     * A gauge of the machine.
     *
     * @param gauge which.
     * @return its value, 64 bits.
     */
    public long gauge(MachineGauge gauge) {
        return values[layout.id(gauge)];
    }

    /**
     * Why a vCPU does or does not run, in words.
     *
     * @param vcpu its number, 0 to {@link #vcpuCount} less 1.
     * @return some lines, each ended by a line feed; see {@code Vcpu.explain()}.
     */
    public String explain(int vcpu) {
        return Explanation.of(this, check(vcpu));
    }

    /**
     * As {@link #explain(int)}, with the local queue, which only the vCPU's own thread can list.
     *
     * @param vcpu its number, 0 to {@link #vcpuCount} less 1.
     * @param localQueue its queued interruptions, in queue order.
     * @return some lines, each ended by a line feed.
     */
    public String explain(int vcpu, List<QueuedInterruption> localQueue) {
        return Explanation.of(this, check(vcpu), localQueue);
    }

    private int check(int vcpu) {
        if (vcpu < 0 || vcpu >= layout.vcpus()) {
            throw new IllegalArgumentException(
                    "vCPU " + vcpu + " does not exist: expected 0 to " + (layout.vcpus() - 1));
        }
        return vcpu;
    }
}
