package org.interruptor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Engines;
import org.interruptor.bench.latency.LatencyRecorder;
import org.interruptor.bench.load.FaultyEngine.Defect;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Pacing;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.Cores;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeded defects, and that each is refused with a sentence instead of being measured. */
class RefusalTest {
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static LoadTrial throughput(Defect defect) {
        Load load = Load.builder().build();
        EngineUnderTest engine = new FaultyEngine(Engines.create(Contender.INTERRUPTOR, load, null), defect);
        return new LoadTrial(engine, load, Placement.ANYWHERE, null, PATIENCE);
    }

    private static LoadTrial latency(Defect defect, Pacing pacing) {
        Load load = Load.builder().pacing(pacing).build();
        LatencyRecorder recorder = new LatencyRecorder(1, false);
        EngineUnderTest engine = new FaultyEngine(Engines.create(Contender.MPMC, load, recorder), defect);
        return new LoadTrial(engine, load, Placement.ANYWHERE, recorder, PATIENCE);
    }

    /** In the first round or, where a thread has no core in time, in one of the next. */
    private static ThrowableAssertAlternative<MeasurementRefused> assertRefused(Trial trial) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        return assertThatExceptionOfType(MeasurementRefused.class).isThrownBy(() -> {
            while (System.nanoTime() - end < 0) {
                Cores.await(() -> trial.run(ROUND));
            }
        });
    }

    @Test
    void whatIsLostBetweenThreadsIsRefused() {
        assertRefused(throughput(Defect.LOSES))
                .withMessageMatching("counts do not agree: .* were accepted, .* arrived, and for 2000 ms nothing more");
    }

    @Test
    void whatComesTwiceBetweenThreadsIsRefused() {
        assertRefused(throughput(Defect.DOUBLES))
                .withMessageMatching("counts do not agree: virtio: .* were accepted, .* arrived: .* too many .*");
    }

    @Test
    void anEngineThatAcceptsNothingMoreIsRefused() {
        assertRefused(throughput(Defect.JAMS))
                .withMessageContaining("for virtio there was no room until the time was up");
    }

    @ParameterizedTest
    @EnumSource(
            value = Defect.class,
            names = {"LOSES", "DOUBLES", "JAMS"})
    void anyDefectOnOneThreadIsRefused(Defect defect) {
        Load load = Load.builder().mix(Mix.of(Signal.EMERGENCY)).build();
        EngineUnderTest engine = new FaultyEngine(Engines.create(Contender.LISTS, load, null), defect);

        assertRefused(new OneThreadTrial(engine, load, Placement.ANYWHERE))
                .withMessageMatching("emergency was injected \\d+ pairs after the start, and not delivered once");
    }

    @ParameterizedTest
    @CsvSource({"IO, LOSES, 1, 1", "ADAPTER, LOSES, 1, 1", "ADAPTER, DOUBLES, 1, 1", "EXTERNAL_CALL, LOSES, 2, 2"})
    void defectsUnderArchitectureRulesAreRefused(Signal signal, Defect defect, int vcpus, int injectors) {
        Load load = Load.builder()
                .mix(Mix.of(signal))
                .vcpus(vcpus)
                .injectors(injectors)
                .build();
        EngineUnderTest engine = new FaultyEngine(Engines.create(Contender.INTERRUPTOR, load, null), defect);

        assertRefused(new LoadTrial(engine, load, Placement.ANYWHERE, null, PATIENCE))
                .withMessageStartingWith("counts do not agree: ");
    }

    @Test
    void aMissedRateIsRefused() {
        assertRefused(latency(Defect.DAWDLES, Pacing.openLoop(5000, Arrivals.CONSTANT)))
                .withMessageMatching("the rate was missed: 5,\\d+ injections a second were asked for, \\d+ were made");
    }

    @Test
    void aParameterThatArrivesChangedIsRefused() {
        assertRefused(latency(Defect.GARBLES, Pacing.closedLoop(1)))
                .withMessageContaining("64-bit parameters arrived that were not sent");
    }

    @Test
    void anEngineThatStoresNothingIsRefused() {
        Load load = Load.builder().mix(Mix.of(Signal.RESTART)).build();
        EngineUnderTest engine = Engines.create(Contender.LOCKED_DEQUE, load, null);
        OneThreadTrial trial = new OneThreadTrial(engine, load, Placement.ANYWHERE);
        Cores.await(() -> trial.run(ROUND));
        for (long address = 0; address < engine.storage().size(); address += Long.BYTES) {
            engine.storage().putLong(address, 0);
        }

        assertRefused(trial).withMessageContaining("no lowcore shows one");
    }

    @Test
    void aBacklogThatDoesNotComeWholeIsRefused() {
        Load load = Load.builder().mix(Mix.of(Signal.RESTART)).backlog(250).build();
        EngineUnderTest engine = new FaultyEngine(Engines.create(Contender.CONCURRENT_QUEUE, load, null), Defect.LOSES);
        OneThreadTrial trial = new OneThreadTrial(engine, load, Placement.ANYWHERE);

        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(trial::close)
                .withMessageContaining("250 were accepted, 247 arrived: 3 lost");
    }

    @Test
    void aThreadThatFailsIsToldWithItsReason() {
        Load load = Load.builder().build();
        EngineUnderTest engine = Engines.create(Contender.INTERRUPTOR, load, null);
        LoadTrial trial = new LoadTrial(
                engine,
                load,
                (worker, workers) -> {
                    throw new IllegalStateException("no core " + worker);
                },
                null,
                PATIENCE);

        assertRefused(trial).withMessageContaining("a thread failed: java.lang.IllegalStateException: no core");
        assertThat(engine.vcpu(0).isAttention()).isTrue(); // it was kicked to come home
    }
}
