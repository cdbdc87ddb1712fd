package org.interruptor.tools.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import org.interruptor.tools.cli.CommandException;

/**
 * Replays a scenario: carries out its steps one after the other on a machine of the engine's, and prints a line for each
 * action step. What the steps are and what they print is defined in {@code tools/scenario.md}.
 */
public final class ScenarioReplay {

    /** Exit status of a scenario that was replayed to its end or to a fault. */
    public static final int REPLAYED = 0;

    /** Exit status of a scenario with a malformed step, or one that cannot be read. */
    public static final int MALFORMED = 2;

    private ScenarioReplay() {}

    /**
     * Replays one scenario on a machine of its own. Lines end with LF, whatever the host's custom; neither writer is closed.
     *
     * <p>Threads: any, each replay by itself.
     *
     * @param name what the scenario is called in an error: {@code NAME:LINE: what is wrong, what was expected}.
     * @param in the scenario; it is not closed.
     * @param out gets the lines of the action steps.
     * @param err gets the error, if there is one, behind what {@code out} got.
     * @return the exit status: {@link #REPLAYED} or {@link #MALFORMED}.
     */
    public static int replay(String name, Reader in, PrintWriter out, PrintWriter err) {
        ScenarioLines lines = new ScenarioLines(in);
        try (ScenarioMachine machine = new ScenarioMachine()) {
            replay(lines, machine, out);
            return REPLAYED;
        } catch (MalformedStepException malformed) {
            fail(name + ":" + lines.number() + ": " + malformed.getMessage(), out, err);
        } catch (IOException unreadable) {
            fail(name + ":" + lines.number() + ": cannot be read: " + CommandException.reason(unreadable), out, err);
        }
        return MALFORMED;
    }

    private static void replay(ScenarioLines lines, ScenarioMachine machine, PrintWriter out)
            throws IOException, MalformedStepException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            Tokens tokens = new Tokens(line);
            if (tokens.isEmpty()) {
                continue;
            }
            String printed = StepParser.parse(tokens).execute(machine);
            machine.endStep();
            if (printed != null) {
                out.print(lines.number() + " " + printed + "\n");
            }
            if (machine.recorder().isFault()) {
                return;
            }
        }
        if (!machine.isBuilt()) {
            throw ScenarioMachine.noMachine();
        }
    }

    private static void fail(String error, PrintWriter out, PrintWriter err) {
        out.flush();
        err.print(error + "\n");
        err.flush();
    }
}
