package org.interruptor.tools.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

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
        if (failure instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "a directory that is not empty";
        }
        if (failure instanceof FileSystemLoopException) {
            return "symbolic links lead round in a circle";
        }
        if (failure instanceof CharacterCodingException) {
            return "not a text in UTF-8";
        }
        if (failure instanceof EOFException) {
            return "ends too early";
        }
        String reason = failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
        return reason == null ? "reading or writing failed, and the system does not say why" : reason;
    }
}
