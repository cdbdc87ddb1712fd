package org.interruptor.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import one.profiler.AsyncProfiler;
import org.interruptor.tools.cli.CommandException;

/** async-profiler in this process; it brings its native library along. Threads: one. */
final class Profiler {
    private final AsyncProfiler profiler;
    private final List<String> events = new ArrayList<>();

    /** Where the recording is to be, and where the profiler writes it. */
    private Path file;

    private Path recorded;

    /**
     * Finds out which events are to be had.
     *
     * @param wanted what is wanted.
     * @param note is told, in a sentence, what is not to be had and what comes instead.
     * @throws CommandException if there is no profiler for this system, or none of the events.
     */
    Profiler(ProfilerEvents wanted, Consumer<String> note) {
        try {
            profiler = AsyncProfiler.getInstance();
        } catch (IllegalStateException | LinkageError e) {
            throw new CommandException("async-profiler has no library for " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ": " + e.getMessage());
        }
        wanted.names().forEach(name -> probe(name, note));
        if (events.isEmpty()) {
            throw new CommandException("none of the events " + String.join(", ", wanted.names())
                    + " is to be had here: try --events wall or --events alloc");
        }
    }

    private void probe(String name, Consumer<String> note) {
        String reason = null;
        for (String candidate : ProfilerEvents.candidates(name)) {
            String failure = tryOut(candidate);
            if (failure == null) {
                if (reason != null) {
                    note.accept(
                            "Event " + name + " is not to be had here (" + reason + "); " + candidate + " instead.");
                }
                if (!events.contains(candidate)) {
                    events.add(candidate);
                }
                return;
            }
            reason = reason == null ? failure : reason;
        }
        note.accept("Event " + name + " is not to be had here (" + reason + "); going on without it.");
    }

    /** Why it cannot be started, or null. */
    private String tryOut(String event) {
        try {
            profiler.execute("start,loglevel=none," + ProfilerEvents.argument(event));
            profiler.execute("stop");
            return null;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Events that are recorded. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** Starts to record into a JFR file. */
    void start(Path jfr) throws IOException {
        file = jfr.toAbsolutePath();
        // The profiler's arguments are separated by commas, and cannot be quoted; % stands for its own words.
        boolean isPlain = file.toString().chars().noneMatch(one -> one == ',' || one == '%');
        recorded = isPlain ? file : Files.createTempFile("interruptor", ".jfr");
        StringBuilder command = new StringBuilder("start,jfr,file=").append(recorded);
        events.forEach(event -> command.append(',').append(ProfilerEvents.argument(event)));
        profiler.execute(command.toString());
    }

    /** Ends the recording; the file is complete. */
    void stop() throws IOException {
        profiler.stop();
        if (!recorded.equals(file)) {
            Files.move(recorded, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
