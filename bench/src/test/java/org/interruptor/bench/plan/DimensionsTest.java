package org.interruptor.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Scenario.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set, what is refused, and with which sentence. */
class DimensionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"virtio", "emergency=3,virtio=1", "restart=1,set-prefix=2,service=1000"})
    void aMixIsReadAsItIsWritten(String text) {
        assertThat(Mix.parse(text)).hasToString(text);
    }

    @Test
    void aMixHasItsSharesInEachTurnAndItsOrderFromTheSeed() {
        Mix mix = Mix.parse("emergency=3,virtio=2");

        List<Signal> turn = mix.pattern(7);

        assertThat(turn).hasSize(5).isEqualTo(mix.pattern(7));
        assertThat(turn.stream().filter(signal -> signal == Signal.EMERGENCY)).hasSize(3);
        assertThat(mix.hasLocal()).isTrue();
        assertThat(Mix.parse("virtio,service").hasLocal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            virtoi      | interruption 'virtoi': expected one of emergency, restart
            virtio=0    | share of virtio=0: expected 1 to 1000
            virtio=x    | share of virtio=x: expected a number, 1 to 1000
            stop,stop   | mix 'stop,stop' names stop twice
            ''          | interruption '': expected one of
            """)
    void aWrongMixIsRefused(String text, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mix.parse(text)).withMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            io,virtio            | THROUGHPUT | mix=virtio=1,io=1: expected interruptions of one set of rules
            io,external-call     | THROUGHPUT | mix=io=1,external-call=1: expected external-call alone
            external-call        | THROUGHPUT | scenario s: injectors=1 with mix=external-call and vcpus=1: expected two vCPUs
            adapter              | LATENCY    | scenario s: mix=adapter: expected no io, adapter or external-call
            """)
    void mixesThatCannotBeMeasuredAreRefused(String mix, Kind kind, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    Load.Builder load = Load.builder().mix(Mix.parse(mix));
                    if (kind == Kind.LATENCY) {
                        load.pacing(Pacing.closedLoop(1));
                    }
                    new Scenario("s", "s", kind, "", load.build());
                })
                .withMessageStartingWith(sentence);
    }

    @Test
    void aBacklogIsOfSignalsThatDoNotMerge() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Load.builder().mix(Mix.of(Signal.IO)).backlog(1).build())
                .withMessageContaining("under architecture rules emergency signals of one sender merge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "spin", "park", "spin-then-park:100", "spin-yield-park:100:10", "adaptive:10:1000"})
    void aWaitModeIsReadAsItIsWritten(String text) {
        assertThat(WaitMode.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sleep",
                "park:3",
                "spin-then-park",
                "adaptive:10",
                "adaptive:10:9",
                "spin-then-park:-1",
                "spin-yield-park:1"
            })
    void aWrongWaitModeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WaitMode.parse(text));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Load.builder().vcpus(0).build())
                .withMessage("vcpus=0: expected 1 to 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Load.builder().floatingCapacity(100).build())
                .withMessage("floating-capacity=100: expected a power of two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Load.builder().disturbance("HEAT").build())
                .withMessageStartingWith("disturb=HEAT: expected none, or one of [PARK, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pacing.openLoop(0.5, Arrivals.CONSTANT))
                .withMessageStartingWith("rate=0.5: expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timing(0, 0, 1))
                .withMessageStartingWith("duration=0: expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchPlan(List.of(), false, 1))
                .withMessage("nothing to measure: name a scenario");
    }

    @Test
    void dimensionsThatDoNotGoTogetherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Load.builder().backlog(1).mix(Mix.of(Signal.EMERGENCY)).build())
                .withMessageContaining("the backlog is of masked emergency signals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario(Kind.LATENCY, Load.builder().build()))
                .withMessage("scenario x: no rate and no outstanding: expected one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario(
                        Kind.THROUGHPUT,
                        Load.builder()
                                .pacing(Pacing.openLoop(10, Arrivals.POISSON))
                                .build()))
                .withMessageContaining("expected no rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        scenario(Kind.ONE_THREAD, Load.builder().injectors(2).build()))
                .withMessageContaining("injectors=2: expected 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario(
                        Kind.THROUGHPUT,
                        Load.builder().vcpus(2).maskedWaiters(1).build()))
                .withMessageContaining("masked-waiters=1: expected 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Load.builder().vcpus(2).maskedWaiters(2).build())
                .withMessage("masked-waiters=2 with vcpus=2: expected 0 or more, and at least one vCPU beside them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario(
                        Kind.LATENCY,
                        Load.builder()
                                .injectors(2)
                                .mix(Mix.of(Signal.RESTART))
                                .pacing(Pacing.closedLoop(1))
                                .build()))
                .withMessageContaining("at most as many injectors as vCPUs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario(
                        Kind.LATENCY,
                        Load.builder()
                                .disturbance("MEMORY_COPY")
                                .pacing(Pacing.closedLoop(1))
                                .build()))
                .withMessageContaining("disturb=MEMORY_COPY: expected a rate");
    }

    @Test
    void aContenderThatCannotDoAScenarioIsRefused() {
        Scenario many = scenario(Kind.THROUGHPUT, Load.builder().vcpus(2).build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Measurement(many, List.of(Contender.DISRUPTOR), new Timing(0, 1, 1)))
                .withMessage(
                        "engine disruptor cannot do scenario x: those that can are interruptor, lists, lists-c, locked-deque,"
                                + " concurrent-queue, mpmc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Measurement(many, List.of(), new Timing(0, 1, 1)))
                .withMessageContaining("no engine can do it, or none was chosen");
    }

    @Test
    void aBuilderOfALoadBeginsWithAllOfIt() {
        Load load = Load.builder()
                .vcpus(3)
                .injectors(2)
                .mix(new Mix(Map.of(Signal.STOP, 4)))
                .waitMode(WaitMode.spinThenPark(5))
                .pacing(Pacing.closedLoop(6))
                .backlog(7)
                .floatingCapacity(8)
                .localCapacity(16)
                .seed(9)
                .build();

        assertThat(load.toBuilder().build()).isEqualTo(load);
    }

    private static Scenario scenario(Kind kind, Load load) {
        return new Scenario("x", "x", kind, "", load);
    }
}
