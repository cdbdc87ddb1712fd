package org.interruptor.tools.soak;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.observe.VcpuGauge;

/**
 * Watches the CPUs of a machine with all classes come to rest while nobody injects: none may wait while something is pending behind a
 * gate that it has open. Threads: one.
 */
final class ClassesWatch {
    private static final long PAUSE_NANOS = 200_000;

    /** Of the wait word: spinning and parked. */
    private static final long SPINNING = 1;

    private static final long PARKED = 2;
    private static final long STATE = 3;

    private final Machine machine;
    private final List<ClassesInjector> injectors;
    private final List<ClassesGuest> guests;

    ClassesWatch(Machine machine, List<ClassesInjector> injectors, List<ClassesGuest> guests) {
        this.machine = machine;
        this.injectors = injectors;
        this.guests = guests;
    }

    /** Waits until all rest, and rightly so: null; or which does not, when patience has come to its end. */
    String awaitRest(long patienceNanos) {
        long start = System.nanoTime();
        while (true) {
            String reason = restless();
            if (reason == null) {
                return null;
            }
            if (System.nanoTime() - start > patienceNanos) {
                return "for " + patienceNanos / 1_000_000 + " ms: " + reason;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String restless() {
        for (int i = 0; i < injectors.size(); i++) {
            if (!injectors.get(i).isResting()) {
                return "injector " + i + " does not come to rest";
            }
        }
        boolean[] areResting = new boolean[guests.size()];
        for (int i = 0; i < areResting.length; i++) {
            areResting[i] = guests.get(i).isResting(); // before the snapshot
        }
        CountersSnapshot snapshot = machine.snapshot();
        for (int i = 0; i < areResting.length; i++) {
            String reason = reasonToStir(snapshot, i, areResting[i]);
            if (reason != null) {
                return "vCPU " + i + " does not stir: " + reason;
            }
        }
        return null;
    }

    private static String reasonToStir(CountersSnapshot snapshot, int id, boolean isResting) {
        long state = snapshot.gauge(id, VcpuGauge.WAIT) & STATE;
        boolean isWaiting = state == SPINNING || state == PARKED;
        if (!isWaiting && !isResting) {
            return "it does not come to rest";
        }
        long conditions = snapshot.gauge(id, VcpuGauge.CONDITIONS);
        if (!isWaiting) {
            return null; // guest code that looks for attention
        }
        if (VcpuCondition.KICK_PENDING.isIn(conditions)) {
            return "a kick";
        }
        if (!VcpuCondition.OPERATING.isIn(conditions)) {
            return null;
        }
        long pending = snapshot.gauge(id, VcpuGauge.PENDING_GATES) | snapshot.gauge(MachineGauge.PENDING_GATES);
        long takeable = pending & snapshot.gauge(id, VcpuGauge.OPEN_GATES);
        if (takeable != 0) {
            return "what is pending behind " + Gate.ofOrdinal(Long.numberOfTrailingZeros(takeable)) + ", which is open";
        }
        return snapshot.gauge(id, VcpuGauge.QUEUED_UNMASKABLE) > 0
                ? "local interruptions that no gate holds back"
                : null;
    }
}
