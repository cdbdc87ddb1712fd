package org.interruptor.engine.observe;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.PswMask;

/**
 * Puts into words why a vCPU does or does not run: what it is doing, which gates are open, what is pending and what holds each
 * back, and what has to happen next.
 *
 * <pre>
 *  vCPU 1 waits, parked, for 12.4 s
 *    PSW mask 0x0302000000000000: input/output mask, external mask, wait state
 *    gates: emergency closed by CR0 0x4000; clock-comparator closed by CR0 0x800; service and virtio open
 *    pending: 2 emergency, held back by CR0 0x4000
 *    so: it sleeps until it is woken by program, stop, set-prefix, restart, service, virtio, a kick or closing
 * </pre>
 */
final class Explanation {
    private static final int LISTED_AT_MOST = 16;

    /** Beyond this a clock comparator is not worth a number. */
    private static final long FAR_NANOS = 1_000_000_000L * 86_400 * 365;

    private static final InterruptionType[] GATED = {
        InterruptionType.EMERGENCY_SIGNAL, InterruptionType.CLOCK_COMPARATOR, InterruptionType.SERVICE_SIGNAL
    };

    private final CountersSnapshot snapshot;
    private final int vcpu;
    private final List<QueuedInterruption> localQueue;
    private final long conditions;
    private final long pswMask;
    private final long control0;
    private final int waitState;
    private final boolean isClosed;
    private final boolean isOperating;
    private final StringBuilder text = new StringBuilder();
    private long takeable;
    private long heldBack;

    private Explanation(CountersSnapshot snapshot, int vcpu, List<QueuedInterruption> localQueue) {
        this.snapshot = snapshot;
        this.vcpu = vcpu;
        this.localQueue = localQueue;
        conditions = snapshot.gauge(vcpu, VcpuGauge.CONDITIONS);
        pswMask = snapshot.gauge(vcpu, VcpuGauge.PSW_MASK);
        control0 = snapshot.gauge(vcpu, VcpuGauge.CONTROL_0);
        waitState = WaitWord.stateIn(snapshot.gauge(vcpu, VcpuGauge.WAIT));
        isClosed = snapshot.gauge(MachineGauge.CLOSED) != 0;
        isOperating = is(VcpuCondition.OPERATING);
    }

    /** From what anybody can see. */
    static String of(CountersSnapshot snapshot, int vcpu) {
        return new Explanation(snapshot, vcpu, null).explain();
    }

    /** With the local queue, which only the vCPU's own thread can list. */
    static String of(CountersSnapshot snapshot, int vcpu, List<QueuedInterruption> localQueue) {
        return new Explanation(snapshot, vcpu, localQueue).explain();
    }

    private boolean is(VcpuCondition condition) {
        return condition.isIn(conditions);
    }

