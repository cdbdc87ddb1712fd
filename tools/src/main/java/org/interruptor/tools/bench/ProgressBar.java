package org.interruptor.tools.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.interruptor.bench.run.Progress;

/** How far it has got, on one line of a terminal. Threads: one. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 24;
    private static final int MOST_COLUMNS = 78;

    /** Only then the time left is guessed: what sets things up takes time too. */
    private static final long LEAST_MILLIS = 3000;

    private final PrintWriter terminal;
    private final long totalMillis;
    private final int line;
    private final long startNanos = System.nanoTime();

    /**
     * A bar at its beginning.
     *
     * @param columns of a line of the terminal; its last one stays empty, where some terminals would begin a new line.
     */
    ProgressBar(PrintWriter terminal, long totalMillis, int columns) {
        this.line = Math.max(1, Math.min(MOST_COLUMNS, columns - 1));
        this.terminal = terminal;
        this.totalMillis = Math.max(1, totalMillis);
    }

    @Override
    public void at(String scenario, String engine, long doneMillis) {
        int filled = (int) Math.min(WIDTH, WIDTH * doneMillis / totalMillis);
        print(String.format(
                Locale.ROOT,
                "[%s%s] %3d %%%s  %s, %s",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                Math.min(100, 100 * doneMillis / totalMillis),
                left(doneMillis),
                scenario,
                engine));
    }

    private String left(long doneMillis) {
        if (doneMillis < LEAST_MILLIS) {
            return "";
        }
        long elapsedMillis = (System.nanoTime() - startNanos) / 1_000_000;
        long seconds = Math.max(0, elapsedMillis * (totalMillis - doneMillis) / doneMillis / 1000);
        return String.format(Locale.ROOT, ", %d s left", seconds);
    }

    /** Wipes the line. */
    void end() {
        print("");
        terminal.print('\r');
        terminal.flush();
    }

    private void print(String text) {
        String cut = text.length() > line ? text.substring(0, line) : text;
        terminal.print("\r" + cut + " ".repeat(line - cut.length()));
        terminal.flush();
    }
}
