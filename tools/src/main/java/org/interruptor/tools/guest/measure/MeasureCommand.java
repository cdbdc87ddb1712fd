package org.interruptor.tools.guest.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.environment.OtherLoad;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.tools.cli.CommandErrors;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.measure.linux.LinuxMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code interruptor measure}: what a guest sees of its interruptions. */
@Command(
        name = "measure",
        description = {
            "Measures what a guest sees, with real z/Architecture code on the machine of 'interruptor run': virtio interruptions"
                    + " that its handlers complete in a second, and the time from the injection to the first instruction of the"
                    + " handler, by the guest's own clock (STCKF).",
            "A device thread injects and needs a core besides those of the vCPUs. Sent and received interruptions are compared.",
            "With --linux: boots Debian's kernel and measures what a program sees in it: how late timers are, round trips of"
                    + " signals between two vCPUs, reads of a virtio disk; with the engine's counters beside them.",
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:failed: an interruption was lost or duplicated, or the guest got stuck",
            "2:an option is wrong",
        })
public final class MeasureCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    /** So many our guests have storage for. */
    private static final int MAX_CPUS = 64;

    private static final int MAX_SECONDS = 3600;
    private static final int MAX_RATE = 10_000_000;
    private static final int MAX_LINUX_SECONDS = 99;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of vCPUs, 1 to " + MAX_CPUS + "; all take interruptions. Default: ${DEFAULT-VALUE}.")
    private int cpus;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Interruptions per second while latency is measured. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "Seconds of measurement for each line. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "2",
            description = "Seconds of warm-up for each line. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--linux",
            paramLabel = "FOLDER",
            description =
                    "Boot Linux from this folder, which tools/linux.sh has made, and measure in it. --seconds is a whole"
                            + " number then, 1 to " + MAX_LINUX_SECONDS + ".")
    private Path linux;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description =
                    "With --linux: write the engine's JFR events while it measures to this file; 'interruptor trace"
                            + " --summary' reads it.")
    private Path recording;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--cpus", cpus, 1, MAX_CPUS);
        check("--rate", rate, 1, MAX_RATE);
        check("--seconds", seconds, 0.01, MAX_SECONDS);
        check("--warm-up", warmUp, 0, MAX_SECONDS);
        checkLinux();
        PrintWriter out = spec.commandLine().getOut();
        OtherLoad others = new OtherLoad();
        try {
            if (linux != null) {
                LinuxMeasurement.run(linux, cpus, (int) seconds, recording, out);
            } else {
                flatOut(out);
                paced(out);
            }
        } catch (MeasurementRefused refused) {
            out.flush();
            CommandErrors.tell(spec.commandLine().getErr(), spec.qualifiedName(), "refused: " + refused.getMessage());
            return REFUSED;
        }
        double busy = others.cores();
        if (busy >= OtherLoad.DISTURBING) {
            out.print(String.format(
                    Locale.ROOT,
                    "%nWarning: other processes used %.1f of %d cores. Long times and low rates are unreliable.%n",
                    busy,
                    Runtime.getRuntime().availableProcessors()));
        }
        return 0;
    }

    private void checkLinux() {
        if (linux == null) {
            if (recording != null) {
                throw new CommandException("--recording=" + recording + ": expected with --linux only");
            }
            return;
        }
        for (String option : List.of("--rate", "--warm-up")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new CommandException(option + " has no effect with --linux");
            }
        }
        check("--seconds", seconds, 1, MAX_LINUX_SECONDS);
        if (seconds != Math.rint(seconds)) {
            throw new CommandException("--seconds=" + seconds + ": expected a whole number with --linux");
        }
    }

    private void flatOut(PrintWriter out) throws IOException, InterruptedException {
        out.print("As many as handlers complete, " + plural(cpus) + "\n\n");
        out.print(String.format(Locale.ROOT, "  %-20s %12s %12s%n", "guest", "taken", "per second"));
        for (GuestState state : GuestState.values()) {
            Samples samples = run(state, 0);
            out.print(String.format(
                    Locale.ROOT, "  %-20s %,12d %,12.0f%n", state.label(), samples.measured(), samples.perSecond()));
            out.flush();
        }
    }

    private void paced(PrintWriter out) throws IOException, InterruptedException {
        out.print("\nFrom injection to the first instruction of the handler, " + plural(cpus) + ", " + rate
                + " per second, microseconds\n\n");
        out.print(String.format(
                Locale.ROOT,
                "  %-20s %12s %12s %9s %9s %9s %9s %9s%n",
                "guest",
                "taken",
                "per second",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max"));
        for (GuestState state : GuestState.values()) {
            Samples samples = run(state, rate);
            Histogram nanos = samples.histogram();
            out.print(String.format(
                    Locale.ROOT,
                    "  %-20s %,12d %,12.0f %,9.2f %,9.2f %,9.2f %,9.2f %,9.2f%n",
                    state.label(),
                    samples.measured(),
                    samples.perSecond(),
                    nanos.getValueAtPercentile(50) / 1e3,
                    nanos.getValueAtPercentile(90) / 1e3,
                    nanos.getValueAtPercentile(99) / 1e3,
                    nanos.getValueAtPercentile(99.9) / 1e3,
                    nanos.getMaxValue() / 1e3));
            out.flush();
        }
    }

    private Samples run(GuestState state, long perSecond) throws IOException, InterruptedException {
        return new Trial(state, cpus, perSecond, duration(warmUp), duration(seconds)).run();
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static String plural(int cpus) {
        return cpus + (cpus == 1 ? " vCPU" : " vCPUs");
    }

    private static void check(String option, Number value, double least, double most) {
        if (!(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw new CommandException(option + "=" + value + ": expected " + plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
