package org.interruptor.tools.guest;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.CommandOutput;
import org.interruptor.tools.guest.console.Keyboard;
import org.interruptor.tools.guest.gdb.GdbServer;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.sclp.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code interruptor run}: runs a guest on the engine, to its end. */
@Command(
        name = "run",
        description = {
            "Runs a guest, real z/Architecture code, on a small machine that embeds the engine. What the guest writes to its"
                    + " console goes to standard output, unchanged.",
            "Standard input is the guest's console input. If it is a terminal, each key goes to the guest; Ctrl-A x ends the"
                    + " guest.",
            "The run ends when each vCPU is stopped or in a disabled wait.",
        },
        exitCodeListHeading = "%nExit status, by how the guest has ended:%n",
        exitCodeList = {
            "0:done: every disabled wait is at address 0xfff, or all vCPUs are stopped, or Ctrl-A x",
            "2:wrong usage, or this machine cannot load GUEST",
            "3:a check of the guest failed: a disabled wait at address 0xbad",
            "4:crashed: a disabled wait at any other address",
            "5:stuck: the time is up, or interruptions follow one another and no instruction is completed; PSW,"
                    + " state and pending interruptions of each vCPU are printed",
            "6:cannot go on: lowcore outside storage, or what this machine lacks",
            "7:asked to be loaded again, with --no-reboot",
        })
public final class RunCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_TIMEOUT = 1_000_000;

    @Mixin
    private BootOptions boot;

    @Mixin
    private MachineOptions options;

    @Mixin
    private DiskOptions disks;

    @Mixin
    private ResultOptions results;

    @Mixin
    private GdbOptions gdb;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds after which the guest counts as stuck. Default: no limit.")
    private Double timeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        String name = boot.name();
        GuestMachineSetup setup = options.setup(
                        boot.isBundled(), boot.isKernel(), spec.commandLine().getErr())
                .reloaded(boot.isReloaded());
        Duration limit = timeout();
        GuestImage image = boot.image();
        BootParameters parameters = boot.parameters();
        results.check();
        try (GdbServer server = gdb.listen(setup, spec.commandLine().getErr());
                GuestMachine machine = machine(setup)) {
            disks.attach(machine);
            GuestEnd end;
            if (server != null) {
                server.start(machine, gdb.isWaiting());
            }
            try (Keyboard keyboard = new Keyboard(System.in, machine.input(), machine::endByOperator)) {
                machine.input().onWanted(keyboard::begin);
                end = machine.run(image, parameters, limit);
            } catch (GuestFormatException e) {
                throw new CommandException(name + ": " + e.getMessage());
            }
            if (end.reason() != GuestEnd.Reason.DONE) {
                spec.commandLine().getErr().print(spec.qualifiedName() + ": " + end.message() + "\n");
            }
            if (server != null) {
                server.end(end.reason().exitStatus());
            }
            results.write(machine);
            return end.reason().exitStatus();
        }
    }

    private GuestMachine machine(GuestMachineSetup setup) {
        try {
            return new GuestMachine(setup.console(console()));
        } catch (UncheckedIOException e) { // of the counters file
            throw new CommandException(e.getMessage().replaceFirst("^countersFile=", "--counters="));
        }
    }

    private Console console() {
        PrintWriter writer = spec.commandLine().getOut();
        CommandOutput out = CommandOutput.of(writer);
        return text -> {
            out.write(text, 0, text.length);
            out.flush();
        };
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
}
