package org.interruptor.tools.soak;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Watches vCPUs come to rest while nobody injects or kicks: nobody then comes to the rescue of one that sleeps on something
 * that it may take. Threads: one.
 */
final class Watchdog {
    private static final long PAUSE_NANOS = 200_000;

    private final long patienceNanos;
    private final LongSupplier nanoTime;

    Watchdog(long patienceNanos) {
        this(patienceNanos, System::nanoTime);
    }

    Watchdog(long patienceNanos, LongSupplier nanoTime) {
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until all vCPUs rest, and rightly so.
     *
     * @param look a fresh look at each vCPU.
     * @return null; or which vCPU did not stir for what, when patience has come to its end.
     */
    String awaitRest(Supplier<List<VcpuView>> look) {
        long start = nanoTime.getAsLong();
        while (true) {
            List<VcpuView> views = look.get();
            VcpuView restless = views.stream()
                    .filter(view -> view.reasonToStir() != null)
                    .findFirst()
                    .orElse(null);
            if (restless == null) {
                return null;
            }
            if (nanoTime.getAsLong() - start > patienceNanos) {
                return "vCPU " + restless.id() + " does not stir for " + patienceNanos / 1_000_000 + " ms: "
                        + restless.reasonToStir();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
