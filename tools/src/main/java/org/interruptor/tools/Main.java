package org.interruptor.tools;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.interruptor.memory.AgronaAccess;
import org.interruptor.tools.bench.BenchCommand;
import org.interruptor.tools.bench.ProfileCommand;
import org.interruptor.tools.cli.CommandErrors;
import org.interruptor.tools.cli.CommandOutput;
import org.interruptor.tools.cli.FileName;
import org.interruptor.tools.cli.ManifestVersion;
import org.interruptor.tools.cli.OutputLostError;
import org.interruptor.tools.guest.RunCommand;
import org.interruptor.tools.guest.measure.MeasureCommand;
import org.interruptor.tools.lowcore.LowcoreCommand;
import org.interruptor.tools.scenario.ReplayCommand;
import org.interruptor.tools.soak.SoakCommand;
import org.interruptor.tools.top.TopCommand;
import org.interruptor.tools.trace.TraceCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code interruptor} command: its subcommands, one a line. */
@Command(
        name = Main.NAME,
        description =
                "Tools for Interruptor, the engine that delivers s390 guest interruptions to the vCPUs of an emulator.",
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReplayCommand.class,
            TopCommand.class,
            TraceCommand.class,
            LowcoreCommand.class,
            BenchCommand.class,
            ProfileCommand.class,
            RunCommand.class,
            MeasureCommand.class,
            SoakCommand.class,
            GenerateCompletion.class,
        })
public final class Main {

    static final String NAME = "interruptor";

    private Main() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the arguments; {@code --help} explains them.
     */
    public static void main(String[] args) {
        System.exit(run(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), args));
    }

    /**
     * Runs the command.
     *
     * @param stdout gets what it prints, in UTF-8.
     * @param stderr gets its errors, in UTF-8.
     * @param args the arguments.
     * @return the exit status: 0 if all went well, 2 at bad usage or input, or what the subcommand's help says.
     */
    public static int run(OutputStream stdout, OutputStream stderr, String... args) {
        CommandOutput out = new CommandOutput(stdout);
        CommandOutput err = new CommandOutput(stderr);
        try {
            AgronaAccess.check();
            CommandErrors errors = new CommandErrors();
            int status = new CommandLine(new Main())
                    .registerConverter(Path.class, new FileName())
                    .setOut(out.writer())
                    .setErr(err.writer())
                    .setParameterExceptionHandler(errors)
                    .setExecutionExceptionHandler(errors)
                    .execute(args);
            out.writer().flush();
            err.writer().flush();
            return status;
        } catch (OutputLostError lost) {
            return lost.report(stderr);
        } catch (Error failure) {
            return CommandErrors.tell(err.writer(), NAME, CommandErrors.sentence(failure));
        } catch (IllegalStateException flagMissing) {
            return CommandErrors.tell(err.writer(), NAME, flagMissing.getMessage());
        }
    }
}
