package org.interruptor.tools.guest.measure.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.interruptor.tools.cli.CommandException;

/**
 * A recording of the engine's JFR events, for {@code interruptor trace}.
 *
 * <p>Threads: any.
 */
final class EngineRecording {
    private static final List<String> EVENTS = List.of("Injection", "Delivery", "Wait", "Fault");

    private final Recording recording;

    private EngineRecording(Recording recording) {
        this.recording = recording;
    }

    /**
     * A recording that has not begun.
     *
     * @param file where it goes; null for none.
     * @return the recording.
     * @throws CommandException if the file cannot be written.
     */
    static EngineRecording to(Path file) {
        if (file == null) {
            return new EngineRecording(null);
        }
        Recording recording = new Recording();
        try {
            EVENTS.forEach(event -> recording.enable("org.interruptor." + event).withoutStackTrace());
            recording.setDestination(file);
        } catch (IOException e) {
            recording.close();
            throw new CommandException("--recording=" + file + ": " + CommandException.reason(e));
        }
        return new EngineRecording(recording);
    }

    /** Begins, unless it has begun before. */
    synchronized void begin() {
        if (recording != null && recording.getState() == RecordingState.NEW) {
            recording.start();
        }
    }

    /** Ends, and the file is written. */
    synchronized void end() {
        if (recording != null) {
            if (recording.getState() == RecordingState.RUNNING) {
                recording.stop();
            }
            recording.close();
        }
    }
}
