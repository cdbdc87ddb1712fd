package org.interruptor.tools.scenario;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A scenario as it is named on the command line.
 *
 * @param name a file's name, or {@code -}.
 */
record ScenarioFile(String name) {

    private static final String STANDARD_INPUT = "-";
    private static final String EXPECTED_SUFFIX = ".expected";

    boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    /** Its text. Bytes that are not UTF-8 become U+FFFD, which is in no step and does no harm in a comment. */
    Reader open() throws IOException {
        InputStream in = isStandardInput() ? unclosed(System.in) : Files.newInputStream(path());
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** The file that holds what replaying it should print: beside it, with another suffix. */
    Path expected() throws IOException {
        Path path = path();
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        return path.resolveSibling((dot > 0 ? file.substring(0, dot) : file) + EXPECTED_SUFFIX);
    }

    private Path path() throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException invalid) {
            throw new IOException("not the name of a file", invalid);
        }
    }

    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }
}
