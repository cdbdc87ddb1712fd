package org.interruptor.tools.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the replay of one scenario left behind.
 *
 * @param outLines the lines on standard output, without their ends
 * @param error what was written to standard error, without the end of its last line; null if nothing was
 * @param status the exit status: 0, or 2 if a step was malformed
 */
public record Result(List<String> outLines, String error, int status) {

    public Result {
        outLines = List.copyOf(outLines);
    }

    /** Whether two replays of the scenario called {@code name} say the same; the wording of an error is free. */
    boolean agreesWith(Result other, String name) {
        return status == other.status
                && outLines.equals(other.outLines)
                && errorPlace(name).equals(other.errorPlace(name));
    }

    /**
     * {@code NAME:LINE:} of the error, empty if there is none. An error that has not the form {@code NAME:LINE: what} on one line
     * is returned whole, so that it equals no other.
     */
    String errorPlace(String name) {
        if (error == null) {
            return "";
        }
        Matcher place = Pattern.compile("(" + Pattern.quote(name) + ":[1-9][0-9]*:) \\S[^\n]*")
                .matcher(error);
        return place.matches() ? place.group(1) : "not NAME:LINE: what is wrong, what was expected: " + error;
    }
}
