package org.interruptor.tools.scenario;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.FileName;

/**
 * A scenario as it is named on the command line, and what is expected of it.
 *
 * @param name a file's name, or {@code -}.
 */
record ScenarioFile(String name) {

    private static final String STANDARD_INPUT = "-";
    private static final String EXPECTED_SUFFIX = ".expected";

    /**
     * Its text. Bytes that are not UTF-8 become U+FFFD, which is in no step and does no harm in a comment.
     *
     * @throws CommandException if it cannot be had.
     */
    Reader open() {
        if (isStandardInput()) {
            return new InputStreamReader(unclosed(System.in), StandardCharsets.UTF_8);
        }
        Path path = FileName.path(name);
        if (Files.isDirectory(path)) {
            throw new CommandException("is a directory, expected a scenario");
        }
        try {
            return new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new CommandException("cannot be read: " + CommandException.reason(unreadable));
        }
    }

    /**
     * The lines of the file beside it, with the suffix {@code .expected}; whether they end with LF or CRLF does not count.
     *
     * @throws CommandException if there is none, or it cannot be read.
     */
    List<String> expected() {
        if (isStandardInput()) {
            throw new CommandException("is standard input, which has no " + EXPECTED_SUFFIX + " to compare with");
        }
        Path path = FileName.path(name);
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        Path expected = path.resolveSibling((dot > 0 ? file.substring(0, dot) : file) + EXPECTED_SUFFIX);
        try {
            return ScenarioLines.withoutByteOrderMark(new String(Files.readAllBytes(expected), StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (NoSuchFileException missing) {
            throw new CommandException("has nothing to be compared with: there is no " + expected);
        } catch (IOException unreadable) {
            throw new CommandException(
                    "has nothing to be compared with: " + expected + ": " + CommandException.reason(unreadable));
        }
    }

    private boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }
}
