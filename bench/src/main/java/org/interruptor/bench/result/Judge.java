package org.interruptor.bench.result;

import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.result.Change.Verdict;
import org.interruptor.bench.trial.Figure;

/**
 * Decides whether a figure has changed. Where each run had enough JVMs, a sample is that of a JVM: two of them differ by more
 * than their rounds do among themselves, since code and memory are laid out anew. Where not, a sample is that of a round, and
 * a change has to be larger than what JVMs differ by.
 */
final class Judge {
    /** What one JVM differs from the next by, as recorded runs of the same code show. */
    static final double LEAST_CHANGE_OF_FEW_JVMS = 0.1;

    /** The least change that is one where JVMs are the samples. */
    static final double LEAST_CHANGE_OF_JVMS = 0.02;

    /** Bytes for each delivery that are none: they come from the harness. */
    private static final double LEAST_BYTES = 1;

    private final int jvmsBefore;
    private final int jvmsAfter;
    private final boolean isBusyJudged;

    Judge(int jvmsBefore, int jvmsAfter, boolean isBusyJudged) {
        this.jvmsBefore = jvmsBefore;
        this.jvmsAfter = jvmsAfter;
        this.isBusyJudged = isBusyJudged;
    }

    /** A figure of the engine in two runs. */
    Change runs(ScenarioResult earlier, ScenarioResult later, Series before, Series after, Machine machine) {
        boolean ofJvms = Math.min(jvmsBefore, jvmsAfter) >= Judgement.LEAST_SAMPLES;
        int samples = Math.min(before.samples().size(), after.samples().size());
        boolean isBusy = earlier.isDisturbed() || later.isDisturbed();
        String name = later.scenario().name();
        Reason reason = reason(before, after, isBusy, samples < Judgement.LEAST_SAMPLES);
        if (reason != null || before.figure() == Figure.ALLOCATED) {
            return unjudged(name, before, after, reason);
        }
        double[] old = Logarithms.of(before.samples(), machine.before());
        double[] now = Logarithms.of(after.samples(), machine.after());
        Judgement judgement = ofJvms
                ? Judgement.ofSamples(Logarithms.ofJvms(old, jvmsBefore), Logarithms.ofJvms(now, jvmsAfter))
                : Judgement.ofSamples(old, now);
        return judged(name, before, after, judgement, ofJvms);
    }

    /** A figure of two builds that took turns in one run. */
    Change builds(ScenarioResult scenario, Series before, Series after) {
        boolean ofJvms = jvmsAfter >= Judgement.LEAST_PAIRS;
        int pairs = Math.min(before.samples().size(), after.samples().size());
        String name = scenario.scenario().name();
        Reason reason = reason(before, after, scenario.isDisturbed(), pairs < Judgement.LEAST_PAIRS);
        if (reason != null || before.figure() == Figure.ALLOCATED) {
            return unjudged(name, before, after, reason);
        }
        double[] differences = Logarithms.of(after.samples(), Logarithms.of(before.samples(), 0));
        Judgement judgement = Judgement.ofPairs(ofJvms ? Logarithms.ofJvms(differences, jvmsAfter) : differences);
        return judged(name, before, after, judgement, ofJvms);
    }

    /** Why it cannot be judged; or null. Allocations can in any case: they do not scatter. */
    private Reason reason(Series before, Series after, boolean isBusy, boolean isTooFew) {
        if (before.figure() == Figure.ALLOCATED) {
            return null;
        }
        if (before.figure() == Figure.MAX) {
            return Reason.SINGLE;
        }
        if (!before.isSupportedByRounds() || !after.isSupportedByRounds()) {
            return Reason.TIMES;
        }
        if (isTooFew) {
            return Reason.ROUNDS;
        }
        return isBusy && !isBusyJudged ? Reason.BUSY : null;
    }

    private static Change unjudged(String name, Series before, Series after, Reason reason) {
        double more = after.value() - before.value();
        Verdict verdict = reason != null
                ? Verdict.NOT_JUDGED
                : Math.abs(more) < LEAST_BYTES ? Verdict.SAME : more > 0 ? Verdict.WORSE : Verdict.BETTER;
        return new Change(name, before.figure(), before.value(), after.value(), null, verdict, reason);
    }

    private static Change judged(String name, Series before, Series after, Judgement judgement, boolean ofJvms) {
        double least = ofJvms ? LEAST_CHANGE_OF_JVMS : LEAST_CHANGE_OF_FEW_JVMS;
        Verdict verdict = Verdict.SAME;
        if (judgement.isSure() && Math.abs(judgement.change()) >= least) {
            verdict = (judgement.change() > 0) == before.figure().isMoreBetter() ? Verdict.BETTER : Verdict.WORSE;
        }
        return new Change(name, before.figure(), before.value(), after.value(), judgement, verdict, null);
    }
}
