package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;

/** Replays whole scenarios on the model. */
public final class ReferenceModel {

    private static final int STATUS_PLAYED = 0;
    private static final int STATUS_MALFORMED = 2;

    private ReferenceModel() {}

    /** Says what the specification wants the replay of {@code text} to print. */
    public static Result replay(String name, String text) {
        return replay(name, text, Witness.NONE);
    }

    static Result replay(String name, String text, Witness witness) {
        ModelReplay replay = new ModelReplay(witness);
        List<String> outLines = new ArrayList<>();
        int lineNumber = 0;
        try {
            for (String line : lines(text)) {
                lineNumber++;
                String number = lineNumber + " ";
                replay.feed(line).ifPresent(printed -> outLines.add(number + printed));
                if (replay.ended()) {
                    return new Result(outLines, null, STATUS_PLAYED);
                }
            }
            if (replay.machine() == null) {
                lineNumber++;
                throw new MalformedStepException("there is no step", "the step machine");
            }
        } catch (MalformedStepException malformed) {
            String error = name + ":" + lineNumber + ": " + malformed.getMessage();
            return new Result(outLines, error, STATUS_MALFORMED);
        }
        return new Result(outLines, null, STATUS_PLAYED);
    }

    /**
     * Lines end with LF or CRLF. The last one needs no end, and after an LF there is no further line unless something stands on
     * it. A CR alone ends nothing, which is why the JDK's own ideas of a line will not do.
     */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            int length = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            lines.add(text.substring(start, length));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
