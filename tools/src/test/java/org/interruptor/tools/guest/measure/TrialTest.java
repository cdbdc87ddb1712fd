package org.interruptor.tools.guest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.device.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A measurement counts what came, and is refused where that is not what was sent. Times are not looked at. */
@Timeout(120)
class TrialTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @ParameterizedTest
    @CsvSource({"RUNS,1,0", "RUNS,3,5000", "WAITS_SPINNING,2,5000", "WAITS_PARKED,1,5000", "WAITS_PARKED,4,0"})
    void allThatWasSentIsMeasured(GuestState state, int cpus, long rate) throws Exception {
        Samples samples = new Trial(state, cpus, rate, SHORT, SHORT).run();
        assertThat(samples.measured()).isPositive();
        assertThat(samples.histogram().getTotalCount()).isEqualTo(samples.measured());
        assertThat(samples.histogram().getMinValue())
                .as("taken after it was injected")
                .isPositive();
    }

    @Test
    void oneThatNobodyReportsIsRefused() {
        Trial lossy = new Trial(GuestState.RUNS, 1, 0, SHORT, SHORT) {
            private boolean isLost;

            @Override
            public void sample(int cpu, long taken, long injected) {
                if (isLost) {
                    super.sample(cpu, taken, injected);
                }
                isLost = true;
            }
        };
        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(lossy::run)
                .withMessageMatching(
                        "runs, enabled: sent \\d+ to warm up and \\d+ to measure, the guest took \\d+ and .*");
    }

    @Test
    void oneThatNobodyCountedWhenItWasSentIsRefused() {
        Trial doubled = new Trial(GuestState.WAITS_PARKED, 2, 0, SHORT, SHORT) {
            @Override
            public void begin(TestDevice device) {
                super.begin(device);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                new Thread(() -> {
                            while (!device.complete(0, 0) && System.nanoTime() < end) { // until there is room
                                Thread.onSpinWait();
                            }
                        })
                        .start();
            }
        };
        assertThatExceptionOfType(MeasurementRefused.class).isThrownBy(doubled::run);
    }

    @Test
    void aGuestThatFailsIsRefused() {
        Trial confused = new Trial(GuestState.RUNS, 1, 0, SHORT, SHORT) {
            @Override
            public void sample(int cpu, long taken, long injected) {
                throw ProgramException.SPECIFICATION;
            }
        };
        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(confused::run)
                .withMessage("runs, enabled: vCPU 0 is in a disabled wait at 0xbad: a check of the guest's failed");
    }
}
