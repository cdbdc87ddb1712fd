package org.interruptor.tools.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of files in arguments: not every text is one here. */
public final class FileName implements ITypeConverter<Path> {

    @Override
    public Path convert(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException invalid) {
            throw new TypeConversionException("'" + printable(name) + "' " + reason(name));
        }
    }

    /**
     * The file of a name.
     *
     * @param name as it was given.
     * @return its path.
     * @throws CommandException if no file can have this name here; the message begins with a verb.
     */
    public static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException invalid) {
            throw new CommandException(reason(name));
        }
    }

    /** What can be shown of a name, without characters that are none. */
    static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\p{Cs}\ufffd]", "?");
    }

    private static String reason(String name) {
        return name.indexOf('\0') >= 0
                ? "cannot be the name of a file: it contains a zero character"
                : "cannot be the name of a file in this locale (" + System.getProperty("sun.jnu.encoding")
                        + "), which lacks some of its characters: try LC_ALL=C.UTF-8";
    }
}
