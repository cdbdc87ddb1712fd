package org.interruptor.tools.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.interruptor.tools.cli.CommandException;

/** Reads the engine's events from a JFR recording. */
final class Recording {

    private Recording() {}

    /**
     * The engine's events, in the order of time: a recording has them thread by thread.
     *
     * @throws CommandException if the file cannot be read, is no recording, or is damaged.
     */
    static List<TraceEvent> read(Path file) {
        List<TraceEvent> events = new ArrayList<>();
        try {
            if (Files.isDirectory(file)) {
                throw new CommandException(file + ": a directory, expected a JFR recording");
            }
            try (FileChannel readable = FileChannel.open(file)) {
                if (readable.size() == 0) {
                    throw new CommandException(file + ": empty, expected a JFR recording");
                }
            }
            try (RecordingFile recording = new RecordingFile(file)) {
                while (recording.hasMoreEvents()) {
                    add(events, recording.readEvent());
                }
            }
        } catch (CommandException known) {
            throw known;
        } catch (FileSystemException failure) {
            throw new CommandException(file + ": " + CommandException.reason(failure));
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError damaged) {
            // The JDK's reader trusts the file.
            throw new CommandException(
                    file + ": no JFR recording, a damaged one, or one too large for this Java process: the"
                            + " JDK's reader of recordings says: " + damaged);
        }
        events.sort(Comparator.comparing(TraceEvent::time));
        return events;
    }

    private static void add(List<TraceEvent> events, RecordedEvent event) {
        EventKind kind = EventKind.of(event.getEventType().getName());
        if (kind == null) {
            return;
        }
        for (String field : kind.fields()) {
            if (!event.hasField(field) || !event.hasField("machine") || !event.hasField("vcpu")) {
                throw new CommandException("the recording has an event " + kind.label() + " without the field " + field
                        + ": it is of another version of Interruptor");
            }
        }
        boolean isWait = kind == EventKind.WAIT;
        boolean isFault = kind == EventKind.FAULT;
        RecordedThread thread = event.getThread();
        events.add(new TraceEvent(
                event.getStartTime(),
                isWait ? event.getDuration() : Duration.ZERO,
                kind,
                event.getInt("machine"),
                event.getInt("vcpu"),
                event.getString(isWait ? "outcome" : "type"),
                isWait ? 0 : event.getLong(isFault ? "prefix" : "parameter"),
                isWait || isFault ? 0 : event.getLong("parameter64"),
                thread == null || thread.getJavaName() == null ? "" : thread.getJavaName()));
    }
}
