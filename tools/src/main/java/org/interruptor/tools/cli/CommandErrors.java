package org.interruptor.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells errors as one sentence on standard error, never as a stack trace. */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Exit status of a command that was used wrongly or got bad input. */
    public static final int STATUS = 2;

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return tell(command, wrong.getMessage() + "; '" + name + " --help' explains it");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof OutputLostException lost) {
            throw lost;
        }
        return tell(command, sentence(thrown));
    }

    private static String sentence(Exception thrown) {
        if (thrown instanceof CommandException) {
            return thrown.getMessage();
        }
        if (thrown instanceof IOException failure) {
            return CommandException.reason(failure);
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + (trace.length == 0 ? "" : ", at " + trace[0]);
    }

    private static int tell(CommandLine command, String sentence) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        err.print(command.getCommandSpec().qualifiedName() + ": " + sentence.replaceAll("\\s+", " ") + "\n");
        err.flush();
        return STATUS;
    }
}
