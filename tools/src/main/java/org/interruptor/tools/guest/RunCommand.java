package org.interruptor.tools.guest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.interruptor.engine.Machine;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.FileName;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.loader.GuestImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor run GUEST}: runs a guest on the engine, to its end. */
@Command(
        name = "run",
        description = {
            "Runs a guest, real z/Architecture code, on a small machine that embeds the engine. What the guest writes to its"
                    + " console goes to standard output.",
            "It ends when each vCPU is stopped or in a disabled wait.",
        },
        exitCodeListHeading = "%nExit status, by how the guest has ended:%n",
        exitCodeList = {
            "0:done: every disabled wait is at address 0xfff, or all vCPUs are stopped",
            "2:bad usage, or GUEST is no guest that this machine can load",
            "3:a check of the guest's failed: a disabled wait at address 0xbad",
            "4:crashed: a disabled wait at any other address",
            "5:stuck: the time is up, or program interruptions follow one another and no instruction is completed; each"
                    + " vCPU's PSW and state are told, and what is pending",
            "6:cannot go on: lowcore outside storage, or what this machine lacks",
        })
public final class RunCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_TIMEOUT = 1_000_000;

    @Parameters(
            paramLabel = "GUEST",
            description = {
                "A file: ELF for s390x, or a flat image that is loaded at 0 and begins with the PSW of 8 bytes that IPL loads.",
                "Or one of those that come along: ${COMPLETION-CANDIDATES}",
            },
            completionCandidates = BundledGuest.Names.class)
    private String guest;

    @Option(names = "--cpus", paramLabel = "N", description = "vCPUs, 1 to " + Machine.MAX_VCPUS + "; 1 if not given.")
    private int cpus = 1;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Storage, a number of bytes or with K, M or G behind it; 64M if not given.")
    private String memory = "64M";

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description =
                    "Seconds after which the guest counts as stuck; if not given it runs for as long as it likes.")
    private Double timeout;

    @Option(
            names = "--device-rate",
            paramLabel = "N",
            description = "Completions per second of the test device at most; if not given it is as fast as it can.")
    private long deviceRate;

    @Option(
            names = "--trace",
            description = "Print each instruction and each delivery on standard error, with the vCPU's number.")
    private boolean isTrace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        GuestMachineSetup setup = setup();
        try (GuestMachine machine = new GuestMachine(setup)) {
            GuestImage image = BundledGuest.isMeant(guest) ? BundledGuest.read(guest) : GuestImage.read(file());
            GuestEnd end = machine.run(image, timeout());
            if (end.reason() != GuestEnd.Reason.DONE) {
                spec.commandLine().getErr().print(spec.qualifiedName() + ": " + end.message() + "\n");
            }
            return end.reason().exitStatus();
        } catch (GuestFormatException e) {
            throw new CommandException(guest + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandException(guest + ": " + CommandException.reason(e));
        }
    }

    private Path file() {
        try {
            return FileName.path(guest);
        } catch (CommandException invalid) {
            throw new CommandException(guest + ": " + invalid.getMessage());
        }
    }

    private GuestMachineSetup setup() {
        PrintWriter out = spec.commandLine().getOut();
        GuestMachineSetup setup = new GuestMachineSetup()
                .cpus(inRange("--cpus", cpus, 1, Machine.MAX_VCPUS))
                .memory(MemorySize.parse("--memory", memory))
                .console(text -> {
                    out.print(new String(text, StandardCharsets.UTF_8));
                    out.flush();
                });
        if (deviceRate != 0) {
            setup.deviceInterval(NANOS_PER_SECOND / inRange("--device-rate", deviceRate, 1, NANOS_PER_SECOND));
        }
        if (isTrace) {
            TraceLines lines = new TraceLines(spec.commandLine().getErr());
            setup.tracer(lines).listener(lines);
        }
        return setup;
    }

    private Duration timeout() {
        if (timeout == null) {
            return null;
        }
        if (!(timeout > 0 && timeout <= MAX_TIMEOUT)) {
            throw new CommandException(
                    "--timeout=" + timeout + ": expected seconds, more than 0 and at most " + MAX_TIMEOUT);
        }
        return Duration.ofNanos((long) (timeout * NANOS_PER_SECOND));
    }

    private static <T extends Number> T inRange(String option, T value, long least, long most) {
        if (value.longValue() < least || value.longValue() > most) {
            throw new CommandException(option + "=" + value + ": expected " + least + " to " + most);
        }
        return value;
    }
}
