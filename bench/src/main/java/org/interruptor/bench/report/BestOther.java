package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Contender.Role;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.result.Ratio;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Figure;

/**
 * Of the baselines, the one that comes off best against Interruptor.
 *
 * @param engine which.
 * @param advantage how many times better than it Interruptor is; below 1, the baseline is better.
 */
record BestOther(Contender engine, double advantage) {
    /** Below this the difference is none. */
    private static final double LEVEL = 0.98;

    /** The best in one figure of one scenario, if a baseline took part. */
    static Optional<BestOther> of(ScenarioResult scenario, Figure figure) {
        return scenario.ratios().stream()
                .filter(ratio -> ratio.figure() == figure && ratio.other().role() == Role.BASELINE)
                .map(ratio -> new BestOther(ratio.other(), advantage(ratio)))
                .min(Comparator.comparingDouble(BestOther::advantage));
    }

    /** How many times better Interruptor is. */
    static double advantage(Ratio ratio) {
        return ratio.figure().isMoreBetter() ? ratio.ratio() : 1 / ratio.ratio();
    }

    /** What a kind of scenario is judged by. */
    static List<Figure> figuresOf(Kind kind) {
        return switch (kind) {
            case ONE_THREAD -> List.of(Figure.PAIR);
            case THROUGHPUT -> List.of(Figure.RATE);
            case LATENCY, DEADLINE -> List.of(Figure.P50, Figure.P99);
            case PING_PONG -> List.of();
        };
    }

    /** Where baselines win, in a sentence; empty if they nowhere do. */
    static Optional<String> sentence(Results results) {
        List<String> lost = new ArrayList<>();
        for (ScenarioResult scenario : results.scenarios()) {
            for (Figure figure : figuresOf(scenario.scenario().kind())) {
                of(scenario, figure)
                        .filter(best -> best.advantage < LEVEL)
                        .ifPresent(best -> lost.add(scenario.scenario().name()
                                + (figure.isPercentile() ? " " + figure.label() : "") + " (" + best.engine.label()
                                + ", "
                                + Units.times(1 / best.advantage) + ")"));
            }
        }
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("Another engine is faster than Interruptor in: " + String.join(", ", lost) + ".");
    }
}
