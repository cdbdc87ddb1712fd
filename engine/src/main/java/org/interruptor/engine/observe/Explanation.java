package org.interruptor.engine.observe;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Gate;
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
    private final GateStates gateStates;
    private final int openGates;
    private final int waitState;
    private final boolean isClosed;
    private final boolean isOperating;
    private final boolean isArchitecture;
    private final StringBuilder text = new StringBuilder();
    private long takeable;
    private long heldBack;
    private boolean isProgramTakeable;

    /** Of what may be taken: how many are for any vCPU, and how many are timers. */
    private long floating;

    private long timers;

    private Explanation(CountersSnapshot snapshot, int vcpu, List<QueuedInterruption> localQueue) {
        this.snapshot = snapshot;
        this.vcpu = vcpu;
        this.localQueue = localQueue;
        conditions = snapshot.gauge(vcpu, VcpuGauge.CONDITIONS);
        pswMask = snapshot.gauge(vcpu, VcpuGauge.PSW_MASK);
        gateStates = GateStates.of(snapshot, vcpu);
        openGates = (int) snapshot.gauge(vcpu, VcpuGauge.OPEN_GATES);
        waitState = WaitWord.stateIn(snapshot.gauge(vcpu, VcpuGauge.WAIT));
        isClosed = snapshot.gauge(MachineGauge.CLOSED) != 0;
        isOperating = is(VcpuCondition.OPERATING);
        isArchitecture = snapshot.gauge(MachineGauge.ARCHITECTURE) != 0;
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
        if (isArchitecture) {
            return GateStates.open(openGates);
        }
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
        return gateStates.closedBy(type.gate());
    }

    // What is pending, and what holds it back.

    private void pending() {
        if (localQueue == null || isArchitecture) { // conditions are in no list
            long unmaskable = snapshot.gauge(vcpu, VcpuGauge.QUEUED_UNMASKABLE);
            isProgramTakeable = unmaskable > 0; // of the others attention tells
            pending(unmaskable, "of program, stop, set-prefix and restart", "");
            pending(snapshot.gauge(vcpu, VcpuGauge.QUEUED_EMERGENCY_SIGNALS), InterruptionType.EMERGENCY_SIGNAL);
        } else {
            pendingLocal();
        }
        long service = snapshot.gauge(MachineGauge.QUEUED_SERVICE);
        long virtio = snapshot.gauge(MachineGauge.QUEUED_VIRTIO);
        long local = takeable;
        pending(service, InterruptionType.SERVICE_SIGNAL);
        pending(virtio, InterruptionType.VIRTIO);
        long others = snapshot.gauge(MachineGauge.QUEUED) - service - virtio;
        if (isArchitecture) {
            pendingForAny(service + virtio);
        } else {
            pending(others, "more floating ones", closedBy(InterruptionType.SERVICE_SIGNAL));
        }
        floating = takeable - local;
        long nanos = snapshot.gauge(vcpu, VcpuGauge.CLOCK_COMPARATOR_NANOS);
        if (nanos == 0) {
            String closedBy = closedBy(InterruptionType.CLOCK_COMPARATOR);
            timers += closedBy.isEmpty() ? 1 : 0;
            pending(1, "clock-comparator, due", closedBy);
        }
        if (isArchitecture) {
            pendingHere();
        }
        if (takeable + heldBack == 0) {
            line("pending: nothing");
        }
    }

    /** What is pending for this vCPU alone and has no number: by gates. */
    private void pendingHere() {
        long gates = snapshot.gauge(vcpu, VcpuGauge.PENDING_GATES);
        if ((gates & Gate.PROGRAM.bit()) != 0) {
            isProgramTakeable |= isOperating;
            pending(1, "program", isOperating ? "" : "being stopped");
        }
        for (Gate gate : GateStates.withoutNumber(gates)) {
            String closedBy = gateStates.closedBy(gate);
            timers += gate == Gate.CPU_TIMER && closedBy.isEmpty() ? 1 : 0;
            pending(1, gate == Gate.SERVICE ? "page-fault-initial" : GateStates.nameOf(gate), closedBy);
        }
    }

    /** What is pending for any vCPU and has no number: by gates. */
    private void pendingForAny(long queued) {
        for (Gate gate : GateStates.withoutNumber(snapshot.gauge(MachineGauge.PENDING_GATES))) {
            if (gate != Gate.SERVICE) {
                pending(1, GateStates.nameOf(gate) + " or more, for any vCPU", gateStates.closedBy(gate));
            } else if (queued == 0) {
                pending(1, "service-event or page-fault-completion, for any vCPU", gateStates.closedBy(gate));
            }
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
            isProgramTakeable |= type == InterruptionType.PROGRAM;
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
        add(names, VcpuCondition.IO_REQUEST, "a request: leave guest code when a PSW opens I/O interruptions");
        add(names, VcpuCondition.MACHINE_CHECK_REQUEST, "a request: leave guest code when a PSW opens machine checks");
        add(names, VcpuCondition.CR6_REQUEST, "a request: leave guest code when CR6 is loaded");
        add(names, VcpuCondition.CR14_REQUEST, "a request: leave guest code when CR14 is loaded");
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
        Verdict.Facts facts = new Verdict.Facts(
                isClosed,
                isOperating,
                is(VcpuCondition.ATTENTION),
                waitState,
                is(VcpuCondition.FAULT),
                snapshot.gauge(vcpu, VcpuGauge.LOWCORE_IN_STORAGE) != 0,
                isProgramTakeable,
                takeable > timers,
                floating > 0 && floating == takeable - timers,
                timers > 0,
                heldBack > 0,
                pswMask,
                snapshot.vcpuCount());
        Verdict verdict = Verdict.on(facts);
        String argument = verdict == Verdict.SLEEPS
                ? wakers()
                : String.format(Locale.ROOT, "0x%08x", snapshot.gauge(vcpu, VcpuGauge.PREFIX));
        return String.format(Locale.ROOT, verdict.text(), argument);
    }

    private String wakers() {
        StringJoiner wakers = new StringJoiner(", ", "", " or closing");
        wakers.add("program").add("stop").add("set-prefix").add("restart");
        if (isArchitecture && isOperating) {
            GateStates.wakers(openGates).forEach(wakers::add);
        }
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

    private static String hex16(long value) {
        return String.format(Locale.ROOT, "0x%016x", value);
    }
}
