package org.interruptor.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a vCPU may sleep on, and what not. */
class WatchdogTest {
    private static final long EMERGENCY = 0x4000;
    private static final long FLOATING = 0x200;
    private static final long COMPARATOR = 0x800;

    private final AtomicLong clock = new AtomicLong();
    private final Watchdog watchdog = new Watchdog(1_000_000_000, () -> clock.getAndAdd(100_000_000));

    private String reason(VcpuView view) {
        return watchdog.awaitRest(() -> List.of(asleep(0, 0, 0), view));
    }

    /** Operating, in the wait. */
    private static VcpuView asleep(long gates, long emergencies, long floating) {
        return new VcpuView(3, true, true, true, true, false, true, gates, 0, emergencies, floating, false);
    }

    @Test
    void behindClosedGatesItMaySleep() {
        assertThat(reason(asleep(COMPARATOR, 5, 5))).isNull();
        assertThat(reason(asleep(FLOATING, 5, 0))).isNull();
        assertThat(reason(asleep(EMERGENCY, 0, 5))).isNull();
    }

    @Test
    void onWhatAnOpenGateLetsInItMayNotSleep() {
        assertThat(reason(asleep(EMERGENCY, 5, 0))).isEqualTo("vCPU 3 does not stir for 1000 ms: 5 emergency signals");
        assertThat(reason(asleep(FLOATING, 0, 1))).endsWith("1 floating interruptions");
        assertThat(reason(new VcpuView(3, true, true, true, true, false, true, COMPARATOR, 0, 0, 0, true)))
                .endsWith("its clock comparator");
    }

    @Test
    void onWhatNoGateHoldsBackItMayNotSleepThoughItIsStopped() {
        assertThat(reason(new VcpuView(3, true, false, true, true, false, true, 0, 2, 0, 0, false)))
                .endsWith("2 local interruptions that no gate holds back");
        assertThat(reason(new VcpuView(3, true, false, true, true, true, true, 0, 0, 0, 0, false)))
                .endsWith("a kick");
    }

    @Test
    void startedItMayNotSleepOnWhereItsPswDoesNotWait() {
        assertThat(reason(new VcpuView(3, true, true, true, false, false, true, 0, 0, 0, 0, false)))
                .endsWith("its start: it sleeps as a stopped one");
        assertThat(reason(new VcpuView(3, true, false, true, false, false, true, 0, 0, 0, 0, false)))
                .isNull();
    }

    @Test
    void stoppedItSleepsOnWhatIsExternal() {
        assertThat(reason(new VcpuView(3, true, false, true, true, false, false, -1, 0, 5, 5, true)))
                .isNull();
    }

    @Test
    void runningItMayNotRestOnWhatNothingTellsItOf() {
        assertThat(reason(new VcpuView(3, true, true, true, true, false, false, 0, 0, 0, 1, false)))
                .endsWith("1 floating interruptions of which neither attention nor a request tells");
        assertThat(reason(new VcpuView(3, true, true, true, true, false, false, 0, 0, 2, 0, false)))
                .endsWith("2 emergency signals of which neither attention nor a request tells");
        assertThat(reason(new VcpuView(3, true, true, true, true, false, true, 0, 0, 2, 0, false)))
                .isNull();
    }

    @Test
    void oneThatNeverComesToRestIsFound() {
        assertThat(reason(asleep(0, 0, 0).restless())).endsWith("it does not come to rest");
    }

    @Test
    void oneThatStirsInTimeIsNot() {
        AtomicLong looks = new AtomicLong();
        Supplier<List<VcpuView>> look = () -> List.of(asleep(FLOATING, 0, looks.incrementAndGet() < 5 ? 1 : 0));

        assertThat(watchdog.awaitRest(look)).isNull();
        assertThat(looks).hasValue(5);
    }
}
