package org.interruptor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Pacing;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Pacing.Mode;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.plan.WaitMode;
import org.interruptor.bench.trial.Cores;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each contender does each scenario that it is fit for, and all that was accepted arrives. */
class TrialsTest {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(15);

    static Stream<Arguments> all() {
        return Catalogue.all().stream()
                .map(Catalogue.Entry::scenario)
                .map(TrialsTest::gentle)
                .flatMap(scenario -> Contender.forScenario(scenario).stream()
                        .filter(one -> one != Contender.LISTS_C) // a process, see CTrialTest
                        .map(one -> Arguments.of(scenario.name(), one, scenario)));
    }

    /** On a machine that has no core to spare any rate may be missed: that is not what is tested here. */
    private static Scenario gentle(Scenario scenario) {
        return scenario.load().pacing().mode() == Mode.OPEN_LOOP
                ? scenario.with(scenario.load().toBuilder()
                        .pacing(Pacing.closedLoop(1))
                        .disturbance(Load.UNDISTURBED)
                        .build())
                : scenario;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("all")
    void everythingThatWasAcceptedArrives(String name, Contender contender, Scenario scenario) {
        try (Trial trial = new Trials().open(scenario, contender, Placement.ANYWHERE)) {
            Cores.awaitRate(() -> {
                trial.warmUp(SHORT);
                return null;
            });
            for (int round = 0; round < 2; round++) {
                Sample sample = Cores.awaitRate(() -> trial.run(SHORT));
                assertThat(sample.delivered()).isPositive().isEqualTo(sample.injected());
                if (scenario.kind() == Kind.LATENCY || scenario.kind() == Kind.DEADLINE) {
                    assertThat(sample.histogram().getTotalCount()).isEqualTo(sample.delivered());
                    assertThat(sample.figures()).containsKeys(Figure.P50, Figure.P99_9, Figure.MAX);
                }
            }
        }
    }

    @Test
    void anOpenLoopMakesAllThatIsScheduledAndDisturbsTheCaches() {
        Load load = Load.builder()
                .waitMode(WaitMode.PARK)
                .pacing(Pacing.openLoop(1000, Arrivals.CONSTANT))
                .disturbance("YIELD")
                .build();
        Scenario scenario = new Scenario("open", "open", Kind.LATENCY, "", load);
        try (Trial trial = new Trials().open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE)) {
            Sample sample = Cores.awaitRate(() -> trial.run(TimeUnit.MILLISECONDS.toNanos(50)));

            assertThat(sample.delivered()).isEqualTo(49);
            assertThat(sample.histogram().getTotalCount()).isEqualTo(49);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "LOCKED_DEQUE", "CONCURRENT_QUEUE", "MPMC"})
    void aMixOfAllKindsToManyVcpusFromManyInjectorsBehindABacklogArrives(Contender contender) {
        Load load = Load.builder()
                .vcpus(3)
                .injectors(2)
                .mix(Mix.parse("restart=2,program=1,stop=1,set-prefix=1,service=2,virtio=2"))
                .waitMode(WaitMode.parse("adaptive:10:1000"))
                .backlog(1000)
                .build();
        Scenario scenario = new Scenario("all", "all", Kind.THROUGHPUT, "", load);
        try (Trial trial = new Trials().open(scenario, contender, Placement.ANYWHERE)) {
            assertThat(Cores.awaitRate(() -> trial.run(SHORT)).delivered()).isPositive();
        }
    }

    @Test
    void subchannelsAndQueuesOfManyInjectorsToManyVcpusArrive() {
        Load load = Load.builder()
                .vcpus(3)
                .injectors(3)
                .mix(Mix.parse("io=2,adapter=3"))
                .waitMode(WaitMode.PARK)
                .build();
        Scenario scenario = new Scenario("devices", "devices", Kind.THROUGHPUT, "", load);
        try (Trial trial = new Trials().open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE)) {
            assertThat(Cores.awaitRate(() -> trial.run(SHORT)).delivered()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "MPMC"})
    void timesOfAMixOfLocalAndFloatingOnesInAClosedLoopAreAllRecorded(Contender contender) {
        Load load = Load.builder()
                .vcpus(2)
                .injectors(2)
                .mix(Mix.parse("emergency=2,restart=1,service=1,virtio=1"))
                .waitMode(WaitMode.PARK)
                .pacing(Pacing.closedLoop(8))
                .build();
        Scenario scenario = new Scenario("mix", "mix", Kind.LATENCY, "", load);
        try (Trial trial = new Trials().open(scenario, contender, Placement.ANYWHERE)) {
            Sample sample = Cores.awaitRate(() -> trial.run(SHORT));
            assertThat(sample.delivered()).isPositive();
            assertThat(sample.histogram().getTotalCount()).isEqualTo(sample.delivered());
        }
    }
}
