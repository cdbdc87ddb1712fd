package org.interruptor.tools.top;

import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.observe.VcpuGauge;

/**
 * One reading of the counters, and how long after the one before it.
 *
 * @param now what was read.
 * @param before what was read the time before; null at first.
 * @param seconds from one to the other.
 */
record Reading(CountersSnapshot now, CountersSnapshot before, double seconds) {

    private static final String[] WAIT_STATES = {"runs", "spins", "waits", "woken"};

    /** Bits of {@link VcpuGauge#WAIT} that say the state. */
    private static final int WAIT_STATE = 3;

    boolean hasRates() {
        return before != null;
    }

    double rate(int vcpu, Counter counter) {
        return rate(now.counter(vcpu, counter), before.counter(vcpu, counter), seconds);
    }

    double rate(int vcpu, VcpuGauge gauge) {
        return rate(now.gauge(vcpu, gauge), before.gauge(vcpu, gauge), sampledSeconds());
    }

    double rate(MachineGauge gauge) {
        double passed = gauge == MachineGauge.REFUSED ? seconds : sampledSeconds();
        return rate(now.gauge(gauge), before.gauge(gauge), passed);
    }

    /** From the sample of one reading to that of the other. */
    private double sampledSeconds() {
        return (now.gauge(MachineGauge.SAMPLED_AT) - before.gauge(MachineGauge.SAMPLED_AT)) / 1e3;
    }

    /** Counters can go back: a machine may take over the state of another one. */
    private static double rate(long nowCounted, long beforeCounted, double seconds) {
        return seconds <= 0 ? 0 : Math.max(0, nowCounted - beforeCounted) / seconds;
    }

    /** What a vCPU is doing, in a word. */
    String state(int vcpu) {
        if (now.gauge(MachineGauge.CLOSED) != 0) {
            return "closed";
        }
        int wait = (int) now.gauge(vcpu, VcpuGauge.WAIT) & WAIT_STATE;
        boolean isOperating = VcpuCondition.OPERATING.isIn(now.gauge(vcpu, VcpuGauge.CONDITIONS));
        return isOperating ? WAIT_STATES[wait] : "stopped";
    }

    long queuedLocally(int vcpu) {
        return now.gauge(vcpu, VcpuGauge.QUEUED_UNMASKABLE);
    }

    /** How many vCPUs are in the wait. */
    long waiting() {
        long waiting = 0;
        for (int i = 0; i < now.vcpuCount(); i++) {
            waiting += (now.gauge(i, VcpuGauge.WAIT) & WAIT_STATE) != 0 ? 1 : 0;
        }
        return waiting;
    }

    /** Whether nothing has been counted and no sample taken since the last reading. */
    boolean isUnchanged() {
        if (before == null || now.gauge(MachineGauge.SAMPLES) != before.gauge(MachineGauge.SAMPLES)) {
            return false;
        }
        for (int i = 0; i < now.vcpuCount(); i++) {
            for (Counter counter : Counter.values()) {
                if (now.counter(i, counter) != before.counter(i, counter)) {
                    return false;
                }
            }
        }
        return true;
    }
}
