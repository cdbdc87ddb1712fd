package org.interruptor.tools.guest.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The terminal of standard input in a mode that hands each key on as it is typed, without echo and signals, by {@code stty}. Output
 * stays as it is. The mode before comes back when this is closed, or when the process ends.
 *
 * <p>Threads: one; closing: any.
 */
final class RawMode implements AutoCloseable {
    private final String before;
    private final Thread atEnd = new Thread(this::restore, "terminal-mode");
    private boolean isClosed;

    private RawMode(String before) {
        this.before = before;
    }

    /** Enters the mode; null if standard input is no terminal, or there is no {@code stty}. */
    static RawMode enter() {
        String before = stty("-g");
        if (before == null || before.isBlank()) {
            return null;
        }
        RawMode mode = new RawMode(before.strip());
        Runtime.getRuntime().addShutdownHook(mode.atEnd);
        stty("-icanon", "-echo", "-isig", "-iexten", "-ixon", "-icrnl", "min", "1", "time", "0");
        return mode;
    }

    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized void restore() {
        if (!isClosed) {
            isClosed = true;
            stty(before);
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // the process ends already
        }
    }
}
