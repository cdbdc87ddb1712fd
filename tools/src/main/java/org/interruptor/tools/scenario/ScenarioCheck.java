package org.interruptor.tools.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;

/** Compares what scenarios print with what is expected of them, and counts. */
final class ScenarioCheck {

    /** Exit status where a scenario prints something else than expected. */
    static final int DIFFERS = 1;

    private final PrintWriter out;
    private final PrintWriter err;
    private int files;
    private int passed;

    ScenarioCheck(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Replays a scenario and prints how it differs from what is expected: nothing if it does not.
     *
     * @param heading is printed in front of a difference.
     * @return the exit status.
     */
    int check(ScenarioFile file, String heading) throws IOException {
        files++;
        StringWriter printed = new StringWriter();
        List<String> expected;
        int status;
        try (Reader in = file.open()) {
            expected = file.expected();
            status = ScenarioReplay.replay(file.name(), in, new PrintWriter(printed), err);
        }
        if (status != ScenarioReplay.REPLAYED) {
            return status;
        }
        LineDiff diff = new LineDiff(expected, printed.toString().lines().toList());
        if (!diff.lines().isEmpty()) {
            out.print(heading + String.join("\n", diff.lines()) + "\n");
            out.flush(); // in front of what the next file's replay has to say
            return DIFFERS;
        }
        passed++;
        return ScenarioReplay.REPLAYED;
    }

    /** How many passed, and how many of those begun did not. */
    String summary() {
        return passed + " passed, " + (files - passed) + " failed";
    }
}
