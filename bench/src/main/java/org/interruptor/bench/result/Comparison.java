package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.result.Change.Verdict;

/**
 * The engine of one run, or one build, against that of another, figure by figure.
 *
 * @param title what is compared with what, in a few words.
 * @param changes of all figures that both have, by their importance.
 * @param notes sentences about what could not be compared: what one of both lacks, what was refused, which loads differ.
 * @param family the figures that were judged together.
 * @param drift what the machine did from one run to the other: 0.1 if those that have not changed took a tenth more time; empty
 *     if there are none, or if both builds are of one run.
 */
public record Comparison(
        String title, List<Change> changes, List<String> notes, Family family, Optional<Double> drift) {

    /** Copies the lists. */
    public Comparison {
        changes = changes.stream().sorted(Change.BY_IMPORTANCE).toList();
        notes = List.copyOf(notes);
    }

    /**
     * Compares two runs: figures of the engine, in each round as a ratio to those of the contenders that have not changed.
     *
     * @param isBusyJudged whether to judge, of what was measured on a busy host, CPU times on one thread.
     */
    public static Comparison of(Results before, Results after, boolean isBusyJudged) {
        RunComparison runs = new RunComparison(before, after, isBusyJudged);
        return new Comparison(
                "the run of " + before.started(), runs.changes(), runs.notes(), runs.family(), runs.drift());
    }

    /**
     * Compares the engine with the earlier build that took part in the same run, JVM by JVM.
     *
     * @return empty if none took part.
     */
    public static Optional<Comparison> ofBuilds(Results results, boolean isBusyJudged) {
        Judge judge = new Judge(true, isBusyJudged);
        List<String> notes = new ArrayList<>();
        boolean isThere = false;
        for (ScenarioResult scenario : results.scenarios()) {
            Optional<ContenderResult> old = scenario.contender(Contender.INTERRUPTOR_OLD);
            Optional<ContenderResult> now = scenario.contender(Contender.INTERRUPTOR);
            isThere |= old.isPresent();
            if (old.isEmpty() || now.isEmpty()) {
                continue;
            }
            if (old.get().isRefused() || now.get().isRefused()) {
                notes.add(scenario.scenario().name() + " failed validation in one of the builds.");
            } else {
                for (Series series : now.get().figures()) {
                    old.get().figure(series.figure()).ifPresent(earlier -> judge.builds(scenario, earlier, series));
                }
            }
        }
        return isThere
                ? Optional.of(new Comparison(
                        "the earlier build, in this run", judge.changes(), notes, judge.family(), Optional.empty()))
                : Optional.empty();
    }

    /** Changes that are larger than noise. */
    public List<Change> significant() {
        return changes.stream()
                .filter(change -> change.verdict() == Verdict.WORSE || change.verdict() == Verdict.BETTER)
                .toList();
    }

    /** Figures that a test has judged, and that did not change by more than noise. */
    public List<Change> unchanged() {
        return changes.stream()
                .filter(change -> change.verdict() == Verdict.SAME && change.judgement() != null)
                .toList();
    }

    /** How many figures were judged. */
    public long judged() {
        return changes.size() - changes.stream().filter(Comparison::isNotJudged).count();
    }

    private static boolean isNotJudged(Change change) {
        return change.verdict() == Verdict.NOT_JUDGED;
    }

    /** Whether something is worse, by more than noise. */
    public boolean isAnyWorse() {
        return changes.stream().anyMatch(change -> change.verdict() == Verdict.WORSE);
    }

    /** Whether the answer is open: nothing was judged, or something not, though another run could have shown it. */
    public boolean isOpen() {
        return judged() == 0 || Stream.of(Reason.JVMS, Reason.BUSY).anyMatch(reason -> count(reason) > 0);
    }

    /** How many figures were not judged for a reason. */
    public long count(Reason reason) {
        return changes.stream().filter(change -> change.reason() == reason).count();
    }
}
