package org.interruptor.tools.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.interruptor.tools.cli.CommandException;

/**
 * Reads the engine's events from a JFR recording, chunk by chunk: the JDK's reader believes what headers say, and one damaged
 * chunk would hide the whole ones. Threads: one.
 */
final class Recording {
    private static final int SEARCH_LENGTH = 1 << 16;

    private final List<TraceEvent> events = new ArrayList<>();
    private final Path file;
    private final FileChannel channel;
    private int damaged;
    private String firstDamage;
    private boolean isUnfinished;

    private Recording(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * What could be read.
     *
     * @param events of all whole chunks, in the order of time: a recording has them thread by thread.
     * @param complaint about the others, one sentence; null if there is none.
     */
    record Contents(List<TraceEvent> events, String complaint) {}

    /**
     * Reads a recording.
     *
     * @throws CommandException if the file cannot be read, or is no recording.
     */
    static Contents read(Path file) {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": a directory, expected a JFR recording");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return new Recording(file, channel).read();
        } catch (IOException failure) {
            throw new CommandException(file + ": " + CommandException.reason(failure));
        }
    }

    private Contents read() throws IOException {
        if (channel.size() == 0) {
            throw new CommandException(
                    file + ": not finished, or no JFR recording: it is empty, and filled when its process ends"
                            + " or by 'jcmd PID JFR.dump'; what a killed one had recorded is in its repository, among the temporary"
                            + " files if -XX:FlightRecorderOptions:repository does not say where");
        }
        if (Chunk.at(channel, 0) == null) {
            throw new CommandException(file + ": no JFR recording: it does not begin as one");
        }
        for (long position = 0; position < channel.size(); ) {
            position = readChunk(position);
        }
        events.sort(Comparator.comparing(TraceEvent::time));
        return new Contents(events, complaint());
    }

    /** Reads one chunk; returns where the next one begins. */
    private long readChunk(long position) throws IOException {
        Chunk chunk = Chunk.at(channel, position);
        String fault = chunk == null ? "has no header" : chunk.fault(channel);
        if (chunk != null && chunk.length() == 0) {
            isUnfinished = true;
            return next(position + 1);
        }
        if (fault != null) {
            damage(position, fault);
            return next(position + 1);
        }
        isUnfinished |= !chunk.isFinished();
        try {
            readEvents(chunk);
        } catch (CommandException known) {
            throw known;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError unreadable) {
            damage(
                    position,
                    "is damaged or too large for this Java process: the JDK's reader of recordings says: "
                            + unreadable);
        }
        return chunk.isFinished() ? chunk.end() : next(chunk.end()); // behind what was being written may be more of it
    }

    private void damage(long position, String fault) {
        damaged++;
        firstDamage = firstDamage == null ? "the chunk at byte " + position + " " + fault : firstDamage;
    }

    /**
     * Where the next chunk begins that could be one; the end of the file if there is none. The JDK writes the header again at the end of
     * a recording: that copy has the right lengths, and no events where it says.
     */
    private long next(long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SEARCH_LENGTH);
        for (long start = from; start < channel.size(); start += SEARCH_LENGTH) {
            bytes.clear();
            channel.read(bytes, start);
            for (int i = 0; i < bytes.position(); i++) {
                if (bytes.get(i) == 'F') {
                    Chunk chunk = Chunk.at(channel, start + i);
                    if (chunk != null && chunk.fault(channel) == null) {
                        return chunk.position();
                    }
                }
            }
        }
        return channel.size();
    }

    /** From a copy, in which it stands alone; one that was being written counts as finished there, as far as it goes. */
    private void readEvents(Chunk chunk) throws IOException {
        Path copy = Files.createTempFile("interruptor", ".jfr");
        try {
            try (FileChannel alone = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                for (long done = 0; done < chunk.length(); ) {
                    long copied = channel.transferTo(chunk.position() + done, chunk.length() - done, alone);
                    if (copied == 0) {
                        throw new IOException("was cut while it was read");
                    }
                    done += copied;
                }
                alone.write(ByteBuffer.wrap(new byte[] {Chunk.FINISHED}), Chunk.STATE);
            }
            List<TraceEvent> read = new ArrayList<>();
            try (RecordingFile recording = new RecordingFile(copy)) {
                while (recording.hasMoreEvents()) {
                    TraceEvent.of(recording.readEvent()).ifPresent(read::add);
                }
            } finally {
                events.addAll(read);
            }
        } finally {
            Files.delete(copy);
        }
    }

    private String complaint() {
        if (damaged > 0) {
            return file + ": damaged: " + firstDamage + (damaged > 1 ? "; so are " + (damaged - 1) + " more" : "")
                    + (events.isEmpty() ? "" : "; printed is what the others hold");
        }
        return isUnfinished
                ? file
                        + ": not finished: its process was killed, or is still recording ('jcmd PID JFR.dump' writes all that it"
                        + " has), so the last events are missing"
                : null;
    }
}
