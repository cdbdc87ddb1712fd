package org.interruptor.tools.guest;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.interruptor.engine.Machine;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Option;

/** Options of {@code interruptor run} that say what the machine consists of. */
final class MachineOptions {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "Number of vCPUs, 1 to " + Machine.MAX_VCPUS
                    + ". Default: 1. The included guests take at most " + BundledGuest.MOST_CPUS + ".")
    private int cpus = 1;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Storage in bytes, or with the suffix K, M or G. Default: 64M, or 256M with --kernel.")
    private String memory;

    @Option(
            names = "--device-rate",
            paramLabel = "N",
            description = "Maximum completions per second of the test device. Default: no limit.")
    private long deviceRate;

    @Option(
            names = "--trace",
            description = "Print each instruction and each delivery on standard error, with the vCPU's number.")
    private boolean isTrace;

    @Option(
            names = "--counters",
            paramLabel = "FILE",
            description = "Write the engine's counters to this file; 'interruptor top' reads it while the guest runs.")
    private Path counters;

    GuestMachineSetup setup(boolean isBundled, boolean isKernel, PrintWriter err) {
        GuestMachineSetup setup = new GuestMachineSetup()
                .cpus(inRange("--cpus", cpus, 1, Machine.MAX_VCPUS))
                .memory(MemorySize.parse("--memory", memory != null ? memory : isKernel ? "256M" : "64M"));
        if (isBundled && cpus > BundledGuest.MOST_CPUS) {
            throw new CommandException(
                    "--cpus=" + cpus + ": guests that come along take " + BundledGuest.MOST_CPUS + " at most");
        }
        if (deviceRate != 0) {
            setup.deviceInterval(NANOS_PER_SECOND / inRange("--device-rate", deviceRate, 1, NANOS_PER_SECOND));
        }
        if (isTrace) {
            TraceLines lines = new TraceLines(err);
            setup.tracer(lines).listener(lines);
        }
        if (counters != null) {
            setup.countersFile(counters);
        }
        return setup;
    }

    private static <T extends Number> T inRange(String option, T value, long least, long most) {
        if (value.longValue() < least || value.longValue() > most) {
            throw new CommandException(option + "=" + value + ": expected " + least + " to " + most);
        }
        return value;
    }
}
