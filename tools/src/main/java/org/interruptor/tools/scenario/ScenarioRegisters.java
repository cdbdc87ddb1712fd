package org.interruptor.tools.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.contract.StatusProvider;

/** The registers of one vCPU that an embedder would have. All bytes of a group have one value, which tells the group. */
final class ScenarioRegisters implements StatusProvider {
    private static final int NUMBER = 16;
    private static final int VECTORS = 32;
    private static final long FLOATING_POINT = 0xf1f1_f1f1_f1f1_f1f1L;
    private static final long GENERAL = 0x9191_9191_9191_9191L;
    private static final long ACCESS = 0xa1a1_a1a1_a1a1_a1a1L;
    private static final long TOD_PROGRAMMABLE = 0x7171_7171_7171_7171L;
    private static final long FLOATING_POINT_CONTROL = 0xc1c1_c1c1_c1c1_c1c1L;
    private static final long VECTOR = 0x5151_5151_5151_5151L;

    private static final Map<String, Integer> GROUPS = groups();

    private int groups;

    private static Map<String, Integer> groups() {
        Map<String, Integer> groups = new LinkedHashMap<>();
        groups.put("fp", StatusArea.HAS_FLOATING_POINT);
        groups.put("gr", StatusArea.HAS_GENERAL);
        groups.put("ar", StatusArea.HAS_ACCESS);
        groups.put("pr", StatusArea.HAS_TOD_PROGRAMMABLE);
        groups.put("fc", StatusArea.HAS_FLOATING_POINT_CONTROL);
        groups.put("vr", StatusArea.HAS_VECTOR);
        return groups;
    }

    /** Takes a list of groups, separated by commas, or {@code -}. */
    static int parse(Tokens tokens) throws MalformedStepException {
        String expected = "a list of " + String.join(", ", GROUPS.keySet()) + ", or -";
        String list = tokens.next(expected);
        int groups = 0;
        for (String name : list.equals("-") ? new String[0] : list.split(",", -1)) {
            Integer group = GROUPS.get(name);
            if (group == null) {
                throw new MalformedStepException(Tokens.quote(name) + " is not a group of registers", expected);
            }
            groups |= group;
        }
        return groups;
    }

    /** The groups that are there from now on: bits of {@link StatusArea}. */
    void groups(int present) {
        groups = present;
    }

    @Override
    public int storeStatus(StatusArea area) {
        for (int i = 0; i < NUMBER; i++) {
            if ((groups & StatusArea.HAS_FLOATING_POINT) != 0) {
                area.floatingPoint(i, FLOATING_POINT);
            }
            if ((groups & StatusArea.HAS_GENERAL) != 0) {
                area.general(i, GENERAL);
            }
            if ((groups & StatusArea.HAS_ACCESS) != 0) {
                area.access(i, (int) ACCESS);
            }
        }
        if ((groups & StatusArea.HAS_TOD_PROGRAMMABLE) != 0) {
            area.todProgrammable((int) TOD_PROGRAMMABLE);
        }
        if ((groups & StatusArea.HAS_FLOATING_POINT_CONTROL) != 0) {
            area.floatingPointControl((int) FLOATING_POINT_CONTROL);
        }
        for (int i = 0; i < VECTORS && (groups & StatusArea.HAS_VECTOR) != 0; i++) {
            area.vector(i, VECTOR, VECTOR);
        }
        return groups;
    }
}
