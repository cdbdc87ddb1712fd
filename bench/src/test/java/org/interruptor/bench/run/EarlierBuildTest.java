package org.interruptor.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Measurement;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Ratio;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.bench.trial.Cores;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This build itself, as another one. */
class EarlierBuildTest {
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static Scenario scenario(String name) {
        return Catalogue.named(List.of(name)).get(0).scenario();
    }

    private static String ownClassPath() {
        return Stream.of(EarlierBuild.class, Machine.class, GuestMemory.class)
                .map(type -> placeOf(type).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pair-virtio", "one-to-one-local", "latency-closed", "deadline"})
    void eachKindOfScenarioIsMeasured(String name) {
        try (EarlierBuild build = EarlierBuild.of(ownClassPath());
                Trial trial = build.open(scenario(name), Contender.INTERRUPTOR_OLD, Placement.ANYWHERE)) {
            trial.warmUp(ROUND_NANOS);
            Sample sample = Cores.await(() -> trial.run(ROUND_NANOS));

            assertThat(sample.delivered()).isPositive().isEqualTo(sample.injected());
            assertThat(sample.figures()).containsKey(Figure.ALLOCATED);
            assertThat(sample.histogram() != null).isEqualTo(sample.figures().containsKey(Figure.P50));
        }
    }

    @Test
    void noClassOfInterruptorIsSharedButLibrariesOfTheHarnessAre() throws Exception {
        try (EarlierBuild build = EarlierBuild.of(ownClassPath())) {
            ClassLoader loader = loaderOf(build);

            for (Class<?> type : List.of(Machine.class, GuestMemory.class, Sample.class, FreshLoader.class)) {
                assertThat(loader.loadClass(type.getName())).isNotSameAs(type);
            }
            assertThat(loader.loadClass("org.HdrHistogram.Histogram")).isSameAs(org.HdrHistogram.Histogram.class);
        }
    }

    private static ClassLoader loaderOf(EarlierBuild build) throws ReflectiveOperationException {
        java.lang.reflect.Field field = EarlierBuild.class.getDeclaredField("loader");
        field.setAccessible(true);
        return (ClassLoader) field.get(build);
    }

    @Test
    void itsThreadsArePlacedByThisBuild() {
        List<String> placed = java.util.Collections.synchronizedList(new ArrayList<>());
        try (EarlierBuild build = EarlierBuild.of(ownClassPath());
                Trial trial = build.open(
                        scenario("one-to-one-local"),
                        Contender.INTERRUPTOR_OLD,
                        (worker, workers) -> placed.add(worker + "/" + workers))) {
            Cores.await(() -> trial.run(ROUND_NANOS));
        }
        assertThat(placed).containsOnly("0/2", "1/2"); // a round may be repeated
    }

    @Test
    void whatItRefusesIsRefusedWithItsReason() {
        Scenario tooFast = scenario("latency-spin")
                .with(scenario("latency-spin").load().toBuilder()
                        .pacing(org.interruptor.bench.plan.Pacing.openLoop(
                                1e8, org.interruptor.bench.plan.Pacing.Arrivals.CONSTANT))
                        .build());
        try (EarlierBuild build = EarlierBuild.of(ownClassPath());
                Trial trial = build.open(tooFast, Contender.INTERRUPTOR_OLD, Placement.ANYWHERE)) {
            assertThatExceptionOfType(MeasurementRefused.class)
                    .isThrownBy(() -> Cores.await(() -> trial.run(4 * ROUND_NANOS)))
                    .withMessageStartingWith("the rate was missed");
        }
    }

    @Test
    void itsRoundsAlternateWithThoseOfThisBuildAndHaveARatio() {
        Measurement measurement = new Measurement(
                scenario("pair-virtio"),
                List.of(Contender.INTERRUPTOR, Contender.INTERRUPTOR_OLD),
                new Timing(5, 5, 3));
        List<String> steps = new ArrayList<>();

        Results results = new Runner(
                        new BenchPlan(List.of(measurement), false, 1, ownClassPath(), null, null),
                        (scenario, engine, done) -> steps.add(engine))
                .run();

        ScenarioResult result = results.scenarios().get(0);
        assertThat(result.contenders())
                .allSatisfy(one -> assertThat(one.refusal()).isNull());
        assertThat(result.contenders()).extracting(ContenderResult::engine).contains(Contender.INTERRUPTOR_OLD);
        assertThat(result.ratios()).extracting(Ratio::other).contains(Contender.INTERRUPTOR_OLD);
        assertThat(steps.subList(2, 6))
                .containsExactly("interruptor", "interruptor-old", "interruptor-old", "interruptor");
    }

    @Test
    void aSourceTreeThatMavenHasBuiltIsABuild(@TempDir Path root) throws IOException {
        link(root.resolve("bench/target/classes"), EarlierBuild.class);
        link(root.resolve("engine/target/classes"), Machine.class);
        link(root.resolve("memory/target/classes"), GuestMemory.class);

        try (EarlierBuild build = EarlierBuild.of(root.toString());
                Trial trial = build.open(scenario("pair-virtio"), Contender.INTERRUPTOR_OLD, Placement.ANYWHERE)) {
            assertThat(Cores.await(() -> trial.run(ROUND_NANOS)).delivered()).isPositive();
        }
    }

    private static void link(Path classes, Class<?> type) throws IOException {
        Files.createDirectories(classes.getParent());
        Files.createSymbolicLink(classes, placeOf(type));
    }

    @Test
    void whatIsNoBuildIsToldInOneSentence(@TempDir Path empty) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlierBuild.of(empty.toString()))
                .withMessage(
                        empty + ": expected another interruptor.jar, or the classes of its memory, engine and bench:"
                                + " it has no class org.interruptor.bench.run.FreshLoader");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlierBuild.of("nosuch.jar"))
                .withMessage("nosuch.jar: no such file");
    }

    @Test
    void aPlanWithItNeedsItsPlace() {
        Measurement measurement =
                new Measurement(scenario("pair-virtio"), List.of(Contender.INTERRUPTOR_OLD), new Timing(5, 5, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BenchPlan(List.of(measurement), false, 1))
                .withMessage("engine interruptor-old is another build: say where it is with --engine-jar");
    }
}
