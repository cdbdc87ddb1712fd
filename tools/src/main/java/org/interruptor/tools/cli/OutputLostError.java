package org.interruptor.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command prints cannot be written any more, so that there is no use in going on. An error, since picocli answers
 * exceptions that come up while it prints help with a stack trace.
 */
public final class OutputLostError extends Error {

    /** As a shell tells the end of a command whose reader has gone: 128 and the number of the signal SIGPIPE. */
    public static final int STATUS_NOBODY_READS = 141;

    private static final long serialVersionUID = 1L;

    private final String reason;

    OutputLostError(IOException cause) {
        super(cause);
        reason = CommandException.reason(cause);
    }

    /**
     * Says why, unless a reader has gone, as {@code head} does when it has enough: that is no error.
     *
     * @param stderr where to say it, if it can be said at all.
     * @return the exit status.
     */
    public int report(OutputStream stderr) {
        if (reason.contains("pipe")) {
            return STATUS_NOBODY_READS;
        }
        try {
            stderr.write(("interruptor: output cannot be written: " + reason + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException lost) {
            // The exit status has to do.
            return CommandErrors.STATUS;
        }
        return CommandErrors.STATUS;
    }
}
