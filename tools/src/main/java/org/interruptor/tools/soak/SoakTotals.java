package org.interruptor.tools.soak;

import java.util.EnumMap;
import java.util.Map;
import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;

/** What has happened in all machines of a soak so far. Threads: one. */
final class SoakTotals {
    /** Below it, what threads allocate once would count for something. */
    private static final long MEASURED_AT_LEAST = 1_000_000;

    private final Map<InterruptionType, Long> delivered = new EnumMap<>(InterruptionType.class);
    private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    private long refusedFloating;
    private long discarded;

    /** Things that the conductor has done. */
    long kicks;

    long interrupts;
    long starts;
    long quietPhases;
    long drained;
    long closedUnderLoad;

    /** Faults of guests, mended. */
    long faults;

    /** CPU resets. */
    long resets;

    // Of machines with all classes.
    long pauses;
    long machineResets;
    long merged;
    long suppressed;
    long withdrawn;

    /** Bytes that vCPUs and injectors have allocated, and interruptions delivered meanwhile. */
    long allocatedBytes;

    long allocatedOver;

    /** Adds what a closed machine has counted. */
    void add(Machine machine) {
        for (int i = 0; i < machine.vcpuCount(); i++) {
            VcpuHandle vcpu = machine.vcpu(i);
            for (Counter counter : Counter.values()) {
                counters.merge(counter, vcpu.counter(counter), Long::sum);
            }
            for (InterruptionType type : InterruptionType.values()) {
                delivered.merge(type, vcpu.counter(type.counter()), Long::sum);
            }
            discarded += vcpu.discarded();
        }
        discarded += machine.floatingDiscarded();
        refusedFloating += machine.floatingRefused();
    }

    /** Interruptions that the vCPUs of a machine have been delivered so far. */
    static long deliveredBy(Machine machine) {
        long sum = 0;
        for (int i = 0; i < machine.vcpuCount(); i++) {
            for (InterruptionType type : InterruptionType.values()) {
                sum += machine.vcpu(i).counter(type.counter());
            }
        }
        return sum;
    }

    long delivered() {
        return delivered.values().stream().mapToLong(Long::longValue).sum();
    }

    long delivered(InterruptionType type) {
        return delivered.getOrDefault(type, 0L);
    }

    long counter(Counter counter) {
        return counters.getOrDefault(counter, 0L);
    }

    long refused() {
        return refusedFloating + counter(Counter.REFUSED);
    }

    long discarded() {
        return discarded;
    }

    long machines() {
        return drained + closedUnderLoad;
    }

    /** Whether enough was delivered to tell what each one allocates. */
    boolean isAllocationMeasured() {
        return allocatedOver >= MEASURED_AT_LEAST;
    }

    /** Bytes allocated for each interruption, if that is measured. */
    double bytesPerInterruption() {
        return (double) allocatedBytes / allocatedOver;
    }
}
