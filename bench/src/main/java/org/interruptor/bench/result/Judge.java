package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.trial.Figure;

/**
 * Decides which figures have changed. A sample is that of a JVM, the median of its rounds. Two JVMs differ by more than the rounds
 * of one do, because each compiles and lays out the same code anew. So rounds are no independent samples of the code, however many
 * there are, and one JVM cannot be judged.
 */
final class Judge {
    private final boolean isPaired;
    private final boolean isBusyJudged;
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * A judge of a comparison.
     *
     * @param isPaired whether both builds ran in the same JVMs; else they are of two runs.
     * @param isBusyJudged whether to judge, of what was measured on a busy host, CPU times on one thread.
     */
    Judge(boolean isPaired, boolean isBusyJudged) {
        this.isPaired = isPaired;
        this.isBusyJudged = isBusyJudged;
    }

    /** Adds a figure of the engine in two runs: the JVMs of one have nothing to do with those of the other. */
    void runs(ScenarioResult earlier, ScenarioResult later, Series before, Series after, Machine machine) {
        double[] old = Logarithms.ofJvms(
                Logarithms.of(before.samples(), machine.before()),
                earlier.timing().rounds());
        double[] now = Logarithms.ofJvms(
                Logarithms.of(after.samples(), machine.after()), later.timing().rounds());
        candidates.add(new Candidate(
                later.scenario().name(),
                before,
                after,
                reason(later, before, after, earlier.isDisturbed() || later.isDisturbed()),
                Family.leastOfSamples(old.length, now.length),
                level -> Judgement.ofSamples(old, now, level)));
    }

    /** Adds a figure of two builds that took turns in the same JVMs: a pair of rounds saw the same machine. */
    void builds(ScenarioResult scenario, Series before, Series after) {
        double[] differences = Logarithms.ofJvms(
                Logarithms.of(after.samples(), Logarithms.of(before.samples(), 0)),
                scenario.timing().rounds());
        candidates.add(new Candidate(
                scenario.scenario().name(),
                before,
                after,
                reason(scenario, before, after, scenario.isDisturbed()),
                Family.leastOfPairs(differences.length),
                level -> Judgement.ofPairs(differences, level)));
    }

    /** Why it cannot be judged, however many JVMs there are; or null. */
    private Reason reason(ScenarioResult scenario, Series before, Series after, boolean isBusy) {
        if (before.figure() == Figure.ALLOCATED) {
            return null;
        }
        if (before.figure() == Figure.MAX) {
            return Reason.SINGLE;
        }
        if (!before.isSupportedByRounds() || !after.isSupportedByRounds()) {
            return Reason.TIMES;
        }
        if (!isBusy) {
            return null;
        }
        // What waits for a core is not counted: others can hardly disturb it.
        boolean isSteady = scenario.scenario().kind() == Kind.ONE_THREAD && before.figure() == Figure.CPU;
        return !isBusyJudged ? Reason.BUSY : isSteady ? null : Reason.DISTURBED;
    }

    /** Those that a test judges, all together. */
    Family family() {
        return new Family((int) candidates.stream().filter(Candidate::isTested).count(), isPaired);
    }

    /** All that were added, judged. */
    List<Change> changes() {
        Family family = family();
        return candidates.stream().map(candidate -> candidate.judged(family)).toList();
    }
}
