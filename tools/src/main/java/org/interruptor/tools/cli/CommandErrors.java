package org.interruptor.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells errors as one sentence on standard error, never as a stack trace. */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Exit status of a command that was used wrongly or got bad input. */
    public static final int STATUS = 2;

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        List<String> meant =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return tell(
                command,
                wrong.getMessage()
                        + (meant.isEmpty() ? "" : "; perhaps " + String.join(" or ", meant) + " is meant")
                        + "; '" + name + " --help' explains it");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        return tell(command, sentence(thrown));
    }

    /**
     * What is said of something that was thrown.
     *
     * @param thrown a {@link CommandException}, or what nobody thought of: then with its kind and its place.
     * @return one sentence.
     */
    public static String sentence(Throwable thrown) {
        if (thrown instanceof CommandException) {
            return thrown.getMessage();
        }
        if (thrown instanceof IOException failure) {
            return CommandException.reason(failure);
        }
        if (thrown instanceof UncheckedIOException failure) {
            return CommandException.reason(failure.getCause());
        }
        if (thrown instanceof OutOfMemoryError) {
            return "memory is exhausted (" + thrown.getMessage() + "): java -Xmx gives more";
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + (trace.length == 0 ? "" : ", at " + trace[0]);
    }

    private static int tell(CommandLine command, String sentence) {
        command.getOut().flush();
        return tell(command.getErr(), command.getCommandSpec().qualifiedName(), sentence);
    }

    /**
     * Tells an error.
     *
     * @param err where to; it is flushed.
     * @param who the command, or the file, that has it.
     * @param sentence what is wrong, and what was expected.
     * @return the exit status.
     */
    public static int tell(PrintWriter err, String who, String sentence) {
        String line = sentence.replaceAll("[\\s\\p{Cntrl}]+", " ");
        err.print(FileName.printable(who) + ": " + FileName.printable(line) + "\n");
        err.flush();
        return STATUS;
    }
}
