package org.interruptor.tools.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares what scenarios print with what is expected of them, and counts. */
final class ScenarioCheck {

    /** Exit status where a scenario prints something else than expected. */
    static final int DIFFERS = 1;

    private final PrintWriter err;
    private int passed;
    private int failed;

    ScenarioCheck(PrintWriter err) {
        this.err = err;
    }

    /**
     * Replays a scenario and prints how it differs from its {@code .expected}: nothing if it does not.
     *
     * @return the exit status.
     */
    int check(ScenarioFile file, PrintWriter out) throws IOException {
        failed++; // unless it comes to the end of this
        List<String> expected = expected(file);
        StringWriter printed = new StringWriter();
        try (Reader in = file.open()) {
            int status = ScenarioReplay.replay(file.name(), in, new PrintWriter(printed), err);
            if (status != ScenarioReplay.REPLAYED) {
                return status;
            }
        }
        LineDiff diff = new LineDiff(expected, printed.toString().lines().toList());
        if (!diff.lines().isEmpty()) {
            diff.lines().forEach(line -> out.print(line + "\n"));
            return DIFFERS;
        }
        failed--;
        passed++;
        return ScenarioReplay.REPLAYED;
    }

    /** The lines expected of a scenario; whether they end with LF or CRLF does not count. */
    private static List<String> expected(ScenarioFile file) throws IOException {
        if (file.isStandardInput()) {
            throw new IOException("standard input has no .expected beside it");
        }
        Path path = file.expected();
        if (!Files.exists(path)) {
            throw new IOException("there is no " + path + " to compare with");
        }
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** How many passed and failed. */
    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed";
    }
}
