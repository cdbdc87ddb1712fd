package org.interruptor.engine;

import static org.agrona.concurrent.status.CountersReader.COUNTER_LENGTH;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of a machine, laid out as Agrona lays out counter values: 128 bytes each, the value in the first 8, native
 * byte order.
 *
 * <pre>
 *  | vCPU 0: counter 0 | counter 1 | ... | vCPU 1: counter 0 | ... | machine: refused floating injections |
 * </pre>
 *
 * <p>Each has one writer, its vCPU's own thread, so counting is a load and a store; only refused injections are counted by
 * whoever is refused. Ordering: opaque; a reader gets a value that was there.
 */
final class Counters extends Padded {
    private final AtomicBuffer values;
    private final int machine;

    Counters(int vcpus) {
        machine = vcpus * Counter.count() * COUNTER_LENGTH;
        values =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(machine + COUNTER_LENGTH, BitUtil.CACHE_LINE_LENGTH));
    }

    private static int position(int vcpu, Counter counter) {
        return (vcpu * Counter.count() + counter.ordinal()) * COUNTER_LENGTH;
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
        values.getAndAddLong(machine, 1);
    }

    long get(int vcpu, Counter counter) {
        return values.getLongOpaque(position(vcpu, counter));
    }

    long floatingRefused() {
        return values.getLongOpaque(machine);
    }
}
