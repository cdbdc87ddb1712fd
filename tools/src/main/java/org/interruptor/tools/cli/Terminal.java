package org.interruptor.tools.cli;

import java.io.Console;

/** Whether somebody looks. */
public final class Terminal {
    private Terminal() {}

    /**
     * Whether standard streams are a terminal's.
     *
     * @return true if so.
     */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it says so
    public static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // since Java 22 there is a console in any case, and this method
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
