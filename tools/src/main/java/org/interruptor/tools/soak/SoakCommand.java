package org.interruptor.tools.soak;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.interruptor.bench.baseline.Waits;
import org.interruptor.bench.plan.WaitMode;
import org.interruptor.bench.run.Interruption;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.CountersFiles;
import org.interruptor.tools.cli.Terminal;
import org.interruptor.tools.cli.TerminalSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code interruptor soak}: shows under random load and faults that no interruption is lost, doubled, reordered or slept through. */
@Command(
        name = "soak",
        description = {
            "Runs machines under random load and faults, and audits every interruption: each accepted one must be delivered"
                    + " exactly once and in order, and no vCPU may sleep while one is pending that it may take.",
            "Prints the seed, its progress, counts, and each violation."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:no violation", "1:a violation was found and printed", "2:an option is wrong"})
public final class SoakCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 1_000_000;
    private static final int MAX_CAPACITY = 1 << 20;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "faults",
            description =
                    "faults: everything that guests and embedders can do. spin: interruptions only, at the maximum rate and"
                            + " without allocation. Default: ${DEFAULT-VALUE}.")
    private SoakMode mode;

    @Option(
            names = "--rules",
            paramLabel = "RULES",
            description =
                    "original, or architecture: all classes of interruptions, and CPUs in the engine's run loop. Default: each"
                            + " machine by chance; in mode spin always original.")
    private String rules;

    @Option(
            names = "--vcpus",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of vCPUs, each a thread. Default: ${DEFAULT-VALUE}.")
    private int vcpus;

    @Option(
            names = "--injectors",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Number of injecting threads, at most " + Marks.MAX_INJECTORS + ". Default: ${DEFAULT-VALUE}.")
    private int injectors;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Duration. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after this many delivered interruptions, even if time is left.")
    private Long count;

    @Option(
            names = "--life",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Life of each machine, after which it is drained or closed under load, and audited. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int life;

    @Option(names = "--seed", paramLabel = "N", description = "Seed for all random choices. Default: random.")
    private Long seed;

    @Option(
            names = "--wait",
            paramLabel = "STRATEGY",
            defaultValue = "spin-then-park:100",
            description = "Wait strategy: spin, park, spin-then-park:LOOKS, spin-yield-park:LOOKS:YIELDS or"
                    + " adaptive:MIN:MAX. Default: ${DEFAULT-VALUE}.")
    private String wait;

    @Option(
            names = "--floating-capacity",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Capacity of the floating queue, a power of two. Default: ${DEFAULT-VALUE}.")
    private int floatingCapacity;

    @Option(
            names = "--local-capacity",
            paramLabel = "N",
            defaultValue = "64",
            description = "Capacity of each local queue, a power of two. Default: ${DEFAULT-VALUE}.")
    private int localCapacity;

    @Option(
            names = "--counters",
            paramLabel = "FILE",
            description = "Write the counters of each machine to this file, for interruptor top.")
    private Path counters;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "Time after which a vCPU that sleeps although it may take an interruption is a violation. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int patience;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SoakPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        out.print("seed " + plan.seed() + "\n");
        out.flush();
        SoakReport report = new SoakReport(
                out,
                plan.nanos(),
                Terminal.isPresent() ? Math.max(2, TerminalSize.current().columns()) : 0);
        return run(new Soak(plan, report), report);
    }

    /** The exit status. */
    static int run(Soak soak, SoakReport report) throws InterruptedException {
        Interruption.endBy(soak::interrupt);
        soak.run();
        report.print(soak.totals(), soak.violations(), soak.isInterrupted());
        return soak.violations().any() ? 1 : 0;
    }

    private SoakPlan plan() {
        return new SoakPlan(
                mode,
                rules(),
                inRange("--vcpus", vcpus, 1, Machine.MAX_VCPUS),
                inRange("--injectors", injectors, 1, Marks.MAX_INJECTORS),
                1_000_000_000L * inRange("--seconds", seconds, 1, MAX_SECONDS),
                count == null ? Long.MAX_VALUE : positive(count),
                1_000_000_000L * inRange("--life", life, 1, MAX_SECONDS),
                seed == null ? new SplittableRandom().nextLong() : seed,
                capacity("--floating-capacity", floatingCapacity),
                capacity("--local-capacity", localCapacity),
                waitStrategy(),
                countersFile(),
                1_000_000_000L * inRange("--patience", patience, 1, MAX_SECONDS));
    }

    private Rules rules() {
        if (mode == SoakMode.SPIN) {
            if (rules != null && !rules.equals("original")) {
                throw new CommandException("--rules " + rules + ": expected original with --mode spin");
            }
            return Rules.ORIGINAL;
        }
        if (rules == null) {
            return null;
        }
        return switch (rules) {
            case "original" -> Rules.ORIGINAL;
            case "architecture" -> Rules.ARCHITECTURE;
            default -> throw new CommandException("--rules " + rules + ": expected original or architecture");
        };
    }

    private Path countersFile() {
        if (counters != null) {
            CountersFiles.checkWritable(counters);
        }
        return counters;
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandException(name + " " + value + ": expected " + least + " to " + most);
        }
        return value;
    }

    private static long positive(long value) {
        if (value < 1) {
            throw new CommandException("--count " + value + ": expected 1 or more");
        }
        return value;
    }

    private static int capacity(String name, int value) {
        if (Integer.bitCount(value) != 1 || value < 2 || value > MAX_CAPACITY) {
            throw new CommandException(name + " " + value + ": expected a power of two, 2 to " + MAX_CAPACITY);
        }
        return value;
    }

    private WaitStrategy waitStrategy() {
        try {
            WaitMode parsed = WaitMode.parse(wait);
            if (!parsed.isWait()) {
                throw new CommandException("--wait run: a soak's vCPUs wait; expected spin or park, for example");
            }
            return Waits.strategy(parsed);
        } catch (IllegalArgumentException wrong) {
            throw new CommandException("--wait: " + wrong.getMessage());
        }
    }
}
