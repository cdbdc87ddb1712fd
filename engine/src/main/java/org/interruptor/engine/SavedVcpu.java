package org.interruptor.engine;

import java.util.List;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.VcpuCondition;

/**
 * The interruption state of one vCPU in a {@link SavedMachine}.
 *
 * @param pswMask PSW mask, 64 bits.
 * @param pswAddress PSW address, 64 bits.
 * @param control control registers 0 to 15.
 * @param prefix 32 bits, unsigned.
 * @param clockComparator TOD format.
 * @param epoch TOD format.
 * @param ipa 16 bits.
 * @param isWithoutInstruction whether the length code of a program interruption is 0, and not that of ipa.
 * @param lastHostCpu 16 bits.
 * @param conditions bits of {@link VcpuCondition}.
 * @param isKickAlone whether attention is set because of a kick alone, and goes when that is taken.
 * @param isStartPending whether no delivery has seen a start yet.
 * @param isStopDelivered the flag STOP.
 * @param isStopLast whether no restart was delivered behind it.
 * @param isHeadHandedOn whether it has handed on the head of the floating queue to a running vCPU.
 * @param fault how the last delivery ended, or null.
 * @param counters by {@link Counter}.
 * @param accepted local interruptions ever accepted.
 * @param queue what is queued locally, in queue order.
 * @param cpu what it has under architecture rules; null under original ones.
 */
record SavedVcpu(
        long pswMask,
        long pswAddress,
        List<Long> control,
        long prefix,
        long clockComparator,
        long epoch,
        int ipa,
        boolean isWithoutInstruction,
        int lastHostCpu,
        long conditions,
        boolean isKickAlone,
        boolean isStartPending,
        boolean isStopDelivered,
        boolean isStopLast,
        boolean isHeadHandedOn,
        LowcoreFault fault,
        List<Long> counters,
        long accepted,
        List<QueuedInterruption> queue,
        SavedCpu cpu) {

    static final int CONTROL_REGISTERS = 16;

    boolean is(VcpuCondition condition) {
        return condition.isIn(conditions);
    }

    /** Places that its queue takes: emergency signals take none. */
    long records() {
        return queue.stream()
                .filter(queued -> queued.type() != InterruptionType.EMERGENCY_SIGNAL)
                .count();
    }

    long programs() {
        return queue.stream()
                .filter(queued -> queued.type() == InterruptionType.PROGRAM)
                .count();
    }

    long emergencies() {
        return queue.stream()
                .filter(queued -> queued.type() == InterruptionType.EMERGENCY_SIGNAL)
                .mapToLong(QueuedInterruption::count)
                .sum();
    }
}
