package org.interruptor.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.result.Change.Verdict;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double[] QUIET = {100, 101, 99, 100.5, 99.5, 100.2, 99.8, 100.1};

    private static Results pairs(double... values) {
        return Samples.of(Samples.jvms("pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, values)));
    }

    private static Results rates(double... values) {
        return Samples.of(
                Samples.jvms("one-to-one-local", Samples.contender(Contender.INTERRUPTOR, Figure.RATE, values)));
    }

    private static Results withLists(double[] engine, double[] lists) {
        return Samples.of(Samples.jvms(
                "pair-virtio",
                Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, engine),
                Samples.contender(Contender.LISTS, Figure.PAIR, lists)));
    }

    private static double[] times(double factor, double... values) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static Change only(Comparison comparison) {
        return comparison.changes().stream()
                .filter(change -> change.figure() != Figure.ALLOCATED)
                .findFirst()
                .orElseThrow();
    }

    private static Change only(Results before, Results after) {
        return only(Comparison.of(before, after, false));
    }

    @Test
    void aTimeThatGrewBeyondNoiseIsWorseAndOneThatShrankIsBetter() {
        Change worse = only(pairs(50, 51, 49, 50.5, 49.5), pairs(60, 61, 59, 60.5, 59.5));
        Change better = only(pairs(60, 61, 59, 60.5, 59.5), pairs(50, 51, 49, 50.5, 49.5));

        assertThat(worse.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(worse.relative()).isCloseTo(0.2, within(0.005));
        assertThat(better.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void aRateThatGrewIsBetter() {
        Results slow = rates(4e6, 4.01e6, 4.02e6, 4.03e6, 4.04e6);
        Results fast = rates(5e6, 5.01e6, 5.02e6, 5.03e6, 5.04e6);

        assertThat(only(slow, fast).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(only(fast, slow).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void whatTheRoundsThemselvesDifferByIsNoise() {
        Change noisy = only(pairs(50, 70, 30, 90, 60), pairs(60, 80, 40, 100, 70));

        assertThat(noisy.verdict()).isEqualTo(Verdict.SAME);
        assertThat(noisy.judgement().low()).isNegative();
        assertThat(noisy.judgement().high()).isPositive();
    }

    @Test
    void whatTheMachineDidToOthersTooIsNoChangeOfTheEngine() {
        Results before = withLists(QUIET, QUIET);
        Results slowed = withLists(times(1.3, QUIET), times(1.3, QUIET));
        Results disturbed = withLists(new double[] {100, 202, 99, 300, 100}, new double[] {100, 200, 100, 300, 99});
        Results worse = withLists(times(1.3 * 1.2, QUIET), times(1.3, QUIET));

        assertThat(only(before, slowed).verdict()).isEqualTo(Verdict.SAME);
        assertThat(only(before, disturbed).verdict()).isEqualTo(Verdict.SAME);
        assertThat(only(before, worse).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(only(before, worse).relative()).isCloseTo(0.2, within(0.01));
        assertThat(Comparison.of(before, slowed, false).drift().orElseThrow()).isCloseTo(0.3, within(1e-9));
        assertThat(Comparison.of(pairs(QUIET), pairs(QUIET), false).drift()).isEmpty();
    }

    @Test
    void oneBaselineThatChangesByItselfDoesNotMoveTheEngine() {
        Results before = withThree(QUIET);
        Results after = withThree(times(2, QUIET));

        assertThat(only(before, after).verdict()).isEqualTo(Verdict.SAME);
        assertThat(only(before, after).relative()).isCloseTo(0, within(1e-9));
    }

    private static Results withThree(double[] odd) {
        return Samples.of(Samples.jvms(
                "pair-virtio",
                Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, QUIET),
                Samples.contender(Contender.LISTS, Figure.PAIR, QUIET),
                Samples.contender(Contender.MPMC, Figure.PAIR, odd),
                Samples.contender(Contender.LOCKED_DEQUE, Figure.PAIR, QUIET)));
    }

    @Test
    void eachJvmIsASampleAndSmallChangesAreFound() {
        assertThat(only(jvms(1), jvms(1.05)).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(only(jvms(1.05), jvms(1)).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(only(jvms(1), jvms(1.01)).verdict()).isEqualTo(Verdict.SAME);
    }

    /** JVMs of three rounds that are alike: JVMs differ by 1 %. */
    private static Results jvms(double factor) {
        List<Results> parts = new ArrayList<>();
        for (double jvm : QUIET) {
            parts.add(Samples.of(Samples.scenario(
                    "pair-virtio",
                    Samples.contender(
                            Contender.INTERRUPTOR, Figure.PAIR, times(factor * jvm / 100, 50, 50.01, 49.99)))));
        }
        return Results.merge(parts);
    }

    @Test
    void oneJvmIsNotJudgedHoweverManyRoundsItHas() {
        double[] many = new double[50];
        Arrays.setAll(many, i -> 100 + i * 0.01);

        for (Comparison comparison : List.of(
                Comparison.of(rounds(many), rounds(times(2, many)), false),
                Comparison.ofBuilds(rounds(many, times(2, many)), false).orElseThrow())) {
            assertThat(only(comparison).reason()).isEqualTo(Reason.JVMS);
            assertThat(comparison.isOpen()).isTrue();
            assertThat(comparison.isAnyWorse()).isFalse();
        }
    }

    /** One JVM; with the rounds of an earlier build, if there are any. */
    private static Results rounds(double[] now, double... old) {
        List<ContenderResult> contenders =
                new ArrayList<>(List.of(Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, now)));
        if (old.length > 0) {
            contenders.add(Samples.contender(Contender.INTERRUPTOR_OLD, Figure.PAIR, old));
        }
        ScenarioResult one = Samples.jvms("pair-virtio", contenders.toArray(new ContenderResult[0]));
        return Samples.of(ScenarioResult.of(one.scenario(), new Timing(1, 2, now.length), 0, contenders));
    }

    @Test
    void tooFewJvmsAreNotJudgedAndLeaveTheAnswerOpen() {
        Comparison comparison = Comparison.of(pairs(50, 50, 50, 50), pairs(500, 501, 502, 503), false);

        assertThat(only(comparison).verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(only(comparison).reason()).isEqualTo(Reason.JVMS);
        assertThat(comparison.family().neededJvms()).isEqualTo(5);
        assertThat(comparison.isOpen()).isTrue();
        assertThat(comparison.isAnyWorse()).isFalse();
    }

    @Test
    void anInterruptedRunHasTheJvmsThatItHas() {
        // Of the last of three JVMs there is one round of two; the median of the second is 3.
        double[] medians = Logarithms.ofJvms(new double[] {1, 2, 3, 3, 9}, 2);

        assertThat(medians).containsExactly(1.5, 3, 9);
    }

    @Test
    void whatDidNotChangeSaysWhatWouldHaveBeenSeen() {
        Judgement steady = only(pairs(QUIET), pairs(QUIET)).judgement();
        Judgement noisy =
                only(pairs(50, 70, 30, 90, 60), pairs(60, 80, 40, 100, 70)).judgement();

        assertThat(steady.visible()).isBetween(0.02, 0.04);
        assertThat(noisy.visible()).isGreaterThan(0.5);
    }

    @Test
    void tooFewJvmsAreToldBeforeABusyHost() {
        Results few = pairs(50, 50);

        assertThat(only(few, busy(few)).reason()).isEqualTo(Reason.JVMS);
    }

    @Test
    void aBusyHostIsNotJudged() {
        Results busy = busy(pairs(times(1.5, QUIET)));
        for (Comparison refused :
                List.of(Comparison.of(pairs(QUIET), busy, false), Comparison.of(busy, pairs(QUIET), false))) {
            assertThat(only(refused).reason()).isEqualTo(Reason.BUSY);
            assertThat(refused.isOpen()).isTrue();
        }
    }

    @Test
    void ofABusyHostCpuTimesOnOneThreadAreJudgedIfThatIsWanted() {
        Comparison comparison = Comparison.of(cpu(QUIET), busy(cpu(times(1.5, QUIET))), true);

        assertThat(comparison.significant()).extracting(Change::figure).containsExactly(Figure.CPU);
        assertThat(comparison.isOpen()).isFalse();
        assertThat(only(Comparison.of(pairs(QUIET), busy(pairs(times(1.5, QUIET))), true))
                        .reason())
                .isEqualTo(Reason.DISTURBED);
    }

    private static Results cpu(double... values) {
        return Samples.of(Samples.jvms("pair-virtio", Samples.contender(Contender.INTERRUPTOR, Figure.CPU, values)));
    }

    private static Results busy(Results results) {
        ScenarioResult one = results.scenarios().get(0);
        return Samples.of(ScenarioResult.of(one.scenario(), one.timing(), 0.5, one.contenders()));
    }

    @Test
    void percentilesOfTooFewTimesAndTheSlowestAreNotJudged() {
        Results times = Samples.of(Samples.scenario(
                "latency-spin", Samples.times(Contender.INTERRUPTOR, 2), Samples.times(Contender.LISTS, 2)));

        Comparison comparison = Comparison.of(times, times, false);

        assertThat(comparison.changes())
                .extracting(Change::figure, Change::reason)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(Figure.P99, Reason.JVMS),
                        org.assertj.core.groups.Tuple.tuple(Figure.P99_9, Reason.TIMES),
                        org.assertj.core.groups.Tuple.tuple(Figure.MAX, Reason.SINGLE));
    }

    @Test
    void oneByteMoreForEachIsWorseHoweverFewJvmsAndHoweverBusy() {
        Comparison comparison = Comparison.of(allocating(0.01), busy(allocating(48)), false);

        assertThat(comparison.significant()).extracting(Change::verdict).containsExactly(Verdict.WORSE);
        assertThat(Comparison.of(allocating(0.01), allocating(0.4), false).significant())
                .isEmpty();
    }

    private static Results allocating(double bytes) {
        Sample sample = new Sample(Map.of(Figure.ALLOCATED, bytes), null, 1, 1, 0);
        return Samples.of(Samples.jvms("pair-virtio", ContenderResult.of(Contender.INTERRUPTOR, List.of(sample))));
    }

    @Test
    void theWorstComesFirstAndThenTheLargest() {
        Results before =
                Samples.of(named("pair-virtio", QUIET), named("pair-emergency", QUIET), named("pair-restart", QUIET));
        Results after = Samples.of(
                named("pair-virtio", times(0.5, QUIET)),
                named("pair-emergency", times(1.2, QUIET)),
                named("pair-restart", times(1.4, QUIET)));

        assertThat(Comparison.of(before, after, false).significant())
                .extracting(Change::scenario)
                .containsExactly("pair-restart", "pair-emergency", "pair-virtio");
    }

    private static ScenarioResult named(String name, double... values) {
        return Samples.jvms(name, Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, values));
    }

    @Test
    void scenariosWithDifferentLoadsAreNotComparedAndNamed() {
        ScenarioResult usual = named("pair-virtio", QUIET);
        Load other = Load.builder().mix(Mix.of(Signal.SERVICE)).build();
        ScenarioResult changed = ScenarioResult.of(usual.scenario().with(other), usual.timing(), 0, usual.contenders());

        Comparison comparison = Comparison.of(Samples.of(usual), Samples.of(changed), false);

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.notes()).singleElement().asString().startsWith("pair-virtio was run with another load: ");
    }

    @Test
    void whatOneRunLacksOrRefusesIsNamed() {
        Results before = Samples.of(
                named("pair-virtio", QUIET),
                Samples.jvms("pair-emergency", ContenderResult.refused(Contender.INTERRUPTOR, "one was lost")),
                Samples.jvms(
                        "pair-restart",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, QUIET),
                        Samples.contender(Contender.LISTS, Figure.PAIR, QUIET),
                        Samples.contender(Contender.MPMC, Figure.PAIR, QUIET)));
        Results after = Samples.of(
                named("backlog-0", QUIET),
                named("pair-emergency", QUIET),
                Samples.jvms(
                        "pair-restart",
                        Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, QUIET),
                        Samples.contender(Contender.LISTS, Figure.PAIR, QUIET)));

        Comparison comparison = Comparison.of(before, after, false);

        assertThat(comparison.notes())
                .containsExactlyInAnyOrder(
                        "In the later run alone: backlog-0.",
                        "In the earlier run alone: pair-virtio.",
                        "pair-emergency failed validation in the earlier run: one was lost",
                        "pair-restart: mpmc is missing or failed validation in the later run.");
        assertThat(comparison.judged()).isEqualTo(2); // the pair and its allocation
    }

    @Test
    void aRunWithNothingToCompareWithLeavesTheAnswerOpen() {
        Comparison comparison = Comparison.of(pairs(QUIET), rates(QUIET), false);

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.isOpen()).isTrue();
    }

    @Test
    void anEarlierBuildInTheSameRunIsJudgedJvmByJvm() {
        // The machine changes more from JVM to JVM than the builds differ.
        double[] machine = {100, 170, 90, 120, 250, 110, 95, 130};
        double[] noise = {1.001, 1.01, 0.99, 1.003, 1.005, 0.995, 1.002, 0.998};
        double[] old = new double[machine.length];
        Arrays.setAll(old, i -> machine[i] * noise[i]);

        assertThat(only(builds(machine, times(1.3, old))).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(only(builds(machine, times(0.8, old))).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(only(builds(machine, old)).verdict()).isEqualTo(Verdict.SAME);
        assertThat(only(builds(Arrays.copyOf(machine, 6), Arrays.copyOf(machine, 6)))
                        .reason())
                .isEqualTo(Reason.JVMS);
        assertThat(Comparison.ofBuilds(pairs(QUIET), false)).isEmpty();
    }

    private static Comparison builds(double[] old, double[] now) {
        return Comparison.ofBuilds(
                        Samples.of(Samples.jvms(
                                "pair-virtio",
                                Samples.contender(Contender.INTERRUPTOR, Figure.PAIR, now),
                                Samples.contender(Contender.INTERRUPTOR_OLD, Figure.PAIR, old))),
                        false)
                .orElseThrow();
    }
}