    private String explain() {
        text.append("vCPU ").append(vcpu).append(' ').append(headline()).append('\n');
        line("PSW mask " + hex16(pswMask) + ": " + PswMask.describe(pswMask));
        line("gates: " + gates());
        pending();
        conditions();
        line("so: " + verdict());
        return text.toString();
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    private String headline() {
        if (isClosed) {
            return "does not run: the machine is closed";
        }
        String stopped = isOperating ? "" : "is stopped and ";
        return switch (waitState) {
            case WaitWord.SPINNING -> stopped + "waits, spinning, for " + waitTime();
            case WaitWord.PARKED -> stopped + "waits, parked, for " + waitTime();
            case WaitWord.NOTIFIED ->
                stopped + "was woken after " + waitTime() + " and has not come out of its wait yet";
            default -> stopped + "is not in the wait";
        };
    }

    private String waitTime() {
        long millis = snapshot.gauge(MachineGauge.SAMPLED_AT) - snapshot.gauge(vcpu, VcpuGauge.WAITING_SINCE);
        return millis <= 0 ? "an unknown time" : "at least " + span(millis * 1_000_000);
    }

    private static String span(long nanos) {
        if (nanos >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        }
        return nanos >= 1_000_000
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
    }

    private String gates() {
        StringJoiner gates = new StringJoiner("; ");
        for (InterruptionType type : GATED) {
            String closedBy = closedBy(type);
            gates.add(name(type) + (closedBy.isEmpty() ? " open" : " closed by " + closedBy));
        }
        return gates.toString();
    }

    private static String name(InterruptionType type) {
        return type == InterruptionType.SERVICE_SIGNAL ? "service and virtio" : type.label();
    }

    /** What closes the gate of a type; empty if it is open. */
    private String closedBy(InterruptionType type) {
        if (type.subclassMask() == 0) {
            return "";
        }
        StringJoiner closedBy = new StringJoiner(" and ");
        if (!PswMask.isExternalEnabled(pswMask)) {
            closedBy.add("the PSW's external mask");
        }
        if ((control0 & type.subclassMask()) == 0) {
            closedBy.add("CR0 0x" + Long.toHexString(type.subclassMask()));
        }
        if (!isOperating) {
            closedBy.add("being stopped");
        }
        return closedBy.toString();
    }

    // What is pending, and what holds it back.

    private void pending() {
        if (localQueue == null) {
            pending(snapshot.gauge(vcpu, VcpuGauge.QUEUED_UNMASKABLE), "of program, stop, set-prefix and restart", "");
            pending(snapshot.gauge(vcpu, VcpuGauge.QUEUED_EMERGENCY_SIGNALS), InterruptionType.EMERGENCY_SIGNAL);
        } else {
            pendingLocal();
        }
        long service = snapshot.gauge(MachineGauge.QUEUED_SERVICE);
        long virtio = snapshot.gauge(MachineGauge.QUEUED_VIRTIO);
        pending(service, InterruptionType.SERVICE_SIGNAL);
        pending(virtio, InterruptionType.VIRTIO);
        long others = snapshot.gauge(MachineGauge.QUEUED) - service - virtio;
        pending(others, "more floating ones", closedBy(InterruptionType.SERVICE_SIGNAL));
        long nanos = snapshot.gauge(vcpu, VcpuGauge.CLOCK_COMPARATOR_NANOS);
        if (nanos == 0) {
            pending(1, "clock-comparator, due", closedBy(InterruptionType.CLOCK_COMPARATOR));
        }
        if (takeable + heldBack == 0) {
            line("pending: nothing");
        }
    }

    private void pendingLocal() {
        int listed = 0;
        for (QueuedInterruption queued : localQueue) {
            InterruptionType type = queued.type();
            if (++listed > LISTED_AT_MOST) {
                line("pending: " + (localQueue.size() - LISTED_AT_MOST) + " more");
                return;
            }
            boolean hasParameter = type == InterruptionType.PROGRAM || type == InterruptionType.SET_PREFIX;
            String parameter = hasParameter ? " 0x" + Integer.toHexString(queued.parameter()) : "";
            pending(queued.count(), type.label() + parameter, closedBy(type));
        }
    }

    private void pending(long count, InterruptionType type) {
        pending(count, type.label() + (type.isFloating() ? ", for any vCPU" : ""), closedBy(type));
    }

    private void pending(long count, String what, String closedBy) {
        if (count <= 0) {
            return;
        }
        if (closedBy.isEmpty()) {
            takeable += count;
        } else {
            heldBack += count;
        }
        line("pending: " + count + " " + what + ", "
                + (closedBy.isEmpty() ? "may be taken" : "held back by " + closedBy));
    }

    private void conditions() {
        StringJoiner names = new StringJoiner(", ", "also: ", "").setEmptyValue("");
        add(names, VcpuCondition.ATTENTION, "attention (something came since the last delivery)");
        add(names, VcpuCondition.KICK_PENDING, "a kick, not yet taken");
        add(names, VcpuCondition.STOP_ON_STOP, "stop-on-stop, action not yet taken");
        add(names, VcpuCondition.EXT_REQUEST, "a request: leave guest code when a PSW opens external interruptions");
        add(names, VcpuCondition.CR0_REQUEST, "a request: leave guest code when CR0 is loaded");
        if (names.length() > 0) {
            line(names.toString());
        }
    }

    private void add(StringJoiner names, VcpuCondition condition, String name) {
        if (is(condition)) {
            names.add(name);
        }
    }

    // What has to happen next.

    private String verdict() {
        if (isClosed) {
            return "nothing will be delivered any more";
        }
        if (is(VcpuCondition.FAULT)) {
            return "the last delivery ended by a fault: the lowcore at prefix 0x"
                    + String.format(Locale.ROOT, "%08x", snapshot.gauge(vcpu, VcpuGauge.PREFIX))
                    + " is not in storage; the guest cannot go on unless another prefix is set";
        }
        return switch (waitState) {
            case WaitWord.NOTIFIED -> "its thread has to come out of enterWait(), or call endWait() after the callback";
            case WaitWord.SPINNING, WaitWord.PARKED -> verdictOnWait();
            default -> verdictOnRunning();
        };
    }

    private String verdictOnWait() {
        if (takeable > 0) {
            return "it is about to be woken; if this lasts, an injector is stopped between claiming and"
                    + " publishing, or the engine has a defect";
        }
        StringJoiner wakers = new StringJoiner(", ", "it sleeps until it is woken by ", " or closing");
        wakers.add("program").add("stop").add("set-prefix").add("restart");
        for (InterruptionType type : GATED) {
            if (closedBy(type).isEmpty()) {
                wakers.add(type == InterruptionType.CLOCK_COMPARATOR ? comparatorIn() : name(type));
            }
        }
        return wakers.add(isOperating ? "a kick" : "start(), a kick").toString();
    }

    private String comparatorIn() {
        long nanos = snapshot.gauge(vcpu, VcpuGauge.CLOCK_COMPARATOR_NANOS);
        return "the clock comparator (" + (nanos > FAR_NANOS ? "practically never" : "in " + span(nanos)) + ")";
    }

    private String verdictOnRunning() {
        if (takeable > 0) {
            return "its thread has to call deliverPending()"
                    + (is(VcpuCondition.ATTENTION) ? "" : "; another vCPU was notified");
        }
        if (is(VcpuCondition.ATTENTION)) {
            return "its thread has to call deliverPending(), and will find nothing that it may take";
        }
        if (!isOperating) {
            return "it takes no external interruption until start()";
        }
        if (PswMask.isWait(pswMask)) {
            return (pswMask & (PswMask.EXTERNAL | PswMask.IO | PswMask.MACHINE_CHECK)) == 0
                    ? "it is in a disabled wait: the guest has halted or crashed"
                    : "its PSW is a wait PSW: its thread has to call enterWait() or beginWait()";
        }
        return heldBack > 0
                ? "it runs guest code; the guest has to open the gate"
                : "it runs guest code, and nothing is pending";
    }

    private static String hex16(long value) {
        return String.format(Locale.ROOT, "0x%016x", value);
    }
}
