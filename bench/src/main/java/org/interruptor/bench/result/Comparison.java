package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;

/**
 * An earlier run against a later one, figure by figure: which differences are larger than what the rounds of each differ among
 * themselves.
 *
 * @param before when the earlier run was.
 * @param after when the later run was.
 * @param changes all figures that both have.
 * @param incomparable scenarios that both have, with different loads.
 */
public record Comparison(String before, String after, List<Change> changes, List<String> incomparable) {
    /** Fewer rounds than these say nothing about noise. */
    private static final int LEAST_ROUNDS = 3;

    /** Medians that differ by more standard errors than these differ. */
    private static final double SIGMAS = 3;

    /** Whatever the rounds say, two runs of one JVM each differ by so much: code and memory are laid out anew. */
    private static final double LEAST_CHANGE = 0.05;

    /** Bytes for each delivery that are none: they come from the harness. */
    private static final double LEAST_BYTES = 1;

    /** What a difference means. */
    public enum Verdict {
        /** Better, by more than noise. */
        BETTER,
        /** Worse, by more than noise. */
        WORSE,
        /** No more than noise. */
        SAME,
        /** Too few rounds to tell. */
        UNKNOWN
    }

    /**
     * One figure before and after.
     *
     * @param scenario of which scenario.
     * @param engine of which contender.
     * @param figure which.
     * @param before its median before.
     * @param after its median after.
     * @param noise the least part of the value before by which it had to change to count; NaN if unknown.
     * @param verdict what it means.
     */
    public record Change(
            String scenario,
            Contender engine,
            Figure figure,
            double before,
            double after,
            double noise,
            Verdict verdict) {

        /** The change as a part of the value before: 0.1 is a tenth more. */
        public double relative() {
            return before == 0 ? 0 : after / before - 1;
        }
    }

    /** Compares two runs. */
    public static Comparison of(Results before, Results after) {
        List<Change> changes = new ArrayList<>();
        List<String> incomparable = new ArrayList<>();
        for (ScenarioResult later : after.scenarios()) {
            Optional<ScenarioResult> earlier = before.scenario(later.scenario().name());
            if (earlier.isEmpty()) {
                continue;
            }
            if (earlier.get().scenario().load().equals(later.scenario().load())) {
                compare(earlier.get(), later, changes);
            } else {
                incomparable.add(later.scenario().name());
            }
        }
        return new Comparison(before.started(), after.started(), List.copyOf(changes), List.copyOf(incomparable));
    }

    private static void compare(ScenarioResult before, ScenarioResult after, List<Change> changes) {
        for (ContenderResult later : after.contenders()) {
            Optional<ContenderResult> earlier = before.contender(later.engine());
            for (Series series : later.figures()) {
                earlier.flatMap(one -> one.figure(series.figure()))
                        .map(old -> compare(after.scenario().name(), later.engine(), old, series))
                        .ifPresent(changes::add);
            }
        }
    }

    private static Change compare(String scenario, Contender engine, Series before, Series after) {
        double noise = noise(before, after);
        return new Change(
                scenario,
                engine,
                before.figure(),
                before.median(),
                after.median(),
                noise,
                verdict(before, after, noise));
    }

    private static double noise(Series before, Series after) {
        if (Math.min(before.samples().size(), after.samples().size()) < LEAST_ROUNDS) {
            return Double.NaN;
        }
        double error = Math.hypot(Statistics.medianError(before.samples()), Statistics.medianError(after.samples()));
        return before.median() == 0 ? LEAST_CHANGE : Math.max(LEAST_CHANGE, SIGMAS * error / before.median());
    }

    private static Verdict verdict(Series before, Series after, double noise) {
        double difference = after.median() - before.median();
        boolean changed;
        if (before.figure() == Figure.ALLOCATED) {
            changed = Math.abs(difference) >= LEAST_BYTES;
        } else if (Double.isNaN(noise)) {
            return Verdict.UNKNOWN;
        } else {
            changed = Math.abs(difference) > noise * before.median();
        }
        if (!changed) {
            return Verdict.SAME;
        }
        return (difference > 0) == before.figure().isMoreBetter() ? Verdict.BETTER : Verdict.WORSE;
    }

    /** Changes that are larger than noise. */
    public List<Change> significant() {
        return changes.stream()
                .filter(change -> change.verdict() == Verdict.BETTER || change.verdict() == Verdict.WORSE)
                .toList();
    }

    /**
     * What the machine did: the median change of time that the others show, which have not changed themselves.
     *
     * @return 0.1 if they took a tenth more time; empty if there are no others.
     */
    public Optional<Double> drift() {
        List<Double> others = changes.stream()
                .filter(change -> change.engine() != Contender.INTERRUPTOR)
                .filter(change -> change.figure() != Figure.ALLOCATED && change.figure() != Figure.MAX)
                .filter(change -> change.before() > 0 && change.after() > 0)
                .map(change ->
                        change.figure().isMoreBetter() ? change.before() / change.after() - 1 : change.relative())
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(Statistics.median(others));
    }
}
