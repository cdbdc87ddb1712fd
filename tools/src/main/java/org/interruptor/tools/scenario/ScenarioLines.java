package org.interruptor.tools.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a scenario, numbered from 1. A line ends with LF or CRLF, the last one also with the file; a CR anywhere else
 * is a character like others, which is why {@link BufferedReader#readLine} will not do.
 */
final class ScenarioLines {

    /** In characters: enough to store 8 MiB by one step, and an end to what is no text at all. */
    static final int LONGEST = 1 << 24;

    private final Reader in;
    private final StringBuilder line = new StringBuilder();
    private int number;

    ScenarioLines(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** The next line without its end; null, with the number one behind the last line, if there is none. */
    String next() throws IOException, MalformedStepException {
        number++;
        line.setLength(0);
        int character = in.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() == LONGEST) {
                throw new MalformedStepException("the line is too long", "at most " + LONGEST + " characters");
            }
            line.append((char) character);
            character = in.read();
        }
        int last = line.length() - 1;
        if (character == '\n' && last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    /** The number of the line that {@link #next} gave last. */
    int number() {
        return number;
    }
}
