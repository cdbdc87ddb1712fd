package org.interruptor.tools.guest.measure.linux;

import java.util.EnumMap;
import java.util.Map;
import org.interruptor.engine.Machine;
import org.interruptor.engine.gate.Counter;

/**
 * The engine's counters of a machine, from the beginning to the end of each phase.
 *
 * <p>Threads: CPUs' own, one at a time; what was counted by one, when the guest has ended.
 */
final class PhaseCounters {
    private final Machine machine;
    private final Map<Phase, long[]> counts = new EnumMap<>(Phase.class);
    private final Map<Phase, Long> times = new EnumMap<>(Phase.class);
    private long[] before;
    private long began;

    PhaseCounters(Machine machine) {
        this.machine = machine;
    }

    void begin(Phase phase) {
        before = sums();
        began = machine.clock().tod();
    }

    void end(Phase phase) {
        if (before == null) { // the guest says "end" without "begin"
            return;
        }
        long[] now = sums();
        for (int i = 0; i < now.length; i++) {
            now[i] -= before[i];
        }
        counts.put(phase, now);
        times.put(phase, machine.clock().tod() - began);
        before = null;
    }

    private long[] sums() {
        long[] sums = new long[Counter.count()];
        for (int vcpu = 0; vcpu < machine.vcpuCount(); vcpu++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += machine.vcpu(vcpu).counter(Counter.ofOrdinal(i));
            }
        }
        return sums;
    }

    /** Of all vCPUs; 0 if the phase was not counted. */
    long count(Phase phase, Counter counter) {
        long[] sums = counts.get(phase);
        return sums == null ? 0 : sums[counter.ordinal()];
    }

    double perSecond(Phase phase, Counter counter) {
        long nanos = PhaseResult.nanos(times.getOrDefault(phase, 0L));
        return count(phase, counter) * 1e9 / Math.max(1, nanos);
    }
}
