package org.interruptor.bench.result;

import java.util.function.DoubleFunction;
import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.result.Change.Verdict;
import org.interruptor.bench.trial.Figure;

/**
 * A figure of the engine before and after, to be judged when it is known how many others are judged with it.
 *
 * @param scenario of which scenario.
 * @param before the figure before.
 * @param after the figure after.
 * @param reason why it cannot be judged; or null.
 * @param leastP the least probability that its test can answer, by the number of its JVMs.
 * @param test the test at a level.
 */
record Candidate(
        String scenario, Series before, Series after, Reason reason, double leastP, DoubleFunction<Judgement> test) {

    /**
     * A change below this is none, however sure it is: of five runs of the same code with 40 JVMs each, one had a change of 2.9 %. Whole
     * runs differ, too.
     */
    static final double LEAST_CHANGE = 0.03;

    /** Bytes for each delivery that are none: they come from the harness. */
    private static final double LEAST_BYTES = 1;

    /** Whether it is one of those that a test judges, on a quiet host: allocations do not scatter, and need none. */
    boolean isTested() {
        return (reason == null || reason == Reason.BUSY) && before.figure() != Figure.ALLOCATED;
    }

    Change judged(Family family) {
        if (before.figure() == Figure.ALLOCATED) {
            double more = after.value() - before.value();
            return change(null, Math.abs(more) < LEAST_BYTES ? Verdict.SAME : verdict(more), null);
        }
        if (isTested() && !family.isEnough(leastP)) { // told first: a quiet host would not help
            return change(null, Verdict.NOT_JUDGED, Reason.JVMS);
        }
        if (reason != null) {
            return change(null, Verdict.NOT_JUDGED, reason);
        }
        Judgement judgement = test.apply(family.level());
        boolean isChanged = judgement.p() <= family.level() && Math.abs(judgement.change()) >= LEAST_CHANGE;
        return change(judgement, isChanged ? verdict(judgement.change()) : Verdict.SAME, null);
    }

    private Verdict verdict(double more) {
        return more > 0 == before.figure().isMoreBetter() ? Verdict.BETTER : Verdict.WORSE;
    }

    private Change change(Judgement judgement, Verdict verdict, Reason why) {
        return new Change(scenario, before.figure(), before.value(), after.value(), judgement, verdict, why);
    }
}
