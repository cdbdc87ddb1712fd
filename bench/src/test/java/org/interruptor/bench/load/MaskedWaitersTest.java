package org.interruptor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Engines;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.Cores;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Trial;
import org.junit.jupiter.api.Test;

class MaskedWaitersTest {
    private static final long ROUND_NANOS = 5_000_000;

    private static List<Thread> waiters() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("waiter-"))
                .toList();
    }

    @Test
    void theyAreParkedDuringTheTrialAndEndWithIt() {
        Scenario scenario = Catalogue.named(List.of("masked-waiters-63")).get(0).scenario();

        try (Trial trial = new Trials().open(scenario, Contender.INTERRUPTOR, Placement.ANYWHERE)) {
            assertThat(waiters()).hasSize(63).extracting(Thread::getState).containsOnly(Thread.State.WAITING);
            assertThat(Cores.await(() -> trial.run(ROUND_NANOS)).delivered()).isPositive();
            assertThat(waiters()).extracting(Thread::getState).containsOnly(Thread.State.WAITING);
        }
        assertThat(waiters()).isEmpty();
    }

    @Test
    void allThatIsInjectedIsLeftToTheVcpuThatTakesIt() {
        Load load = Load.builder().vcpus(3).maskedWaiters(2).build();
        try (EngineUnderTest engine = Engines.create(Contender.INTERRUPTOR, load, null)) {
            MaskedWaiters waiters = new MaskedWaiters(engine, 2);
            waiters.start();
            for (int i = 0; i < 10; i++) {
                assertThat(engine.inject(Signal.VIRTIO, 0, i, i)).isTrue();
            }
            waiters.check();
            assertThat(engine.vcpu(0).deliver()).isEqualTo(10);
            waiters.end();
        }
    }

    @Test
    void oneThatLeavesTheWaitRefusesWhatWasMeasured() {
        Load load = Load.builder().vcpus(2).maskedWaiters(1).build();
        try (EngineUnderTest engine = Engines.create(Contender.INTERRUPTOR, load, null)) {
            MaskedWaiters waiters = new MaskedWaiters(engine, 1);
            waiters.start();
            waiters.end();
            assertThatExceptionOfType(MeasurementRefused.class)
                    .isThrownBy(waiters::check)
                    .withMessage("thread waiter-1 did not wait: null");
        }
    }

    @Test
    void baselinesDoNotTakePartSinceTheyHaveNoSuchGate() {
        Scenario scenario = Catalogue.named(List.of("masked-waiters-63")).get(0).scenario();

        assertThat(Contender.forScenario(scenario)).containsExactly(Contender.INTERRUPTOR);
        assertThat(Contender.LISTS.isFit(scenario.with(scenario.load().toBuilder()
                        .maskedWaiters(0)
                        .mix(Mix.of(Signal.VIRTIO))
                        .build())))
                .isTrue();
    }
}
