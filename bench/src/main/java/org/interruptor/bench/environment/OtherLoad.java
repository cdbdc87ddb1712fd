package org.interruptor.bench.environment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How many cores others kept busy while this process measured: what all of the system used, by the kernel's count, less what this
 * process did. Other processes are in it, and what a hypervisor gave to other guests.
 *
 * <p>Threads: one.
 */
public final class OtherLoad {
    /** Where the kernel does not tell. */
    public static final double UNKNOWN = -1;

    /** From this many cores on, figures between threads are disturbed. */
    public static final double DISTURBING = 0.1;

    private static final Path STAT = Path.of("/proc/stat");

    /** The unit of the kernel's counts, whatever its own tick is. */
    private static final double NANOS_PER_TICK = 1e7;

    /** Columns of the line of all processors that are idle time: idle and waiting for I/O. */
    private static final int IDLE = 3;

    private static final int WAITING_FOR_IO = 4;

    /** The columns behind these are counted in the first two already. */
    private static final int COLUMNS = 8;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long start = System.nanoTime();
    private final double busyBefore = busyNanos();
    private final long ownBefore = system.getProcessCpuTime();

    /** Begins to count. */
    public OtherLoad() {}

    /**
     * Cores that others kept busy since this was made, on average.
     *
     * @return 0 or more, or {@link #UNKNOWN}.
     */
    public double cores() {
        double busy = busyNanos();
        if (busy == UNKNOWN || busyBefore == UNKNOWN || ownBefore < 0) {
            return UNKNOWN;
        }
        double others = busy - busyBefore - (system.getProcessCpuTime() - ownBefore);
        return Math.max(0, others / Math.max(1, System.nanoTime() - start));
    }

    private static double busyNanos() {
        try {
            return busyNanos(Files.readString(STAT));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    /** Busy time of all processors, from the text of the kernel's statistics. */
    static double busyNanos(String stat) {
        String[] columns = stat.substring(0, stat.indexOf('\n')).trim().split("\\s+", -1);
        double[] ticks = Arrays.stream(columns)
                .skip(1)
                .limit(COLUMNS)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return (Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING_FOR_IO]) * NANOS_PER_TICK;
    }
}
