package org.interruptor.engine.observe;

import org.interruptor.engine.gate.Counter;

/**
 * Which number a counter has: the order in the buffer of values, in memory and in the file.
 *
 * <pre>
 *  | vCPU 0: each Counter, each VcpuGauge | vCPU 1: ... | ... | machine: each MachineGauge |
 * </pre>
 *
 * <p>Threads: any; immutable.
 */
public final class CountersLayout {
    /** What stands for the vCPU in the key of a counter of the machine. */
    static final int MACHINE = -1;

    private static final int COUNTERS = Counter.count();
    private static final int PER_VCPU = COUNTERS + VcpuGauge.count();

    /** The type id, as Agrona calls it, says what kind of counter one is: these, and the ordinal. */
    private static final int COUNTER_TYPE = 1000;

    private static final int VCPU_GAUGE_TYPE = 2000;
    private static final int MACHINE_GAUGE_TYPE = 3000;

    private final int vcpus;

    /**
     * The layout of a machine.
     *
     * @param vcpus how many it has.
     */
    public CountersLayout(int vcpus) {
        this.vcpus = vcpus;
    }

    int vcpus() {
        return vcpus;
    }

    /** How many counters there are in all. */
    int count() {
        return vcpus * PER_VCPU + MachineGauge.count();
    }

    static int id(int vcpu, Counter counter) {
        return vcpu * PER_VCPU + counter.ordinal();
    }

    static int id(int vcpu, VcpuGauge gauge) {
        return vcpu * PER_VCPU + COUNTERS + gauge.ordinal();
    }

    int id(MachineGauge gauge) {
        return vcpus * PER_VCPU + gauge.ordinal();
    }

    /** The vCPU of a counter, or {@link #MACHINE}: its key. */
    int vcpuOf(int id) {
        int vcpu = id / PER_VCPU;
        return vcpu < vcpus ? vcpu : MACHINE;
    }

    int typeId(int id) {
        if (vcpuOf(id) == MACHINE) {
            return MACHINE_GAUGE_TYPE + machineOrdinal(id);
        }
        int within = id % PER_VCPU;
        return within < COUNTERS ? COUNTER_TYPE + within : VCPU_GAUGE_TYPE + within - COUNTERS;
    }

    /** {@code vcpu 3: deliver_stop_signal}, {@code machine: refused}. */
    String label(int id) {
        int vcpu = vcpuOf(id);
        if (vcpu == MACHINE) {
            return "machine: " + MachineGauge.ofOrdinal(machineOrdinal(id)).label();
        }
        int within = id % PER_VCPU;
        String name = within < COUNTERS
                ? Counter.ofOrdinal(within).label()
                : VcpuGauge.ofOrdinal(within - COUNTERS).label();
        return "vcpu " + vcpu + ": " + name;
    }

    private int machineOrdinal(int id) {
        return id - vcpus * PER_VCPU;
    }
}
