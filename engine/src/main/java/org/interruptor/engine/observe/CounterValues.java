package org.interruptor.engine.observe;

import static org.agrona.concurrent.status.CountersReader.COUNTER_LENGTH;
import static org.agrona.concurrent.status.CountersReader.counterOffset;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.engine.gate.Counter;

/**
 * A sample of all counters and gauges of a machine, laid out as Agrona lays out counter values: 128 bytes each, the value in the
 * first 8, native byte order, in the order of {@link CountersLayout}. The buffer is in memory or in a mapped {@link
 * CountersFile}.
 *
 * <p>Only the sampler writes it. Ordering: opaque, between {@link #beginSample} and {@link #endSample}; a reader gets values
 * that were there.
 */
public final class CounterValues {
    private final CountersLayout layout;
    private final AtomicBuffer values;

    /**
     * Values in a buffer.
     *
     * @param layout where each value stands.
     * @param values theirs alone, zeroed and of {@link #length}.
     */
    public CounterValues(CountersLayout layout, AtomicBuffer values) {
        this.layout = layout;
        this.values = values;
    }

    /**
     * Values in memory.
     *
     * @param layout where each value stands.
     * @return zeros.
     */
    public static CounterValues inMemory(CountersLayout layout) {
        return new CounterValues(
                layout, new UnsafeBuffer(BufferUtil.allocateDirectAligned(length(layout), BitUtil.CACHE_LINE_LENGTH)));
    }

    /** The length of the values in bytes. */
    static int length(CountersLayout layout) {
        return layout.count() * COUNTER_LENGTH;
    }

    /**
     * Sets a counter of a vCPU.
     *
     * @param vcpu its number.
     * @param counter which.
     * @param value 64 bits.
     */
    public void set(int vcpu, Counter counter, long value) {
        values.putLongOpaque(counterOffset(CountersLayout.id(vcpu, counter)), value);
    }

    /**
     * Sets a gauge of a vCPU.
     *
     * @param vcpu its number.
     * @param gauge which.
     * @param value 64 bits.
     */
    public void set(int vcpu, VcpuGauge gauge, long value) {
        values.putLongOpaque(counterOffset(CountersLayout.id(vcpu, gauge)), value);
    }

    /**
     * Sets a gauge of the machine.
     *
     * @param gauge which.
     * @param value 64 bits.
     */
    public void set(MachineGauge gauge, long value) {
        values.putLongOpaque(position(gauge), value);
    }

    private int position(MachineGauge gauge) {
        return counterOffset(layout.id(gauge));
    }

    /** Marks that a sample is being written. Partner: {@link CountersSnapshot}, which reads again if it sees this. */
    public void beginSample() {
        values.putLongOpaque(position(MachineGauge.SAMPLES), values.getLong(position(MachineGauge.SAMPLES)) + 1);
        VarHandle.storeStoreFence();
    }

    /** Marks that the sample is whole. Release; partner: {@link CountersSnapshot}. */
    public void endSample() {
        values.putLongRelease(position(MachineGauge.SAMPLES), values.getLong(position(MachineGauge.SAMPLES)) + 1);
    }

    /**
     * Reads the last sample.
     *
     * @return all counters and gauges.
     */
    public CountersSnapshot snapshot() {
        return CountersSnapshot.of(layout, values);
    }
}
