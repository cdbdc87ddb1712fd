package org.interruptor.tools.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a scenario, numbered from 1. A line ends with LF or CRLF, the last one also with the file; a CR anywhere else
 * is a character like others, which is why {@link BufferedReader#readLine} will not do. A byte order mark at the beginning is
 * skipped.
 */
final class ScenarioLines {

    /** In characters: enough to store 8 MiB by one step, and an end to what is no text at all. */
    static final int LONGEST = 1 << 24;

    /** Some editors of other systems begin a text with it; it means nothing in UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

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
        if (number == 1 && character == BYTE_ORDER_MARK) {
            character = in.read();
        }
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

    /** A text as {@link #next} would begin to read it. */
    static String withoutByteOrderMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** The number of the line that {@link #next} gave last. */
    int number() {
        return number;
    }
}
