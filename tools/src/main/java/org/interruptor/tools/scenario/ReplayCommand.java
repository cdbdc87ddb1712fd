package org.interruptor.tools.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.List;
import java.util.concurrent.Callable;
import org.interruptor.tools.cli.CommandErrors;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor replay FILE...}: replays scenarios, or checks them against what is expected of them. */
@Command(
        name = "replay",
        description = "Replays scenario files through the engine and prints one line for each action.",
        exitCodeListHeading = "%nExit status, the worst of all files:%n",
        exitCodeList = {
            "0:replayed to the end or to a fault; with --check, all lines are as expected",
            "1:with --check, the lines differ from the expected ones",
            "2:a step is malformed, or a file cannot be read or has no .expected",
        })
public final class ReplayCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "A scenario; - is standard input. With several files, a line == FILE precedes each one's lines.")
    private List<String> names;

    @Option(
            names = "--check",
            description =
                    "Compare with the .expected file beside FILE instead of printing. Print the differences, then how many"
                            + " files passed and failed.")
    private boolean isCheck;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ScenarioCheck check = new ScenarioCheck(out, err);
        int worst = ScenarioReplay.REPLAYED;
        for (String name : names) {
            ScenarioFile file = new ScenarioFile(name);
            String heading = names.size() > 1 ? "== " + name + "\n" : "";
            int status;
            try {
                status = isCheck ? check.check(file, heading) : replay(file, heading, out, err);
            } catch (CommandException unusable) {
                out.flush();
                status = CommandErrors.tell(err, name, unusable.getMessage());
            }
            worst = Math.max(worst, status);
        }
        if (isCheck) {
            out.print(check.summary() + "\n");
        }
        return worst;
    }

    private static int replay(ScenarioFile file, String heading, PrintWriter out, PrintWriter err) throws IOException {
        out.print(heading);
        try (Reader in = file.open()) {
            return ScenarioReplay.replay(file.name(), in, out, err);
        }
    }
}
