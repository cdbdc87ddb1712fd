package org.interruptor.tools.model;

import static org.interruptor.tools.model.EdgeScenario.prints;

import java.util.Collections;
import java.util.List;

/** As many as have to fit: 1,024 of any one type, and emergency signals beside them, which take no place. */
final class CapacityEdges {

    private static final int FIT = 1024;

    /** All gates open, and new PSWs that leave them open. */
    private static final String OPEN = """
        machine vcpus 1 memory 0x4000
        store 0x1a0 0100000000000000
        store 0x1b0 0100000000000000
        store 0x1d0 0100000000000000
        set 0 psw.mask 0x0100000000000000
        set 0 cr0 0x4200
        """;

    private CapacityEdges() {}

    static List<EdgeScenario> capacities() {
        return List.of(
                floating(InterruptionType.SERVICE, "86:2401 130:01"),
                floating(InterruptionType.VIRTIO, "84:0d 86:2603 130:01"),
                local(InterruptionType.PROGRAM, "-", "8d:02 150:01"),
                local(InterruptionType.STOP, "stop", "-"),
                local(InterruptionType.SET_PREFIX, "-", "-"),
                local(InterruptionType.RESTART, "-", "120:01"),
                local(InterruptionType.EMERGENCY, "-", "86:1201 130:01"),
                restartsBesideEmergencySignals());
    }

    private static EdgeScenario floating(InterruptionType type, String memory) {
        return filled(type, "inject vm " + type.printedName, "inject ok kick=any wake=no", "-", memory);
    }

    private static EdgeScenario local(InterruptionType type, String flags, String memory) {
        return filled(type, "inject vcpu 0 " + type.printedName, "inject ok wake=no", flags, memory);
    }

    private static EdgeScenario filled(InterruptionType type, String step, String answer, String flags, String memory) {
        int before = (int) OPEN.lines().count();
        return prints(
                FIT + " of " + type.printedName,
                OPEN + (step + "\n").repeat(FIT) + "deliver 0\n",
                answers(before, FIT, answer)
                        + delivered(before + FIT + 1, type, "flags=" + flags + " lctl=- " + memory));
    }

    /** However many emergency signals are masked, they keep no place from the others. */
    private static EdgeScenario restartsBesideEmergencySignals() {
        int before = (int) OPEN.lines().count() + 1;
        int emergencies = 5 * FIT;
        return prints(
                FIT + " restarts beside " + emergencies + " masked emergency signals",
                OPEN
                        + "set 0 cr0 0\n"
                        + "inject vcpu 0 emergency\n".repeat(emergencies)
                        + "inject vcpu 0 restart\n".repeat(FIT)
                        + "deliver 0\n",
                answers(before, emergencies + FIT, "inject ok wake=no")
                        + delivered(
                                before + emergencies + FIT + 1, InterruptionType.RESTART, "flags=- lctl=cr0 120:01"));
    }

    private static String answers(int before, int count, String answer) {
        StringBuilder answers = new StringBuilder();
        for (int line = before + 1; line <= before + count; line++) {
            answers.append(line).append(' ').append(answer).append('\n');
        }
        return answers.toString();
    }

    private static String delivered(int line, InterruptionType type, String rest) {
        String names = String.join(",", Collections.nCopies(FIT, type.printedName));
        return line + " deliver 0 " + names + " psw=0100000000000000.0000000000000000 prefix=00000000 " + rest;
    }
}
