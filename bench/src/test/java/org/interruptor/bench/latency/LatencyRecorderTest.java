package org.interruptor.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.MeasurementRefused;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final LatencyRecorder recorder = new LatencyRecorder(2, true);

    private static long ago(long nanos) {
        return System.nanoTime() - nanos;
    }

    /** What is recorded is at least the time that it is meant to be, and the time that the test took more. */
    private static void assertAbout(long value, long nanos) {
        assertThat(value).isBetween(nanos * 999 / 1000, nanos + TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void aVirtioInterruptionCarriesItsTime() {
        long intended = ago(5 * MILLISECOND);
        recorder.delivered(0, Signal.VIRTIO, (int) intended, intended);

        assertAbout(recorder.take(intended).getMaxValue(), 5 * MILLISECOND);
    }

    @Test
    void aServiceSignalCarriesTheLowHalfOfItsTimeAlsoAcrossItsWrap() {
        long intended = ago(3 * TimeUnit.SECONDS.toNanos(1));
        long before = System.nanoTime() - intended;
        recorder.delivered(1, Signal.SERVICE, (int) intended, 0);
        long after = System.nanoTime() - intended;

        long recorded = recorder.take(0).getMaxValue();
        long error = recorded / 1000 + 1; // three digits are kept
        assertThat(Math.floorMod(recorded - before + error, 1L << 32)).isBetween(0L, after - before + 2 * error);
    }

    @Test
    void localOnesAreToldByTheirPlaceWithinKindAndVcpu() {
        assertThat(recorder.expect(Signal.EMERGENCY, 0, ago(100 * MILLISECOND))).isTrue();
        assertThat(recorder.expect(Signal.EMERGENCY, 1, ago(300 * MILLISECOND))).isTrue();
        assertThat(recorder.expect(Signal.RESTART, 0, ago(500 * MILLISECOND))).isTrue();

        recorder.delivered(0, Signal.RESTART, 0, 0);
        assertAbout(recorder.take(0).getMinValue(), 500 * MILLISECOND);
        recorder.delivered(0, Signal.EMERGENCY, 0, 0);
        assertAbout(recorder.take(0).getMinValue(), 100 * MILLISECOND);
        recorder.delivered(1, Signal.EMERGENCY, 0, 0);
        assertAbout(recorder.take(0).getMinValue(), 300 * MILLISECOND);
    }

    @Test
    void tooManyOnTheirWayAreAnswered() {
        int accepted = 0;
        while (recorder.expect(Signal.STOP, 0, 1)) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(1 << 16);
    }

    @Test
    void aDeliveryThatNobodyInjectedIsRefused() {
        recorder.delivered(1, Signal.RESTART, 0, 0);

        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(() -> recorder.take(0))
                .withMessage("counts do not agree: vCPU 1 took 1 that nobody had injected");
    }

    @Test
    void aParameterThatNobodySentIsRefused() {
        recorder.delivered(0, Signal.VIRTIO, 0, 1000);

        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(() -> recorder.take(1001))
                .withMessageContaining("differ by -1");
    }

    @Test
    void whatWasTakenIsGone() {
        long intended = ago(1);
        recorder.delivered(0, Signal.VIRTIO, 0, intended);
        recorder.take(intended);

        Histogram empty = recorder.take(0);
        assertThat(empty.getTotalCount()).isZero();
    }
}
