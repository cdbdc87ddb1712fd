package org.interruptor.tools.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is sampled: one main event, and beside it others that async-profiler can record at the same time. Each by the arguments
 * that async-profiler takes for it.
 *
 * @param main the name of the main event, or null for none.
 * @param beside the names of the others.
 */
record ProfilerEvents(String main, List<String> beside) {
    /** The main event when no hardware counter or kernel timer is to be had. */
    static final String CPU = "cpu";

    private static final Map<String, String> BESIDE = new LinkedHashMap<>();

    static {
        BESIDE.put("wall", "wall=5ms");
        BESIDE.put("alloc", "alloc=64k");
        BESIDE.put("lock", "lock=10us");
        BESIDE.put("nativemem", "nativemem=64k");
    }

    /** Software events of the kernel come one by one; a time between samples would leave none. */
    private static final List<String> COUNTED = List.of("context-switches", "page-faults", "cpu-migrations");

    /** Copies the list. */
    ProfilerEvents {
        beside = List.copyOf(beside);
    }

    /**
     * Reads names.
     *
     * @throws IllegalArgumentException if two of them cannot be recorded at the same time.
     */
    static ProfilerEvents of(List<String> names) {
        String main = null;
        List<String> beside = new ArrayList<>();
        for (String name : names) {
            if (BESIDE.containsKey(name)) {
                beside.add(name);
            } else if (main == null) {
                main = name;
            } else {
                throw new IllegalArgumentException("events " + main + " and " + name
                        + " exclude each other: expected one of these, and any of "
                        + String.join(", ", BESIDE.keySet()));
            }
        }
        return new ProfilerEvents(main, beside);
    }

    /** What is tried for a name, one after the other. */
    static List<String> candidates(String name) {
        if (BESIDE.containsKey(name)) {
            return List.of(name);
        }
        List<String> candidates = new ArrayList<>(List.of(name));
        List.of(CPU, "ctimer", "itimer").stream()
                .filter(other -> !other.equals(name))
                .forEach(candidates::add);
        return candidates;
    }

    /** The profiler's argument for a name. */
    static String argument(String name) {
        if (BESIDE.containsKey(name)) {
            return BESIDE.get(name);
        }
        boolean timed = List.of(CPU, "ctimer", "itimer").contains(name);
        String interval = timed ? ",interval=1ms" : COUNTED.contains(name) ? ",interval=1" : "";
        return "event=" + name + interval;
    }

    /** All names, the main event first. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (main != null) {
            names.add(main);
        }
        names.addAll(beside);
        return names;
    }
}
