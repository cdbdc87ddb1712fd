package org.interruptor.bench.result;

import java.util.Comparator;
import org.interruptor.bench.trial.Figure;

/**
 * One figure of the engine before and after.
 *
 * @param scenario of which scenario.
 * @param figure which.
 * @param before its value before.
 * @param after its value after.
 * @param judgement the change, less what the machine did; null if it was not judged.
 * @param verdict what it means.
 * @param reason why it was not judged; else null.
 */
public record Change(
        String scenario,
        Figure figure,
        double before,
        double after,
        Judgement judgement,
        Verdict verdict,
        Reason reason) {

    /** What a difference means. */
    public enum Verdict {
        /** Worse, by more than noise. */
        WORSE,
        /** Better, by more than noise. */
        BETTER,
        /** No more than noise. */
        SAME,
        /** Nobody can tell. */
        NOT_JUDGED
    }

    /** Why nobody can tell. */
    public enum Reason {
        /** There were too few JVMs. */
        JVMS,
        /** Others used the cores. */
        BUSY,
        /** Others used the cores, and though that is to be judged, it disturbs this figure. */
        DISTURBED,
        /** There were too few times in a round for this percentile. */
        TIMES,
        /** The slowest is one time alone. */
        SINGLE
    }

    /** The worst first, then the best, then the rest; among those the largest change. */
    static final Comparator<Change> BY_IMPORTANCE = Comparator.comparing(Change::verdict)
            .thenComparing(Comparator.comparingDouble(Change::size).reversed());

    /** The change as a part of the value before, as judged, or as it looks: 0.1 is a tenth more. */
    public double relative() {
        if (judgement != null) {
            return judgement.change();
        }
        return before == 0 ? 0 : after / before - 1;
    }

    private double size() {
        return figure == Figure.ALLOCATED ? Double.MAX_VALUE : Math.abs(Math.log1p(relative()));
    }
}
