package org.interruptor.bench.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.trial.Cores;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CTrialTest {
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private static Scenario scenario(String name) {
        return Catalogue.named(List.of(name)).get(0).scenario();
    }

    static Stream<String> names() {
        return Catalogue.all().stream()
                .map(Catalogue.Entry::scenario)
                .filter(Contender.LISTS_C::isFit)
                .map(Scenario::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everythingThatWasAcceptedArrivesInEachScenarioThatItCanDo(String name) {
        assumeTrue(CCompiler.find().isPresent(), "no C compiler here");
        Scenario scenario = scenario(name);
        try (CTrial trial = CTrial.open(scenario, true)) {
            trial.warmUp(ROUND_NANOS);
            for (int round = 0; round < 2; round++) {
                Sample sample = Cores.awaitRate(() -> trial.run(ROUND_NANOS));
                assertThat(sample.delivered()).isPositive().isEqualTo(sample.injected());
                assertThat(sample.figures())
                        .containsKey(
                                switch (scenario.kind()) {
                                    case ONE_THREAD -> Figure.PAIR;
                                    case LATENCY -> Figure.P50;
                                    default -> Figure.RATE;
                                });
            }
        }
    }

    @Test
    void eachKindOfScenarioThatItIsForIsInTheCatalogue() {
        assertThat(names()).contains("pair-virtio", "backlog-100", "many-to-one", "64-vcpus", "latency-park");
    }

    @Test
    void aMixOfSignalsArrives() {
        assumeTrue(CCompiler.find().isPresent(), "no C compiler here");
        Scenario mixed = scenario("many-to-one");
        Scenario scenario = mixed.with(mixed.load().toBuilder()
                .vcpus(3)
                .mix(Mix.parse("emergency=2,restart=1,service=1,virtio=3"))
                .build());
        try (CTrial trial = CTrial.open(scenario, false)) {
            assertThat(Cores.awaitRate(() -> trial.run(ROUND_NANOS)).delivered())
                    .isPositive();
        }
    }

    @Test
    void whatItCannotDoIsLeftToOthers() {
        Scenario pair = scenario("pair-virtio");

        assertThat(Contender.LISTS_C.isFit(pair.with(
                        pair.load().toBuilder().mix(Mix.parse("program")).build())))
                .isFalse();
        assertThat(Contender.LISTS_C.isFit(scenario("latency-closed"))).isFalse();
        assertThat(Contender.LISTS_C.isFit(scenario("deadline"))).isFalse();
    }

    @Test
    void countsThatDoNotAgreeAreRefused() {
        Map<String, Long> good = Map.of(
                "injected",
                7L,
                "delivered",
                7L,
                "sent",
                3L,
                "arrived",
                3L,
                "full",
                0L,
                "elapsed",
                70L,
                "cpu",
                70L,
                "ended",
                0L);
        Histogram none = new Histogram(3);
        Scenario pair = scenario("pair-virtio");

        assertThat(CTrial.sample(pair, 1, good, none).figures()).containsEntry(Figure.PAIR, 10.0);
        for (String name : List.of("delivered", "arrived")) {
            Map<String, Long> bad = new java.util.HashMap<>(good);
            bad.merge(name, -1L, Long::sum);
            assertThatExceptionOfType(MeasurementRefused.class)
                    .isThrownBy(() -> CTrial.sample(pair, 1, bad, none))
                    .withMessageStartingWith("counts do not agree");
        }
    }

    @Test
    void aMissedRateAndTimesThatAreMissingAreRefused() {
        Scenario latency = scenario("latency-park");
        Histogram times = new Histogram(3);
        Map<String, Long> late = CTrial.parse(
                "round injected=2 delivered=2 full=0 sent=0 arrived=0 elapsed=9 cpu=9 ended=90000000 times=2 10 20",
                times);

        assertThat(latency.kind()).isEqualTo(Kind.LATENCY);
        assertThat(times.getTotalCount()).isEqualTo(2);
        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(() -> CTrial.sample(latency, 1_000_000, late, times))
                .withMessageStartingWith("the rate was missed: 4,000 injections a second");
        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(() -> CTrial.sample(latency, 1_000_000_000, late, new Histogram(3)))
                .withMessageContaining("2 arrived, with 0 times");
    }

    @Test
    void aProgramThatEndsRefusesTheRound() {
        assumeTrue(CCompiler.find().isPresent(), "no C compiler here");
        try (CTrial trial = CTrial.open(scenario("pair-virtio"), false)) {
            assertThatExceptionOfType(MeasurementRefused.class)
                    .isThrownBy(() -> trial.run(0))
                    .withMessage("expected run NANOS");
        }
    }

    @Test
    void aCompilerIsFoundOnThePathOrNot(@TempDir Path folder) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path full = Files.createDirectory(folder.resolve("full"));
        Path compiler = Files.writeString(full.resolve("gcc"), "#!/bin/sh\n");

        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        assertThat(CCompiler.find(empty.toString())).isEmpty();
        assertThat(CCompiler.find(null)).isEmpty();
        assertThat(CCompiler.find(empty + File.pathSeparator + full)).contains(compiler);
    }
}
