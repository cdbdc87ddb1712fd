package org.interruptor.engine;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.LocalQueue;

/**
 * The books of what is for one vCPU alone: accepted = delivered + queued + discarded.
 *
 * <pre>
 *             original rules             architecture rules
 *  queued     the queue                  program interruptions, conditions, an order in progress
 *  discarded  counted                    counted, and orders that a reset has cancelled
 *  accepted   counted by the queue       the sum: what merges is not counted when it is injected
 * </pre>
 *
 * <p>A machine check that is delivered in parts counts for each part.
 *
 * <p>Threads: any; exact while nothing moves.
 */
final class VcpuBooks {
    private final int vcpu;
    private final boolean isArchitecture;
    private final Counters counters;
    private final LocalQueue queue;
    private final LocalConditions conditions;
    private final CpuState state;

    VcpuBooks(VcpuHandle handle, Rules rules) {
        vcpu = handle.id();
        isArchitecture = rules == Rules.ARCHITECTURE;
        counters = handle.machine().counters();
        queue = handle.queue();
        conditions = handle.conditions();
        state = handle.state();
    }

    long queued() {
        return queue.queued() + (isArchitecture ? conditions.size() + queuedOrders() : 0);
    }

    /** What no gate holds back: program interruptions and orders. */
    long queuedUnmaskable() {
        return queue.queuedRecords() + (isArchitecture ? queuedOrders() : 0);
    }

    private long queuedOrders() {
        return switch (CpuState.orderIn(state.word())) {
            case CpuState.STOP, CpuState.RESTART, CpuState.SET_PREFIX -> 1;
            default -> 0;
        };
    }

    long queuedEmergencies() {
        return isArchitecture ? conditions.emergencies().size() : queue.queuedEmergencies();
    }

    long discarded(boolean isClosed) {
        return counters.get(vcpu, Counter.DISCARDED_BY_RESET)
                + counters.get(vcpu, Counter.DISCARDED_BY_FAULT)
                + counters.get(vcpu, Counter.CANCELLED_BY_RESET)
                + (isClosed ? queued() : 0);
    }

    long accepted() {
        return isArchitecture ? delivered() + queued() + discarded(false) : queue.accepted();
    }

    private long delivered() {
        long delivered = 0;
        for (int i = 0; i < InterruptionType.count(); i++) {
            InterruptionType type = InterruptionType.ofOrdinal(i);
            delivered += type.isLocal() ? counters.get(vcpu, type.counter()) : 0;
        }
        return delivered;
    }
}
