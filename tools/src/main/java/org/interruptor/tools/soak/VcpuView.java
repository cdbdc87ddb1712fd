package org.interruptor.tools.soak;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.memory.PswMask;

/**
 * What a vCPU shows to other threads, as far as it says whether it may rest.
 *
 * @param id its number.
 * @param isResting whether it is in the wait, or runs without looking at anything but what the engine says.
 * @param isOperating whether it is not stopped.
 * @param isWaiting whether it is in the wait.
 * @param isToWait whether its PSW has the wait bit.
 * @param isKickPending whether it is in the wait although a kick has not been taken.
 * @param isTold whether it is in the wait, or attention or a request will call it out of guest code.
 * @param openGates subclass masks whose gates are open.
 * @param unmaskable queued local interruptions that no gate holds back.
 * @param emergencies queued emergency signals.
 * @param floating queued floating interruptions.
 * @param isComparatorDue whether its clock comparator is due.
 */
record VcpuView(
        int id,
        boolean isResting,
        boolean isOperating,
        boolean isWaiting,
        boolean isToWait,
        boolean isKickPending,
        boolean isTold,
        long openGates,
        long unmaskable,
        long emergencies,
        long floating,
        boolean isComparatorDue) {
    /** States of a wait that is open: spinning and parked. */
    private static final long SPINNING = 1;

    private static final long PARKED = 2;
    private static final long STATE = 3;

    static VcpuView of(CountersSnapshot snapshot, int id, boolean isGuestResting) {
        long state = snapshot.gauge(id, VcpuGauge.WAIT) & STATE;
        long conditions = snapshot.gauge(id, VcpuGauge.CONDITIONS);
        boolean isWaiting = state == SPINNING || state == PARKED;
        return new VcpuView(
                id,
                isGuestResting || isWaiting,
                VcpuCondition.OPERATING.isIn(conditions),
                isWaiting,
                PswMask.isWait(snapshot.gauge(id, VcpuGauge.PSW_MASK)),
                isWaiting && VcpuCondition.KICK_PENDING.isIn(conditions),
                isWaiting
                        || VcpuCondition.ATTENTION.isIn(conditions)
                        || VcpuCondition.EXT_REQUEST.isIn(conditions)
                        || VcpuCondition.CR0_REQUEST.isIn(conditions),
                PswMask.isExternalEnabled(snapshot.gauge(id, VcpuGauge.PSW_MASK))
                        ? snapshot.gauge(id, VcpuGauge.CONTROL_0)
                        : 0,
                snapshot.gauge(id, VcpuGauge.QUEUED_UNMASKABLE),
                snapshot.gauge(id, VcpuGauge.QUEUED_EMERGENCY_SIGNALS),
                snapshot.gauge(MachineGauge.QUEUED),
                snapshot.gauge(id, VcpuGauge.CLOCK_COMPARATOR_NANOS) == 0);
    }

    /**
     * Why it may not go on resting.
     *
     * @return what it may take, or null.
     */
    String reasonToStir() {
        if (!isResting) {
            return "it does not come to rest";
        }
        if (isKickPending) {
            return "a kick";
        }
        if (unmaskable > 0) {
            return unmaskable + " local interruptions that no gate holds back";
        }
        if (!isOperating) {
            return null;
        }
        if (isWaiting && !isToWait) {
            return "its start: it sleeps as a stopped one";
        }
        if (emergencies > 0 && isOpen(InterruptionType.EMERGENCY_SIGNAL)) {
            return emergencies + " emergency signals";
        }
        if (emergencies > 0 && !isTold) {
            return emergencies + " emergency signals of which neither attention nor a request tells";
        }
        if (floating > 0 && isOpen(InterruptionType.VIRTIO)) {
            return floating + " floating interruptions";
        }
        if (floating > 0 && !isTold) {
            return floating + " floating interruptions of which neither attention nor a request tells";
        }
        return isComparatorDue && isOpen(InterruptionType.CLOCK_COMPARATOR) ? "its clock comparator" : null;
    }

    /** The same, not at rest. */
    VcpuView restless() {
        return new VcpuView(
                id,
                false,
                isOperating,
                isWaiting,
                isToWait,
                isKickPending,
                isTold,
                openGates,
                unmaskable,
                emergencies,
                floating,
                isComparatorDue);
    }

    /** The same as it will be when its guest has opened all gates. */
    VcpuView withAllGatesOpen() {
        return new VcpuView(
                id,
                isResting,
                isOperating,
                isWaiting,
                isToWait,
                isKickPending,
                isTold,
                -1,
                unmaskable,
                emergencies,
                floating,
                false);
    }

    private boolean isOpen(InterruptionType type) {
        return (openGates & type.subclassMask()) != 0;
    }
}
