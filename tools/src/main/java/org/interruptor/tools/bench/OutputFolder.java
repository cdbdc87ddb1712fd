package org.interruptor.tools.bench;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.interruptor.tools.cli.CommandException;

/** Where a run writes. */
final class OutputFolder {
    /** Where new folders are made if none is named. */
    static final String PARENT = "bench-results";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private OutputFolder() {}

    /**
     * Makes the folder of a run, before it begins: better than to find out at its end that it cannot be made.
     *
     * @param chosen the one that was named; or null for one of this time, in {@link #PARENT}.
     * @param suffix of its name, if it was not named.
     */
    static Path make(Path chosen, String suffix) {
        Path folder = chosen != null ? chosen : Path.of(PARENT, TIME.format(Instant.now()) + suffix);
        try {
            return Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(e.getFile() + ": exists and is not a directory, expected one to write to");
        } catch (IOException e) {
            throw new CommandException(folder + ": cannot be written: " + CommandException.reason(e));
        }
    }
}
