package org.interruptor.engine.deliver;

import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.StatusProvider;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.MachineChecks;
import org.interruptor.memory.GuestMemory;

/**
 * Takes machine checks: all conditions that may be taken at a moment, those of the vCPU and the floating channel report, are one
 * interruption.
 *
 * <p>Threads: the vCPU's own.
 */
final class MachineCheckTaker {
    private static final int REPORT_GATE = Gate.CHANNEL_REPORT.bit();

    private final ArchitectureDelivery delivery;
    private final MachineChecks checks;
    private final FloatingWord word;
    private final MachineCheckSwap swap;

    /** Who stores the registers of the embedder; null: nobody. */
    private StatusProvider statusProvider;

    /** What was taken: conditions of this vCPU, or null; and whether the channel report is part of it. */
    private MachineCheck taken;

    private boolean isReportTaken;

    MachineCheckTaker(ArchitectureDelivery delivery, LocalConditions conditions, GuestMemory storage) {
        this.delivery = delivery;
        checks = conditions.machineChecks();
        word = delivery.floating.word();
        swap = new MachineCheckSwap(delivery.registers, delivery.timers, storage);
    }

    void statusProvider(StatusProvider provider) {
        statusProvider = provider;
    }

    /** Takes what is open; null if there is nothing, or at a fault. */
    InterruptionType take() {
        int open = delivery.registers.openGates();
        boolean isReport = (open & REPORT_GATE) != 0 && FloatingWord.has(word.word(), FloatingWord.CHANNEL_REPORT);
        boolean isLocal = (checks.gates() & open) != 0;
        if ((!isLocal && !isReport)
                || delivery.isFault(isLocal ? InterruptionType.MACHINE_CHECK : InterruptionType.CHANNEL_REPORT)) {
            return null;
        }
        taken = checks.take(open);
        isReportTaken = isReport && word.take(FloatingWord.CHANNEL_REPORT);
        if (taken == null) {
            return isReportTaken ? InterruptionType.CHANNEL_REPORT : null;
        }
        if (isReportTaken) {
            Counters.add(delivery.counters, Counter.DELIVER_CHANNEL_REPORT, 1);
            delivery.recordTime(InterruptionType.CHANNEL_REPORT);
        }
        return InterruptionType.MACHINE_CHECK;
    }

    /** Stores what was taken and loads the PSW. */
    void carryOut() {
        delivery.taken.parameter = taken == null ? 0 : taken.externalDamageCode();
        delivery.taken.parameter64 = swap.swap(taken, isReportTaken, statusProvider);
        isReportTaken = false;
    }

    /** The channel report that is part of a machine check of this vCPU goes with it. */
    void discardedByFault(InterruptionType type) {
        if (type == InterruptionType.MACHINE_CHECK && isReportTaken) {
            Counters.add(delivery.counters, Counter.DELIVER_CHANNEL_REPORT, -1);
            Counters.add(delivery.counters, Counter.FLOATING_DISCARDED_BY_FAULT, 1);
        }
    }
}
