package org.interruptor.tools.top;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.CountersFiles;
import org.interruptor.tools.cli.TerminalSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor top FILE}: what a running machine counts. */
@Command(
        name = "top",
        description = {
            "Shows the counters of a running machine, read from its counters file: rates per vCPU and type, waits, wake-ups,"
                    + " refused injections, queue depths.",
            "Ends when the machine is closed.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:shown",
            "2:the file cannot be read, is not a counters file, has another version, or is damaged",
        })
public final class TopCommand implements Callable<Integer> {

    private static final double SHORTEST_SECONDS = 0.1;
    private static final double LONGEST_SECONDS = 86_400;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The counters file. Without it, the machines with a counters file in a usual place are listed: files"
                            + " named *.counters in /dev/shm and in the folder of temporary files.")
    private Path file;

    @Option(names = "--once", description = "Print the counters once and exit.")
    private boolean isOnce;

    @Option(names = "--json", description = "Print one JSON object per line instead of a table.")
    private boolean isJson;

    @Option(
            names = "--wide",
            description = "Show all columns and rows. Otherwise a terminal shows only those that fit and are not zero.")
    private boolean isWide;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Seconds between two readings, 0.1 or more. Default: ${DEFAULT-VALUE}.")
    private double intervalSeconds;

    @Option(
            names = "--latency",
            paramLabel = "LOG",
            description =
                    "The machine's latency log, as its builder made it: shows how long interruptions took from injection to"
                            + " delivery in its last interval. FILE.hlog if left out, where it is.")
    private Path latencyLog;

    @Option(
            names = "--vcpu",
            paramLabel = "N",
            description = "Explain why vCPU N runs or does not run, instead of printing counters. Repeatable.")
    private List<Integer> vcpus = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(intervalSeconds >= SHORTEST_SECONDS && intervalSeconds <= LONGEST_SECONDS)) {
            throw new CommandException("--interval " + intervalSeconds + ": expected " + SHORTEST_SECONDS + " to "
                    + LONGEST_SECONDS + " seconds");
        }
        if (file == null) {
            spec.commandLine().getOut().print(MachineList.of(CountersFiles.in(CountersFiles.places())));
            return 0;
        }
        try {
            show(open(file));
        } catch (InternalError cut) { // the JVM's answer to an access beyond the end of a mapped file
            throw new CommandException(file + ": was cut while it was read");
        }
        return 0;
    }

    private static MachineCounters open(Path file) {
        try {
            return MachineCounters.open(file);
        } catch (IOException failure) {
            throw new CommandException(file + ": " + CommandException.reason(failure));
        }
    }

    private void show(MachineCounters counters) {
        for (int vcpu : vcpus) {
            if (vcpu < 0 || vcpu >= counters.vcpuCount()) {
                throw new CommandException("--vcpu " + vcpu + ": the machine has " + counters.vcpuCount() + " vCPUs"
                        + (counters.vcpuCount() > 0 ? ", expected 0 to " + (counters.vcpuCount() - 1) : ""));
            }
        }
        TopLoop loop = new TopLoop(
                counters, spec.commandLine().getOut(), form(), size(), vcpus, new LatencyLine(latencyLog()));
        if (isOnce) {
            loop.once();
        } else {
            long intervalNanos = (long) (intervalSeconds * 1e9);
            loop.run(() -> TimeUnit.NANOSECONDS.sleep(intervalNanos));
        }
    }

    private Path latencyLog() {
        if (latencyLog == null) {
            return file.resolveSibling(file.getFileName() + LatencyLine.SUFFIX);
        }
        if (!Files.isReadable(latencyLog)) {
            throw new CommandException(
                    latencyLog + ": " + (Files.exists(latencyLog) ? "permission denied" : "no such file"));
        }
        return latencyLog;
    }

    private Supplier<TerminalSize> size() {
        return !isWide && Ansi.AUTO.enabled() ? TerminalSize::current : null;
    }

    private TopLoop.Form form() {
        if (isJson) {
            return TopLoop.Form.JSON;
        }
        return !isOnce && Ansi.AUTO.enabled() ? TopLoop.Form.TERMINAL : TopLoop.Form.PLAIN;
    }
}
