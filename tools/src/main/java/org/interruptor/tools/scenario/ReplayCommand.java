package org.interruptor.tools.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor replay FILE...}: replays scenarios, or checks them against what is expected of them. */
@Command(
        name = "replay",
        description = "Replays scenario files through the engine and prints one line for each of their actions.",
        exitCodeListHeading = "%nExit status, the worst of all files:%n",
        exitCodeList = {
            "0:replayed to the end or to a fault, and with --check as expected",
            "1:with --check, something else was printed than expected",
            "2:a step is malformed, or a file cannot be read or has no .expected",
        })
public final class ReplayCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "A scenario; - is standard input. With more than one, each one's lines come behind a line == FILE.")
    private List<String> names;

    @Option(
            names = "--check",
            description =
                    "Compare with FILE's .expected beside it instead of printing; print what differs and, last, how many"
                            + " passed and failed.")
    private boolean isCheck;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ScenarioCheck check = new ScenarioCheck(err);
        int worst = ScenarioReplay.REPLAYED;
        for (String name : names) {
            ScenarioFile file = new ScenarioFile(name);
            int status;
            try {
                status = isCheck ? check(file, check, out) : replay(file, out, err);
            } catch (IOException unreadable) {
                out.flush();
                err.print(name + ": cannot be read: " + CommandException.reason(unreadable) + "\n");
                err.flush();
                status = ScenarioReplay.MALFORMED;
            }
            worst = Math.max(worst, status);
        }
        if (isCheck) {
            out.print(check + "\n");
        }
        return worst;
    }

    private int replay(ScenarioFile file, PrintWriter out, PrintWriter err) throws IOException {
        out.print(heading(file));
        try (Reader in = file.open()) {
            return ScenarioReplay.replay(file.name(), in, out, err);
        }
    }

    private int check(ScenarioFile file, ScenarioCheck check, PrintWriter out) throws IOException {
        StringWriter differences = new StringWriter();
        int status = check.check(file, new PrintWriter(differences));
        if (status == ScenarioCheck.DIFFERS) {
            out.print(heading(file) + differences);
        }
        return status;
    }

    private String heading(ScenarioFile file) {
        return names.size() > 1 ? "== " + file.name() + "\n" : "";
    }
}
