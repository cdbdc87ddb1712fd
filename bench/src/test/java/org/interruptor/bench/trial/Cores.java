package org.interruptor.bench.trial;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Repeats rounds on a loaded machine, where it may take some of them until each thread has a core in time. */
public final class Cores {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String RATE_MISSED = "the rate was missed";

    private Cores() {}

    /**
     * Repeats a round until its injectors had a core. Other refusals are thrown at once.
     *
     * @param round throws {@link MeasurementRefused} where it was refused.
     */
    public static <T> T await(Supplier<T> round) {
        return await(round, false);
    }

    /**
     * Repeats a round until its injectors had a core and made the rate. Other refusals are thrown at once.
     *
     * @param round throws {@link MeasurementRefused} where it was refused.
     */
    public static <T> T awaitRate(Supplier<T> round) {
        return await(round, true);
    }

    private static <T> T await(Supplier<T> round, boolean isRateAwaited) {
        long start = System.nanoTime();
        while (true) {
            try {
                return round.get();
            } catch (MeasurementRefused e) {
                boolean isBusy = e.getMessage().equals(MeasurementRefused.NO_CORE)
                        || isRateAwaited && e.getMessage().startsWith(RATE_MISSED);
                if (!isBusy || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw e;
                }
            }
        }
    }
}
