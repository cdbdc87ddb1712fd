package org.interruptor.bench.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the process's control group lets it have of the cores and of memory, in either version of control groups. */
final class Limits {
    private static final String NONE = "none";

    /** Larger ones are none: the first version has no word for that. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path groups;
    private final List<String> memberships;
    private final List<String> limits = new ArrayList<>();

    private Limits(Path groups, List<String> memberships) {
        this.groups = groups;
        this.memberships = memberships;
    }

    /** The limits of this process. */
    static String own() {
        return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * The limits of a process.
     *
     * @param membership its file in the process file system.
     * @param groups where control groups are mounted.
     * @return in words, or "none".
     */
    static String of(Path membership, Path groups) {
        List<String> lines;
        try {
            lines = Files.readAllLines(membership);
        } catch (IOException e) {
            return NONE;
        }
        Limits limits = new Limits(groups, lines);
        limits.collect();
        return limits.limits.isEmpty() ? NONE : String.join(", ", limits.limits);
    }

    private void collect() {
        read("", "cpu.max").ifPresent(text -> cores(text.split(" ", -1)));
        read("cpu", "cpu.cfs_quota_us")
                .ifPresent(quota ->
                        read("cpu", "cpu.cfs_period_us").ifPresent(period -> cores(new String[] {quota, period})));
        read("", "cpuset.cpus").filter(text -> !text.isEmpty()).ifPresent(cores -> limits.add("on cores " + cores));
        read("", "memory.max").ifPresent(this::memory);
        read("memory", "memory.limit_in_bytes").ifPresent(this::memory);
    }

    private void cores(String[] quotaAndPeriod) {
        try {
            double quota = Double.parseDouble(quotaAndPeriod[0]);
            if (quota > 0) {
                limits.add(String.format(
                        Locale.ROOT, "time of %.2f cores", quota / Double.parseDouble(quotaAndPeriod[1])));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return; // "max"
        }
    }

    private void memory(String text) {
        try {
            long bytes = Long.parseLong(text);
            if (bytes < NO_LIMIT) {
                limits.add((bytes >> 20) + " MiB of memory");
            }
        } catch (NumberFormatException e) {
            return; // "max"
        }
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A file of the process's group.
     *
     * @param controller of the first version, which has a tree for each; empty for the second, which has one.
     */
    private Optional<String> read(String controller, String file) {
        for (String line : memberships) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
                Path tree = controller.isEmpty() ? groups : groups.resolve(controller);
                // In a container the tree begins at the container's own group.
                Optional<String> own = line(tree.resolve(parts[2].substring(1)).resolve(file));
                return own.isPresent() ? own : line(tree.resolve(file));
            }
        }
        return Optional.empty();
    }
}
