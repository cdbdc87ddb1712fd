package org.interruptor.engine;

import static org.agrona.concurrent.status.CountersReader.COUNTER_LENGTH;
import static org.agrona.concurrent.status.CountersReader.counterOffset;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of a machine, laid out as Agrona lays out counter values: 128 bytes each, the value in the first 8, native
 * byte order, in the order of {@link CountersLayout}. The buffer is in memory or in a mapped {@link CountersFile}: to count
 * is the same either way.
 *
 * <p>Each has one writer, its vCPU's own thread or the {@link Sampler}, so counting is a load and a store; only refused
 * injections are counted by whoever is refused. Ordering: opaque; a reader gets a value that was there.
 */
final class Counters extends Padded {
    private final CountersLayout layout;
    private final AtomicBuffer values;
    private final int refusedFloating;

    /** Counters in a buffer that is theirs alone, zeroed and of {@link #length}. */
    Counters(CountersLayout layout, AtomicBuffer values) {
        this.layout = layout;
        this.values = values;
        refusedFloating = position(MachineGauge.REFUSED);
    }

    /** Counters in memory. */
    static Counters inMemory(CountersLayout layout) {
        return new Counters(
                layout, new UnsafeBuffer(BufferUtil.allocateDirectAligned(length(layout), BitUtil.CACHE_LINE_LENGTH)));
    }

    /** The length of the values in bytes. */
    static int length(CountersLayout layout) {
        return layout.count() * COUNTER_LENGTH;
    }

    private static int position(int vcpu, Counter counter) {
        return counterOffset(CountersLayout.id(vcpu, counter));
    }

    private int position(MachineGauge gauge) {
        return counterOffset(layout.id(gauge));
    }

    /** Counts one. Threads: the vCPU's own. */
    void increment(int vcpu, Counter counter) {
        add(vcpu, counter, 1);
    }

    /** Counts some. Threads: the vCPU's own. */
    void add(int vcpu, Counter counter, long count) {
        int position = position(vcpu, counter);
        values.putLongOpaque(position, values.getLong(position) + count);
    }

    /** Counts a refused local injection. Threads: any. */
    void refused(int vcpu) {
        values.getAndAddLong(position(vcpu, Counter.REFUSED), 1);
    }

    /** Counts a refused floating injection. Threads: any. */
    void refusedFloating() {
        values.getAndAddLong(refusedFloating, 1);
    }

    long get(int vcpu, Counter counter) {
        return values.getLongOpaque(position(vcpu, counter));
    }

    long floatingRefused() {
        return values.getLongOpaque(refusedFloating);
    }

    /** Sets a counter. Threads: one, while no other uses the machine. */
    void restore(int vcpu, Counter counter, long value) {
        values.putLongOpaque(position(vcpu, counter), value);
    }

    /** Sets the counter of refused floating injections. Threads: one, while no other uses the machine. */
    void restoreRefusedFloating(long value) {
        values.putLongOpaque(refusedFloating, value);
    }

    // The sampler.

    long get(int vcpu, VcpuGauge gauge) {
        return values.getLongOpaque(counterOffset(CountersLayout.id(vcpu, gauge)));
    }

    void set(int vcpu, VcpuGauge gauge, long value) {
        values.putLongOpaque(counterOffset(CountersLayout.id(vcpu, gauge)), value);
    }

    void set(MachineGauge gauge, long value) {
        values.putLongOpaque(position(gauge), value);
    }

    /** Marks that a sample is being written. Partner: {@link CountersSnapshot}, which reads again if it sees this. */
    void beginSample() {
        values.putLongOpaque(position(MachineGauge.SAMPLES), values.getLong(position(MachineGauge.SAMPLES)) + 1);
        VarHandle.storeStoreFence();
    }

    /** Marks that the sample is whole. Release; partner: {@link CountersSnapshot}. */
    void endSample() {
        values.putLongRelease(position(MachineGauge.SAMPLES), values.getLong(position(MachineGauge.SAMPLES)) + 1);
    }

    CountersSnapshot snapshot() {
        return CountersSnapshot.of(layout, values);
    }
}
