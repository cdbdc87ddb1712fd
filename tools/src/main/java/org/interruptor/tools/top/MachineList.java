package org.interruptor.tools.top;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.tools.cli.CommandException;

/** The machines of some counters files, a line each. */
final class MachineList {
    private MachineList() {}

    static String of(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file).append(": ").append(describe(file)).append('\n');
        }
        return text.isEmpty()
                ? "No counters file in the usual places: name one, as an embedder or --counters made it.\n"
                : text.toString();
    }

    private static String describe(Path file) {
        try {
            MachineCounters counters = MachineCounters.open(file);
            return String.format(
                    Locale.ROOT,
                    "machine %d of process %d, %d vCPUs%s",
                    counters.machineNumber(),
                    counters.pid(),
                    counters.vcpuCount(),
                    state(counters));
        } catch (IOException failure) {
            return CommandException.reason(failure);
        }
    }

    private static String state(MachineCounters counters) {
        if (counters.isClosed()) {
            return ", closed";
        }
        if (!counters.isProcessAlive()) {
            return ", its process is gone";
        }
        Age age = Age.of(counters, counters.snapshot(), Instant.now());
        return age.isStale() ? ", " + age.sentence() : "";
    }
}
