package org.interruptor.bench.environment;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a measurement depends on and does not set.
 *
 * @param version of Interruptor; "development" if it was not started from a jar.
 * @param jdk version and vendor.
 * @param vm the virtual machine.
 * @param flags options of the JVM, without paths.
 * @param collector garbage collectors.
 * @param maxHeapMiB the largest heap, in MiB.
 * @param cores that the JVM may use.
 * @param cpu the model.
 * @param kernel operating system and its version.
 * @param clockSource of the kernel, or "unknown".
 * @param clockReadNanos time that {@link System#nanoTime} takes, in nanoseconds.
 * @param clockStepNanos smallest step that it was seen to make, in nanoseconds.
 * @param placement whether and where threads were bound to cores.
 */
public record Environment(
        String version,
        String jdk,
        String vm,
        List<String> flags,
        String collector,
        long maxHeapMiB,
        int cores,
        String cpu,
        String kernel,
        String clockSource,
        double clockReadNanos,
        long clockStepNanos,
        String placement) {

    private static final String UNKNOWN = "unknown";
    private static final int CLOCK_READS = 200_000;
    private static final int CLOCK_PASSES = 5;

    /** Looks around. */
    public static Environment capture(String placement) {
        return new Environment(
                ownVersion(),
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                harmlessFlags(),
                String.join(
                        ", ",
                        ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(GarbageCollectorMXBean::getName)
                                .toList()),
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                firstLine(Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource")),
                measureClockRead(),
                measureClockStep(),
                placement);
    }

    private static String ownVersion() {
        String version = Environment.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
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
