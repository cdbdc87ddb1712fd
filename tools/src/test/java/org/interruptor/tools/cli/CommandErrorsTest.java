package org.interruptor.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever a command throws becomes one sentence and status 2. */
class CommandErrorsTest {

    @Command(name = "try")
    private static final class Throwing implements Callable<Integer> {
        private final Exception thrown;

        Throwing(Exception thrown) {
            this.thrown = thrown;
        }

        @Override
        public Integer call() throws Exception {
            throw thrown;
        }
    }

    private static String errorOf(Exception thrown) {
        StringWriter err = new StringWriter();
        CommandErrors errors = new CommandErrors();
        int status = new CommandLine(new Throwing(thrown))
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute();
        assertThat(status).isEqualTo(2);
        return err.toString();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new CommandException("7 is odd, expected an even number"), "7 is odd, expected an even number"),
                Arguments.of(new CommandException("on\n  two lines"), "on two lines"),
                Arguments.of(new CommandException("\ufffdx\ud800: no such file"), "?x?: no such file"),
                Arguments.of(new NoSuchFileException("a"), "no such file"),
                Arguments.of(new AccessDeniedException("a"), "permission denied"),
                Arguments.of(new FileSystemException("a", null, "Too many levels"), "Too many levels"),
                Arguments.of(new IOException("Input/output error"), "Input/output error"),
                Arguments.of(new FileAlreadyExistsException("a"), "exists already"),
                Arguments.of(new NotDirectoryException("a"), "not a directory"),
                Arguments.of(new DirectoryNotEmptyException("a"), "a directory that is not empty"),
                Arguments.of(new FileSystemLoopException("a"), "symbolic links lead round in a circle"),
                Arguments.of(new MalformedInputException(1), "not a text in UTF-8"),
                Arguments.of(new EOFException(), "ends too early"),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("a")), "no such file"),
                Arguments.of(new IOException(), "reading or writing failed, and the system does not say why"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOneSentence(Exception thrown, String sentence) {
        assertThat(errorOf(thrown)).isEqualTo("try: " + sentence + "\n");
    }

    @Test
    void aDefectOfOursNamesItsPlace() {
        assertThat(errorOf(new IllegalStateException("lost the thread")))
                .matches(
                        "try: java\\.lang\\.IllegalStateException: lost the thread, at "
                                + "org\\.interruptor\\.tools\\.cli\\.CommandErrorsTest\\..*\\(CommandErrorsTest\\.java:[0-9]+\\)\n");
    }

    @Test
    void aDefectWithoutAPlaceIsToldToo() {
        Exception thrown = new IllegalStateException("lost the thread");
        thrown.setStackTrace(new StackTraceElement[0]);

        assertThat(errorOf(thrown)).isEqualTo("try: java.lang.IllegalStateException: lost the thread\n");
    }
}
