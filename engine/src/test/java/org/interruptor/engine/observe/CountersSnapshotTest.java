package org.interruptor.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CountersSnapshotTest {
    private static final int SNAPSHOTS = 20_000;

    /** Fails if a sample's beginning or end is not marked, or the reader does not mind the mark. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void gaugesOfASnapshotAreAllOfOneSample() throws InterruptedException {
        CounterValues counters = CounterValues.inMemory(new CountersLayout(2));
        AtomicBoolean running = new AtomicBoolean(true);
        Thread sampler = new Thread(() -> {
            for (long sample = 1; running.get(); sample++) {
                counters.beginSample();
                counters.set(0, VcpuGauge.ACCEPTED, sample);
                counters.set(1, VcpuGauge.PREFIX, sample);
                counters.set(MachineGauge.SAMPLED_AT, sample);
                counters.endSample();
                for (int i = 0; i < 20; i++) {
                    Thread.onSpinWait(); // leaves readers a chance
                }
            }
        });
        sampler.start();
        try {
            for (int i = 0; i < SNAPSHOTS; i++) {
                CountersSnapshot snapshot = counters.snapshot();
                long sample = snapshot.gauge(0, VcpuGauge.ACCEPTED);
                assertThat(snapshot.gauge(1, VcpuGauge.PREFIX)).isEqualTo(sample);
                assertThat(snapshot.gauge(MachineGauge.SAMPLED_AT)).isEqualTo(sample);
            }
        } finally {
            running.set(false);
            sampler.join();
        }
    }

    /** A reader gives up after a tenth of a second, which a busy host may take; so there is more than one attempt. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aReaderWaitsForTheEndOfASample() throws InterruptedException {
        boolean hasWaited = false;
        for (int attempt = 0; attempt < 20 && !hasWaited; attempt++) {
            hasWaited = isReadWhole();
        }
        assertThat(hasWaited).isTrue();
    }

    private static boolean isReadWhole() throws InterruptedException {
        CounterValues counters = CounterValues.inMemory(new CountersLayout(1));
        AtomicReference<CountersSnapshot> read = new AtomicReference<>();
        counters.beginSample();
        Thread reader = new Thread(() -> read.set(counters.snapshot()));
        reader.start();
        while (reader.getState() != Thread.State.TIMED_WAITING && reader.isAlive()) {
            Thread.onSpinWait();
        }
        counters.set(0, VcpuGauge.PREFIX, 1);
        counters.endSample();
        reader.join();
        return read.get().gauge(0, VcpuGauge.PREFIX) == 1;
    }
}
