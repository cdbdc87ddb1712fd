package org.interruptor.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.junit.jupiter.api.Test;

class EntrantTest {
    private static final int MILLIS = 1_000_000;

    /** Compilers that work as long in each slice and each round as a list says, and rest when it is at its end. */
    private static final class ScriptedCompiler extends Compiler {
        private final Deque<Long> work = new ArrayDeque<>();
        private long worked;
        private boolean isAsked;

        ScriptedCompiler(long... millis) {
            LongStream.of(millis).forEach(work::add);
        }

        /** Is read before and after. */
        @Override
        long workedMillis() {
            if (isAsked && !work.isEmpty()) {
                worked += work.remove();
            }
            isAsked = !isAsked;
            return worked;
        }

        @Override
        boolean awaitIdle(long nanos) {
            return true;
        }
    }

    /** Counts what is asked of it. */
    private static final class CountingTrial implements Trial {
        private int slices;
        private int rounds;
        private int starvedRounds;
        private long warmedNanos;

        @Override
        public void warmUp(long nanos) {
            slices++;
            warmedNanos += nanos;
        }

        @Override
        public Sample run(long nanos) {
            rounds++;
            if (rounds <= starvedRounds) {
                throw new MeasurementRefused(MeasurementRefused.NO_CORE);
            }
            return new Sample(Map.of(Figure.PAIR, (double) rounds), null, 1, 1, 0);
        }

        @Override
        public void close() {}
    }

    private final CountingTrial trial = new CountingTrial();

    /** Stands still unless a test moves it. */
    private long clock;

    private Entrant entrant(Timing timing, long... compilerMillis) {
        Entrant entrant = new Entrant(Contender.LISTS, timing, new ScriptedCompiler(compilerMillis), () -> clock);
        entrant.open(() -> trial);
        return entrant;
    }

    private static List<Double> samples(ContenderResult result) {
        return result.figure(Figure.PAIR).orElseThrow().samples();
    }

    @Test
    void aWarmUpIsAsLongAsWasAskedForWhereCompilersRest() {
        entrant(new Timing(60, 10, 1));

        assertThat(trial.slices).isEqualTo(3);
        assertThat(trial.warmedNanos).isEqualTo(60L * MILLIS);
    }

    @Test
    void aWarmUpGoesOnUntilTheCompilersHaveComeToRest() {
        entrant(new Timing(60, 10, 1), 15, 12, 10, 8, 5, 0);

        assertThat(trial.slices).isEqualTo(6);
    }

    @Test
    void aWarmUpEndsInTimeThoughTheCompilersDoNotRest() {
        clock = -2_000_000_000;
        Entrant entrant = new Entrant(
                Contender.LISTS,
                new Timing(60, 10, 1),
                new ScriptedCompiler(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9),
                () -> clock += 100L * MILLIS);
        entrant.open(() -> trial);

        assertThat(trial.slices).isEqualTo(3 + 5); // the clock is asked from the third slice on, and once at first
    }

    @Test
    void withoutAWarmUpNobodyWaitsForTheCompilers() {
        Entrant entrant = entrant(new Timing(0, 10, 2), 10, 10);
        entrant.round();
        entrant.round();

        assertThat(trial.slices).isZero();
        assertThat(samples(entrant.result())).containsExactly(1.0, 2.0);
        assertThat(entrant.result().restless()).isEqualTo(2);
    }

    @Test
    void aRoundInWhichCompilersWorkedIsMeasuredAgain() {
        Entrant entrant = entrant(new Timing(60, 10, 2), 0, 0, 0, 0, 9, 0);
        entrant.round();
        entrant.round();

        assertThat(trial.rounds).isEqualTo(3);
        assertThat(samples(entrant.result())).containsExactly(1.0, 3.0);
        assertThat(entrant.result().restless()).isZero();
    }

    @Test
    void compilersThatNeverRestDoNotKeepARunFromItsEnd() {
        Entrant entrant = entrant(new Timing(60, 10, 2), 0, 0, 0, 9, 9, 9, 9, 9, 9);
        entrant.round();
        entrant.round();

        assertThat(trial.rounds).isEqualTo(4);
        assertThat(samples(entrant.result())).hasSize(2);
        assertThat(entrant.result().restless()).isEqualTo(2);
    }

    @Test
    void aRoundWithoutACoreIsRepeatedForAWhile() {
        trial.starvedRounds = 3;
        Entrant entrant = entrant(new Timing(0, 10, 1));
        entrant.round();
        assertThat(samples(entrant.result())).containsExactly(4.0);

        Entrant starved = new Entrant(
                Contender.LISTS, new Timing(0, 10, 1), new ScriptedCompiler(), () -> clock += 10_000L * MILLIS);
        trial.starvedRounds = Integer.MAX_VALUE;
        starved.open(() -> trial);
        starved.round();
        assertThat(starved.result().refusal()).isEqualTo(MeasurementRefused.NO_CORE);
    }

    @Test
    void whatATrialRefusesIsTheResult() {
        Entrant entrant = new Entrant(Contender.LISTS, new Timing(0, 10, 2), new ScriptedCompiler());
        entrant.open(() -> {
            throw new MeasurementRefused("one was lost");
        });
        entrant.round();
        entrant.close();

        assertThat(entrant.result().refusal()).isEqualTo("one was lost");
    }
}
