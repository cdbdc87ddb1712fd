package org.interruptor.engine.observe;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.interruptor.engine.gate.Gate;

/** Gates in words. */
final class GateText {
    private static final Set<Gate> FLOATING = EnumSet.range(Gate.IO_0, Gate.IO_7);

    /** Those that a PSW closes, without those of machine checks, which nobody can inject. */
    private static final Set<Gate> GATED = EnumSet.range(Gate.INTERRUPT_KEY, Gate.IO_7);

    private static final Set<Gate> NAMED = EnumSet.of(Gate.EMERGENCY_SIGNAL, Gate.CLOCK_COMPARATOR, Gate.SERVICE);

    static {
        FLOATING.add(Gate.INTERRUPT_KEY);
        FLOATING.add(Gate.TIMING_ALERT);
    }

    private GateText() {}

    /** Its name, as reports have it. */
    static String of(Gate gate) {
        return gate == Gate.ORDER
                ? "of stop, set-prefix and restart"
                : gate.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether what is behind it is for any vCPU. */
    static boolean isFloating(Gate gate) {
        return FLOATING.contains(gate);
    }

    /** Those that are open. */
    static String open(int openGates) {
        String names = GATED.stream()
                .filter(gate -> (openGates & gate.bit()) != 0)
                .map(GateText::of)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none of those that the PSW and control registers close is open" : names + " open";
    }

    /** Those that are open, of classes that {@link Explanation} has no other words for. */
    static List<String> wakers(int openGates) {
        return GATED.stream()
                .filter(gate -> (openGates & gate.bit()) != 0 && !NAMED.contains(gate))
                .map(GateText::of)
                .toList();
    }

    /**
     * What closes a gate.
     *
     * @param openGates those that the PSW and the control registers have open.
     * @return empty if nothing does.
     */
    static String closedBy(Gate gate, int openGates, long pswMask, boolean isOperating) {
        if (gate == Gate.ORDER) {
            return "";
        }
        if (!isOperating) {
            return "being stopped";
        }
        if ((openGates & gate.bit()) != 0) {
            return "";
        }
        if ((pswMask & gate.mask().bit()) != gate.mask().bit()) {
            return "the PSW's "
                    + switch (gate.mask()) {
                        case EXTERNAL -> "external";
                        case IO -> "input/output";
                        default -> "machine-check";
                    }
                    + " mask";
        }
        return "CR" + gate.register() + " 0x" + Long.toHexString(gate.subclassMask());
    }
}
