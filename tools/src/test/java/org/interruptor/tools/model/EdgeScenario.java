package org.interruptor.tools.model;

import java.util.List;

/**
 * A scenario at an edge of the specification, with what it has to print worked out by hand. Random scenarios rarely go to these
 * places, and where they do, model and engine could have misread the same sentence.
 *
 * @param errorLine the line that is malformed; 0 if none is
 */
record EdgeScenario(String what, String text, List<String> expected, int errorLine) {

    private static final String NAME = "edge";

    static EdgeScenario prints(String what, String text, String expected) {
        return new EdgeScenario(what, text, expected.lines().toList(), 0);
    }

    static EdgeScenario malformed(String what, String text, int errorLine, String expected) {
        return new EdgeScenario(what, text, expected.lines().toList(), errorLine);
    }

    /** What this scenario has to leave behind; the error's wording is left open. */
    Result expectedResult() {
        String error = errorLine == 0 ? null : NAME + ":" + errorLine + ": something";
        return new Result(expected, error, errorLine == 0 ? 0 : 2);
    }

    /** The replay, with the error's wording taken out. */
    Result replayedBy(Replayer replayer) {
        Result result = replayer.replay(NAME, text);
        String place = result.errorPlace(NAME);
        return new Result(result.outLines(), place.isEmpty() ? null : place + " something", result.status());
    }

    /** The name of the test; what cannot be printed would not be allowed in the XML of a test report. */
    @Override
    public String toString() {
        return what.replaceAll("\\p{C}", "?");
    }
}
