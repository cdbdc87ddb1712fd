package org.interruptor.tools.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A scenario of which model and engine say different things, with the smallest part of it of which they still do. */
record Disagreement(long seed, String scenario, String smallest, String difference) {

    private static final String NAME = "random";
    private static final int MOST_LINES = 40;
    /** An engine that hangs takes its time for each candidate. */
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    /** Empty if they agree. */
    static Optional<Disagreement> about(long seed, String scenario, Replayer model, Replayer engine) {
        Result expected = model.replay(NAME, scenario);
        if (expected.agreesWith(engine.replay(NAME, scenario), NAME)) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + SHRINKING.toNanos();
        String smallest = ScenarioShrinker.shrink(scenario, candidate -> {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Result fromModel = model.replay(NAME, candidate);
            return fromModel.status() == expected.status()
                    && !fromModel.agreesWith(engine.replay(NAME, candidate), NAME);
        });
        String difference = difference(model.replay(NAME, smallest), engine.replay(NAME, smallest));
        return Optional.of(new Disagreement(seed, scenario, smallest, difference));
    }

    private static String difference(Result model, Result engine) {
        List<String> lines = new ArrayList<>();
        int longest = Math.max(model.outLines().size(), engine.outLines().size());
        for (int i = 0; i < longest; i++) {
            compare(lines, lineOf(model, i), lineOf(engine, i));
        }
        compare(lines, "status " + model.status(), "status " + engine.status());
        compare(lines, "error " + model.error(), "error " + engine.error());
        return String.join("\n", lines.subList(0, Math.min(lines.size(), MOST_LINES)));
    }

    private static void compare(List<String> lines, String model, String engine) {
        if (model.equals(engine)) {
            lines.add("         " + model);
        } else {
            lines.add("- model  " + model);
            lines.add("+ engine " + engine);
        }
    }

    private static String lineOf(Result result, int index) {
        return index < result.outLines().size() ? result.outLines().get(index) : "(no line)";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, """
            seed %d (again: -Dinterruptor.random.seed=%d -Dinterruptor.random.scenarios=1 and the same steps)
            --- smallest part that they disagree about
            %s
            --- what they say of it
            %s
            --- the whole scenario
            %s
            """, seed, seed, numbered(smallest), difference, scenario);
    }

    private static String numbered(String scenario) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (String line : ReferenceModel.lines(scenario)) {
            number++;
            numbered.append(String.format(Locale.ROOT, "%4d  %s%n", number, line));
        }
        return numbered.toString();
    }
}
