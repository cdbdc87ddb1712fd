package org.interruptor.bench.environment;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.bench.c.CCompiler;

/**
 * What a measurement depends on and does not set.
 *
 * @param origin what is measured, and by which command.
 * @param jdk version and vendor.
 * @param vm the virtual machine.
 * @param flags options of the JVM, without paths.
 * @param collector garbage collectors.
 * @param maxHeapMiB the largest heap, in MiB.
 * @param compiler of C, for the baseline in C; or "none".
 * @param cores that the JVM may use.
 * @param cpu the model.
 * @param kernel operating system and its version.
 * @param governor of the cores' frequency; or "unknown".
 * @param limits of the process's control group; or "none".
 * @param distances of the cores, as far as they could be measured.
 * @param clockSource of the kernel, or "unknown".
 * @param clockReadNanos time that {@link System#nanoTime} takes, in nanoseconds.
 * @param clockStepNanos smallest step that it was seen to make, in nanoseconds.
 * @param placement whether and where threads were bound to cores.
 */
public record Environment(
        Origin origin,
        String jdk,
        String vm,
        List<String> flags,
        String collector,
        long maxHeapMiB,
        String compiler,
        int cores,
        String cpu,
        String kernel,
        String governor,
        String limits,
        List<CoreDistance> distances,
        String clockSource,
        double clockReadNanos,
        long clockStepNanos,
        String placement) {

    private static final String UNKNOWN = "unknown";
    private static final int CLOCK_READS = 200_000;
    private static final int CLOCK_PASSES = 5;

    /** Copies the lists. */
    public Environment {
        flags = List.copyOf(flags);
        distances = List.copyOf(distances);
    }

    /** Looks around. */
    public static Environment capture(String placement, Origin origin) {
        return new Environment(
                origin,
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                harmlessFlags(),
                String.join(
                        ", ",
                        ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(GarbageCollectorMXBean::getName)
                                .toList()),
                Runtime.getRuntime().maxMemory() >> 20,
                CCompiler.version(),
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
                Limits.own(),
                CoreDistance.measure(),
                firstLine(Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource")),
                measureClockRead(),
                measureClockStep(),
                placement);
    }

    /** Without what names places on this machine. */
    private static List<String> harmlessFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.contains("/") || flag.contains("--add-"))
                .toList();
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException | java.io.UncheckedIOException e) {
            return UNKNOWN;
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static double measureClockRead() {
        double best = Double.MAX_VALUE;
        for (int pass = 0; pass < CLOCK_PASSES; pass++) {
            long start = System.nanoTime();
            long last = start;
            for (int i = 0; i < CLOCK_READS; i++) {
                last = System.nanoTime();
            }
            best = Math.min(best, (double) (last - start) / CLOCK_READS);
        }
        return best;
    }

    private static long measureClockStep() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CLOCK_READS; i++) {
            long step = -System.nanoTime() + System.nanoTime();
            if (step > 0) {
                least = Math.min(least, step);
            }
        }
        return least;
    }
}
