package org.interruptor.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.interruptor.bench.trial.Placement;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void whereItRunsIsSaidWithoutPlacesOnThisMachine() {
        Environment here = Environment.capture("anywhere", Origin.own(null, "interruptor bench"));

        assertThat(here.jdk()).startsWith(System.getProperty("java.version"));
        assertThat(here.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(here.clockReadNanos()).isPositive();
        assertThat(here.clockStepNanos()).isPositive();
        assertThat(here.origin().command()).isEqualTo("interruptor bench");
        assertThat(here.distances())
                .allSatisfy(
                        distance -> assertThat(distance.nanos()).isPositive().isFinite());
        assertThat(String.join(" ", here.flags())).doesNotContain(System.getProperty("user.dir"));
    }

    @Test
    void busyTimeIsAllButIdleAndWaitingAndCountsGuestsOnce() {
        String stat = "cpu  100 20 30 5000 600 7 8 9 50 10\ncpu0 1 2 3 4\n";

        assertThat(OtherLoad.busyNanos(stat)).isEqualTo((100 + 20 + 30 + 7 + 8 + 9) * 1e7);
    }

    @Test
    void whatEndedChildrenDidIsReadBehindTheNameOfTheCommand() {
        String stat = "4711 (a (strange) name) S 1 2 3 4 5 6 7 8 9 10 111 222 33 44 20 0 12 0 99 1 2";

        assertThat(OtherLoad.childrenNanos(stat)).isEqualTo((33 + 44) * 1e7);
    }

    @Test
    void theMeanOfTwoIsOfThoseThatAreKnown() {
        assertThat(OtherLoad.mean(0.4, 1, 0, 3)).isEqualTo(0.1);
        assertThat(OtherLoad.mean(OtherLoad.UNKNOWN, 1, 0.2, 3)).isEqualTo(0.2);
        assertThat(OtherLoad.mean(OtherLoad.UNKNOWN, 1, OtherLoad.UNKNOWN, 3)).isEqualTo(OtherLoad.UNKNOWN);
    }

    /** All cores of the host together are busy with us or with others, to the kernel's hundredth of a second. */
    @Test
    void whatTheProcessDoesItselfIsNotCountedAsOthers() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int cores = Runtime.getRuntime().availableProcessors();
        long hostCores = Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.matches("cpu\\d.*"))
                .count();
        long ownBefore = system.getProcessCpuTime();
        long start = System.nanoTime();
        OtherLoad load = new OtherLoad();

        IntStream.range(0, cores).parallel().forEach(core -> {
            while (System.nanoTime() - start < 300_000_000) {
                Thread.onSpinWait();
            }
        });

        double others = load.cores();
        double own = (double) (system.getProcessCpuTime() - ownBefore) / (System.nanoTime() - start);
        assertThat(others).isBetween(OtherLoad.UNKNOWN, Math.max(0, hostCores - own) + 0.5);
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
        worker.join(120_000);

        assertThat(worker.isAlive()).isFalse();
        assertThat(thrown).hasNullValue();
    }
}
