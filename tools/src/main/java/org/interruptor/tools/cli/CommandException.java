package org.interruptor.tools.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A command cannot go on: its one-sentence message is printed on standard error, and the exit status is 2. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A command cannot go on.
     *
     * @param message one sentence: which value is wrong, and what was expected.
     */
    public CommandException(String message) {
        super(message);
    }

    /**
     * What is the matter with a file, without its name.
     *
     * @param failure what was thrown when it was opened, read or written.
     * @return half a sentence, such as "no such file".
     */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
