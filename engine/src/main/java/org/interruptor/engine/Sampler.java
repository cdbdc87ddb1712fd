package org.interruptor.engine;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.observe.CounterValues;
import org.interruptor.engine.observe.CountersFile;
import org.interruptor.engine.observe.CountersLayout;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.wake.WaitWord;

/**
 * Copies into the gauges what the engine keeps where only this process, or only a hot path, can reach it: queue depths, waits,
 * conditions. It reads as any thread may read and writes to lines of its own, so no vCPU and no injector pays for it.
 *
 * <p>Threads: any, one at a time.
 */
final class Sampler {
    private final Machine machine;
    private final Counters counters;
    private final CountersLayout layout;

    /** Samples for readers of this process: in memory, so that nobody meets a file that was cut. */
    private CounterValues memory;

    /** Samples for other processes, in the mapped file; null without one. */
    private CounterValues mapped;

    private CountersFile file;

    /** For each vCPU: the wait that was open at the last sample, by its number, and when a sample met it first. */
    private final long[] waitSeen;

    private final long[] waitSeenAt;

    private boolean isEnded;

    Sampler(Machine machine, CountersLayout layout) {
        this.layout = layout;
        this.machine = machine;
        this.counters = machine.counters();
        waitSeen = new long[machine.vcpuCount()];
        waitSeenAt = new long[machine.vcpuCount()];
    }

    /** From now on samples are written into a file. */
    synchronized void writeTo(CountersFile countersFile) {
        file = countersFile;
        mapped = new CounterValues(layout, countersFile.values());
    }

    /** Takes a sample of the whole machine. */
    private void sample(CounterValues values) {
        long now = System.currentTimeMillis();
        long tod = machine.clock().tod();
        // Asked for once: a sample that says closed shows what all vCPUs have discarded.
        boolean isClosed = machine.isClosed();
        values.beginSample();
        try {
            for (int i = 0; i < machine.vcpuCount(); i++) {
                sample(values, machine.vcpu(i), isClosed, now, tod);
            }
            sampleMachine(values, isClosed);
            values.set(MachineGauge.SAMPLED_AT, now);
        } finally {
            values.endSample();
        }
    }

    /**
     * Takes a sample for the file, unless the last has been taken. The clock is the embedder's and may throw: then there is no other.
     *
     * @return whether to go on.
     */
    synchronized boolean sampleUntilEnd() {
        if (!isEnded) {
            try {
                sample(mapped);
            } catch (RuntimeException | Error thrown) {
                isEnded = true;
                machine.tell().report(thrown);
            }
        }
        return !isEnded;
    }

    /** Takes the last sample for the file: nothing is written to it by a thread of the engine's own from now on. */
    synchronized void end() {
        if (sampleUntilEnd()) {
            isEnded = true;
            try {
                file.markClosed();
            } catch (RuntimeException | Error thrown) { // of a file that was cut
                machine.tell().report(thrown);
            }
        }
    }

    /** Takes a sample and reads it. */
    synchronized CountersSnapshot snapshot() {
        if (memory == null) {
            memory = CounterValues.inMemory(layout);
        }
        sample(memory);
        return memory.snapshot();
    }

    private void sampleMachine(CounterValues values, boolean isClosed) {
        FloatingRing floating = machine.floating().service();
        values.set(MachineGauge.CLOSED, isClosed ? 1 : 0);
        values.set(MachineGauge.REFUSED, counters.floatingRefused());
        values.set(MachineGauge.ACCEPTED, machine.floatingAccepted());
        values.set(MachineGauge.DISCARDED, machine.floatingDiscarded(isClosed));
        values.set(MachineGauge.QUEUED, isClosed ? 0 : machine.floatingQueued());
        values.set(MachineGauge.QUEUED_SERVICE, isClosed ? 0 : floating.count(InterruptionType.SERVICE_SIGNAL));
        values.set(MachineGauge.QUEUED_VIRTIO, isClosed ? 0 : floating.count(InterruptionType.VIRTIO));
        values.set(MachineGauge.COALESCED, counters.floating(Counters.COALESCED));
        values.set(MachineGauge.SUPPRESSED, counters.floating(Counters.SUPPRESSED));
        values.set(MachineGauge.WITHDRAWN, counters.floating(Counters.WITHDRAWN));
        values.set(MachineGauge.PENDING_GATES, isClosed ? 0 : machine.floating().pendingGates());
        values.set(MachineGauge.ARCHITECTURE, machine.rules() == Rules.ARCHITECTURE ? 1 : 0);
    }

    private void sample(CounterValues values, VcpuHandle vcpu, boolean isClosed, long now, long tod) {
        int id = vcpu.id();
        long wait = vcpu.waitWord().word(); // volatile: in the wait, the registers below are those of the wait
        Registers registers = vcpu.owner().registers();
        for (int i = 0; i < Counter.count(); i++) {
            Counter counter = Counter.ofOrdinal(i);
            values.set(id, counter, counters.get(id, counter));
        }
        values.set(id, VcpuGauge.ACCEPTED, vcpu.accepted());
        values.set(id, VcpuGauge.DISCARDED, vcpu.discarded(isClosed));
        values.set(
                id,
                VcpuGauge.QUEUED_EMERGENCY_SIGNALS,
                isClosed ? 0 : vcpu.books().queuedEmergencies());
        values.set(id, VcpuGauge.QUEUED_UNMASKABLE, isClosed ? 0 : vcpu.books().queuedUnmaskable());
        values.set(id, VcpuGauge.WAIT, wait);
        values.set(id, VcpuGauge.WAITING_SINCE, waitingSince(vcpu, wait, now));
        values.set(id, VcpuGauge.CONDITIONS, vcpu.conditionBits());
        values.set(id, VcpuGauge.PSW_MASK, registers.pswMask());
        values.set(id, VcpuGauge.CONTROL_0, registers.control(0));
        values.set(id, VcpuGauge.CONTROL_6, registers.control(6));
        values.set(id, VcpuGauge.CONTROL_14, registers.control(14));
        values.set(id, VcpuGauge.PREFIX, registers.prefix());
        values.set(id, VcpuGauge.OPEN_GATES, registers.openGates());
        values.set(id, VcpuGauge.PENDING_GATES, isClosed ? 0 : vcpu.pendingGates());
        values.set(id, VcpuGauge.LOWCORE_IN_STORAGE, registers.isLowcoreInStorage() ? 1 : 0);
        values.set(id, VcpuGauge.CLOCK_COMPARATOR_NANOS, vcpu.owner().timers().nanosToComparator(tod));
    }

    private long waitingSince(VcpuHandle vcpu, long wait, long now) {
        int id = vcpu.id();
        if (WaitWord.stateIn(wait) == WaitWord.RUNNING) {
            waitSeen[id] = 0;
            return 0;
        }
        long parkedAt = vcpu.owner().waiting().parkedAt();
        if (parkedAt != 0) {
            return now - (System.nanoTime() - parkedAt) / 1_000_000;
        }
        long number = counters.get(id, Counter.EXIT_WAIT_STATE);
        if (waitSeen[id] != number) {
            waitSeen[id] = number;
            waitSeenAt[id] = now;
        }
        return waitSeenAt[id];
    }
}
