package org.interruptor.tools.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a terminal, in characters.
 *
 * @param columns of a line, 1 or more.
 * @param rows lines, 1 or more.
 */
public record TerminalSize(int columns, int rows) {
    private static final TerminalSize USUAL = new TerminalSize(80, 24);
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4})\\s*");
    private static final int SECONDS = 2;

    /**
     * The size of the terminal of this process, now: it can change.
     *
     * @return what {@code stty size} says of it; 80 columns and 24 rows where it says nothing.
     */
    public static TerminalSize current() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                if (!stty.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    return USUAL;
                }
                return of(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
            } finally {
                stty.destroy();
            }
        } catch (IOException none) {
            return USUAL;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /** From the answer of {@code stty size}. */
    static TerminalSize of(String answer) {
        Matcher matcher = ROWS_AND_COLUMNS.matcher(answer);
        return matcher.matches()
                ? new TerminalSize(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)))
                : USUAL;
    }

    /**
     * Breaks a line into lines that are no wider than the terminal, behind spaces; a word that is wider alone is cut.
     *
     * @param line without a line feed.
     * @return the lines, each ended by a line feed; all but the first are indented.
     */
    public String fold(String line) {
        StringBuilder text = new StringBuilder();
        String indent = columns > 20 ? "    " : "";
        String rest = line;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            boolean isBreak = space > rest.length() - rest.stripLeading().length();
            text.append(rest, 0, isBreak ? space : columns).append('\n');
            rest = indent + rest.substring(isBreak ? space + 1 : columns);
        }
        return text.append(rest).append('\n').toString();
    }
}
