package org.interruptor.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.interruptor.bench.trial.Placement;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void whereItRunsIsSaidWithoutPlacesOnThisMachine() {
        Environment here = Environment.capture("anywhere");

        assertThat(here.jdk()).startsWith(System.getProperty("java.version"));
        assertThat(here.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(here.clockReadNanos()).isPositive();
        assertThat(here.clockStepNanos()).isPositive();
        assertThat(String.join(" ", here.flags())).doesNotContain(System.getProperty("user.dir"));
    }

    @Test
    void busyTimeIsAllButIdleAndWaitingAndCountsGuestsOnce() {
        String stat = "cpu  100 20 30 5000 600 7 8 9 50 10\ncpu0 1 2 3 4\n";

        assertThat(OtherLoad.busyNanos(stat)).isEqualTo((100 + 20 + 30 + 7 + 8 + 9) * 1e7);
    }

    @Test
    void aProcessThatWorksAloneIsNotCountedAsOthers() {
        OtherLoad others = new OtherLoad();
        double cores = others.cores();

        assertThat(cores)
                .isBetween(OtherLoad.UNKNOWN, 2.0 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void threadsAreLeftAloneWhereThereAreTooFewCores() throws InterruptedException {
        Placement cores = Cores.available();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                cores.place(0, Integer.MAX_VALUE);
                cores.place(0, 1);
            } catch (RuntimeException | Error e) {
                thrown.set(e);
            }
        });
        worker.start();
        worker.join(10_000);

        assertThat(worker.isAlive()).isFalse();
        assertThat(thrown).hasNullValue();
    }
}
