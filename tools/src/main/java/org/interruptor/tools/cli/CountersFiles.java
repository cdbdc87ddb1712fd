package org.interruptor.tools.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.engine.observe.MachineCounters;

/** Counters files: where they usually are, and whether one can be made. */
public final class CountersFiles {
    /** How the names of counters files in the usual places end. */
    public static final String SUFFIX = ".counters";

    private CountersFiles() {}

    /**
     * Where counters files usually are.
     *
     * @return a folder in memory, and that of temporary files.
     */
    public static List<Path> places() {
        return List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * The counters files in some folders, by name.
     *
     * @param folders those that do not exist have none.
     * @return files that can be read as such.
     */
    public static List<Path> in(List<Path> folders) {
        return folders.stream().flatMap(folder -> in(folder).stream()).toList();
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(CountersFiles::isReadable)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // not there, or not ours to read
        }
    }

    private static boolean isReadable(Path file) {
        try {
            MachineCounters.open(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether a machine can have its counters in a file: better told before than when it is built.
     *
     * @param file where.
     * @throws CommandException if not; the message says why.
     */
    public static void checkWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandException("--counters " + file + ": its folder does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new CommandException("--counters " + file + ": its folder cannot be written to");
        }
        if (Files.exists(file)) {
            if (!isReadable(file)) {
                throw new CommandException("--counters " + file + ": exists and is not a counters file");
            }
            return;
        }
        try {
            Files.delete(Files.createFile(file));
        } catch (IOException failure) { // a name that is too long, or a symbolic link that leads nowhere
            throw new CommandException("--counters " + file + ": " + CommandException.reason(failure));
        }
    }
}
