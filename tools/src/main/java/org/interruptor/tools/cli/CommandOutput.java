package org.interruptor.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * A standard stream as commands write to it: buffered, in UTF-8, and with an end to writing where nobody reads any more. A
 * {@link PrintWriter} alone would note an error and go on.
 */
public final class CommandOutput extends OutputStream {

    private final OutputStream stream;
    private final PrintWriter writer;

    /**
     * Output to a stream.
     *
     * @param stream where it goes, unbuffered.
     */
    public CommandOutput(OutputStream stream) {
        this.stream = stream;
        writer = new Text(this);
    }

    /**
     * The writer to this output, to be flushed when the command has done its work.
     *
     * @return always the same one; it throws {@link OutputLostError} where the stream throws.
     */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * The output to which a command's writer writes, for bytes that are no text.
     *
     * @param writer that of {@link #writer}; flush it before bytes follow text.
     * @return the output.
     * @throws IllegalArgumentException if it is another writer.
     */
    public static CommandOutput of(PrintWriter writer) {
        if (writer instanceof Text text) {
            return text.output;
        }
        throw new IllegalArgumentException("writer=" + writer + ": expected that of a CommandOutput");
    }

    /** A writer that knows where it writes. */
    private static final class Text extends PrintWriter {
        private final CommandOutput output;

        Text(CommandOutput output) {
            super(output, false, StandardCharsets.UTF_8);
            this.output = output;
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException lost) {
            throw new OutputLostError(lost);
        }
    }

    @Override
    public void flush() {
        try {
            stream.flush();
        } catch (IOException lost) {
            throw new OutputLostError(lost);
        }
    }
}
