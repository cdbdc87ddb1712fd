package org.interruptor.engine.observe;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.interruptor.engine.gate.Gate;

/**
 * The gates of one vCPU in words: what closes one, what is pending behind one.
 *
 * @param pswMask PSW mask.
 * @param control0 control register 0.
 * @param control6 control register 6.
 * @param control14 control register 14.
 * @param isOperating whether the vCPU operates.
 */
record GateStates(long pswMask, long control0, long control6, long control14, boolean isOperating) {
    /** Gates whose interruptions are told of by their number, with the queues. */
    private static final int TOLD_ELSEWHERE =
            Gate.PROGRAM.bit() | Gate.ORDER.bit() | Gate.EMERGENCY_SIGNAL.bit() | Gate.CLOCK_COMPARATOR.bit();

    /** Those that a PSW closes. */
    private static final Set<Gate> GATED = EnumSet.complementOf(EnumSet.of(Gate.PROGRAM, Gate.ORDER));

    /** Those that {@link Explanation} has other words for, under both sets of rules. */
    private static final Set<Gate> NAMED = EnumSet.of(Gate.EMERGENCY_SIGNAL, Gate.CLOCK_COMPARATOR, Gate.SERVICE);

    static GateStates of(CountersSnapshot snapshot, int vcpu) {
        return new GateStates(
                snapshot.gauge(vcpu, VcpuGauge.PSW_MASK),
                snapshot.gauge(vcpu, VcpuGauge.CONTROL_0),
                snapshot.gauge(vcpu, VcpuGauge.CONTROL_6),
                snapshot.gauge(vcpu, VcpuGauge.CONTROL_14),
                VcpuCondition.OPERATING.isIn(snapshot.gauge(vcpu, VcpuGauge.CONDITIONS)));
    }

    /** What closes a gate; empty if it is open. */
    String closedBy(Gate gate) {
        if (gate.mask() == Gate.Mask.NONE) {
            return "";
        }
        StringJoiner closedBy = new StringJoiner(" and ");
        if ((pswMask & gate.mask().bit()) == 0) {
            closedBy.add("the PSW's " + maskName(gate) + " mask");
        }
        if (gate.register() >= 0 && (control(gate.register()) & gate.subclassMask()) == 0) {
            closedBy.add("CR" + gate.register() + " 0x" + Long.toHexString(gate.subclassMask()));
        }
        if (!isOperating) {
            closedBy.add("being stopped");
        }
        return closedBy.toString();
    }

    private static String maskName(Gate gate) {
        return switch (gate.mask()) {
            case IO -> "input/output";
            case MACHINE_CHECK -> "machine-check";
            default -> "external";
        };
    }

    private long control(int number) {
        return number == 0 ? control0 : number == 6 ? control6 : control14;
    }

    /** Of some gates, those whose interruptions have no number. */
    static List<Gate> withoutNumber(long gates) {
        List<Gate> list = new ArrayList<>();
        for (long left = gates & ~TOLD_ELSEWHERE; left != 0; left &= left - 1) {
            list.add(Gate.ofOrdinal(Long.numberOfTrailingZeros(left)));
        }
        return list;
    }

    /** Those that are open. */
    static String open(int openGates) {
        String names = GATED.stream()
                .filter(gate -> (openGates & gate.bit()) != 0)
                .map(GateStates::nameOf)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none of those that the PSW and control registers close is open" : names + " open";
    }

    /** Those that are open, of classes that {@link Explanation} has no other words for. */
    static List<String> wakers(int openGates) {
        return GATED.stream()
                .filter(gate -> (openGates & gate.bit()) != 0 && !NAMED.contains(gate))
                .map(GateStates::nameOf)
                .toList();
    }

    /** The name of a gate: {@code io-3}, {@code external-call}. */
    static String nameOf(Gate gate) {
        return gate.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
