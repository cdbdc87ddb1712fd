package org.interruptor.engine;

/**
 * Copies into the gauges what the engine keeps where only this process, or only a hot path, can reach it: queue depths, waits,
 * conditions. It reads as any thread may read and writes to lines of its own, so no vCPU and no injector pays for it.
 *
 * <p>Threads: any, one at a time.
 */
final class Sampler {
    private final Machine machine;
    private final Counters counters;

    /** For each vCPU: the wait that was open at the last sample, by its number, and when a sample met it first. */
    private final long[] waitSeen;

    private final long[] waitSeenAt;

    private boolean isEnded;

    Sampler(Machine machine) {
        this.machine = machine;
        this.counters = machine.counters();
        waitSeen = new long[machine.vcpuCount()];
        waitSeenAt = new long[machine.vcpuCount()];
    }

    /** Takes a sample of the whole machine. */
    synchronized void sample() {
        long now = System.currentTimeMillis();
        long tod = machine.clock().tod();
        // Asked for once: a sample that says closed shows what all vCPUs have discarded.
        boolean isClosed = machine.isClosed();
        counters.beginSample();
        try {
            for (int i = 0; i < machine.vcpuCount(); i++) {
                sample(machine.vcpu(i), isClosed, now, tod);
            }
            sampleMachine(isClosed);
            counters.set(MachineGauge.SAMPLED_AT, now);
        } finally {
            counters.endSample();
        }
    }

    /**
     * Takes a sample, unless the last has been taken. The clock is the embedder's and may throw: then there is no other.
     *
     * @return whether to go on.
     */
    synchronized boolean sampleUntilEnd() {
        if (!isEnded) {
            try {
                sample();
            } catch (RuntimeException | Error thrown) {
                isEnded = true;
                machine.tell().report(thrown);
            }
        }
        return !isEnded;
    }

    /** Takes the last sample for the file: nothing is written to it by a thread of the engine's own from now on. */
    synchronized void end() {
        sampleUntilEnd();
        isEnded = true;
    }

    /** Takes a sample and reads it. */
    synchronized CountersSnapshot snapshot() {
        sample();
        return counters.snapshot();
    }

    private void sampleMachine(boolean isClosed) {
        FloatingQueue floating = machine.floating();
        counters.set(MachineGauge.CLOSED, isClosed ? 1 : 0);
        counters.set(MachineGauge.ACCEPTED, machine.floatingAccepted());
        counters.set(MachineGauge.DISCARDED, isClosed ? floating.queued() : 0);
        counters.set(MachineGauge.QUEUED, isClosed ? 0 : floating.queued());
        counters.set(MachineGauge.QUEUED_SERVICE, isClosed ? 0 : floating.count(InterruptionType.SERVICE_SIGNAL));
        counters.set(MachineGauge.QUEUED_VIRTIO, isClosed ? 0 : floating.count(InterruptionType.VIRTIO));
    }

    private void sample(Vcpu vcpu, boolean isClosed, long now, long tod) {
        int id = vcpu.id();
        long wait = vcpu.waitWord().word(); // volatile: in the wait, the registers below are those of the wait
        Registers registers = vcpu.registers();
        counters.set(id, VcpuGauge.ACCEPTED, vcpu.accepted());
        counters.set(id, VcpuGauge.DISCARDED, vcpu.discarded(isClosed));
        counters.set(
                id,
                VcpuGauge.QUEUED_EMERGENCY_SIGNALS,
                isClosed ? 0 : vcpu.queue().queuedEmergencies());
        counters.set(
                id, VcpuGauge.QUEUED_UNMASKABLE, isClosed ? 0 : vcpu.queue().queuedRecords());
        counters.set(id, VcpuGauge.WAIT, wait);
        counters.set(id, VcpuGauge.WAITING_SINCE, waitingSince(vcpu, wait, now));
        counters.set(id, VcpuGauge.CONDITIONS, VcpuCondition.of(vcpu));
        counters.set(id, VcpuGauge.PSW_MASK, registers.pswMask());
        counters.set(id, VcpuGauge.CONTROL_0, registers.control(0));
        counters.set(id, VcpuGauge.PREFIX, registers.prefix());
        counters.set(id, VcpuGauge.CLOCK_COMPARATOR_NANOS, vcpu.comparator().nanosToDue(tod));
    }

    private long waitingSince(Vcpu vcpu, long wait, long now) {
        int id = vcpu.id();
        if (WaitWord.stateIn(wait) == WaitWord.RUNNING) {
            waitSeen[id] = 0;
            return 0;
        }
        long parkedAt = vcpu.waiting().parkedAt();
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
