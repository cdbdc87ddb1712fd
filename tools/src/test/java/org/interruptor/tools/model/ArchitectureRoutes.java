package org.interruptor.tools.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** The routes of adapter interruptions of {@link ArchitectureModel}, by their numbers. */
final class ArchitectureRoutes {

    /** Two bytes in storage, a bit of each, and what they interrupt with. */
    private record Route(
            long indicator, long indicatorBit, long summary, long summaryBit, int subclass, boolean isSuppressible) {}

    private final ArchitectureModel model;
    private final Map<Long, Route> routes = new HashMap<>();
    private final Set<Long> masked = new HashSet<>();

    ArchitectureRoutes(ArchitectureModel model) {
        this.model = model;
    }

    boolean has(long number) {
        return routes.containsKey(number);
    }

    void put(Queue<String> tokens) {
        long number = ArchitectureModel.number(tokens.remove());
        long[] values = new long[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = ArchitectureModel.number(tokens.remove());
        }
        routes.put(number, new Route(values[0], values[1], values[2], values[3], (int) values[4], !tokens.isEmpty()));
        masked.remove(number);
    }

    void mask(long number, boolean isMasked) {
        if (isMasked) {
            masked.add(number);
        } else {
            masked.remove(number);
        }
    }

    String trigger(long number) {
        Route route = routes.get(number);
        setBit(route.indicator, route.indicatorBit);
        boolean wasSet = setBit(route.summary, route.summaryBit);
        String answer = masked.contains(number)
                ? "masked"
                : wasSet ? "coalesced" : model.floating.adapter(route.subclass, route.isSuppressible);
        return "trigger " + number + " " + answer + (answer.equals("ok") ? " kick=any wake=no" : "") + " "
                + OutputFormat.memory(model.storage.changes());
    }

    private boolean setBit(long address, long bit) {
        long old = model.storage.load(address) >>> 56;
        model.storage.store(address, 1, old | bit);
        return (old & bit) != 0;
    }
}
