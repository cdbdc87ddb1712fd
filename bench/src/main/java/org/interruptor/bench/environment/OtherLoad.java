package org.interruptor.bench.environment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How many cores others kept busy while this process measured: what all of the system used, by the kernel's count, less what this
 * process and those that it started and saw end (the baseline in C, its compiler) did. Other processes are in it, and what a
 * hypervisor gave to other guests.
 *
 * <p>Threads: one.
 */
public final class OtherLoad {
    /** Where the kernel does not tell. */
    public static final double UNKNOWN = -1;

    /** From this many cores on, figures between threads are disturbed. */
    public static final double DISTURBING = 0.1;

    private static final Path STAT = Path.of("/proc/stat");

    /** Of this process. */
    private static final Path OWN_STAT = Path.of("/proc/self/stat");

    /** Columns behind the name of the command: time of children that have ended, in user and in system mode. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

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
    private final double childrenBefore = childrenNanos();

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
        double own = system.getProcessCpuTime() - ownBefore + childrenNanos() - childrenBefore;
        double others = busy - busyBefore - own;
        return Math.max(0, others / Math.max(1, System.nanoTime() - start));
    }

    /**
     * The mean of two.
     *
     * @param cores what others kept busy, or {@link #UNKNOWN}.
     * @param weight of the first.
     * @param more what others kept busy at another time, or {@link #UNKNOWN}.
     * @param weightOfMore of the second.
     * @return the known one if the other is unknown.
     */
    public static double mean(double cores, double weight, double more, double weightOfMore) {
        if (cores == UNKNOWN || more == UNKNOWN) {
            return Math.max(cores, more);
        }
        return (cores * weight + more * weightOfMore) / (weight + weightOfMore);
    }

    private static double busyNanos() {
        try {
            return busyNanos(Files.readString(STAT));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private static double childrenNanos() {
        try {
            return childrenNanos(Files.readString(OWN_STAT));
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** Time of the children that have ended, and of theirs, from the text of a process's statistics. */
    static double childrenNanos(String stat) {
        // The name of the command stands in parentheses, and may have spaces and parentheses.
        String[] columns = stat.substring(stat.lastIndexOf(')') + 1).trim().split("\\s+", -1);
        return (Double.parseDouble(columns[CHILDREN_USER]) + Double.parseDouble(columns[CHILDREN_SYSTEM]))
                * NANOS_PER_TICK;
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
