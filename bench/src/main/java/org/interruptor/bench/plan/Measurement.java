package org.interruptor.bench.plan;

import java.util.List;

/**
 * A scenario, who takes part, and for how long.
 *
 * @param scenario what is measured.
 * @param contenders who takes part, all fit for it; at least one.
 * @param timing how long and how often.
 */
public record Measurement(Scenario scenario, List<Contender> contenders, Timing timing) {
    /** Refuses contenders that cannot do the scenario. */
    public Measurement {
        contenders = List.copyOf(contenders);
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException(
                    "scenario " + scenario.name() + ": no engine can do it, or none was chosen: "
                            + "those that can are " + labels(Contender.forScenario(scenario)));
        }
        for (Contender contender : contenders) {
            if (!contender.isFit(scenario)) {
                throw new IllegalArgumentException("engine " + contender.label() + " cannot do scenario "
                        + scenario.name() + ": those that can are " + labels(Contender.forScenario(scenario)));
            }
        }
    }

    private static String labels(List<Contender> contenders) {
        return String.join(", ", contenders.stream().map(Contender::label).toList());
    }

    /** Milliseconds that all contenders take, without what sets them up. */
    public long totalMillis() {
        return timing.totalMillis() * contenders.size();
    }
}
