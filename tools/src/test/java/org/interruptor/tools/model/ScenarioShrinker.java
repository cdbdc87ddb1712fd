package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a failing scenario whatever it does not need in order to fail. */
final class ScenarioShrinker {

    private ScenarioShrinker() {}

    /** Removes lines, first in large pieces and in the end one by one, as long as {@code stillFails} holds for the rest. */
    static String shrink(String scenario, Predicate<String> stillFails) {
        List<String> lines = new ArrayList<>();
        scenario.lines().forEach(lines::add);
        if (!stillFails.test(text(lines))) {
            return scenario;
        }
        int piece = Math.max(lines.size() / 2, 1);
        while (true) {
            boolean removed = false;
            for (int start = Math.max(lines.size() - piece, 0); start >= 0; start -= piece) {
                List<String> rest = new ArrayList<>(lines.subList(0, start));
                rest.addAll(lines.subList(Math.min(start + piece, lines.size()), lines.size()));
                if (stillFails.test(text(rest))) {
                    lines = rest;
                    removed = true;
                }
            }
            if (piece > 1) {
                piece /= 2;
            } else if (!removed) {
                return text(lines);
            }
        }
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
