package org.interruptor.tools.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.interruptor.bench.run.Progress;

/** How far it has got, on one line of a terminal. Threads: one. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 24;
    private static final int LINE = 78;

    /** Only then the time left is guessed: what sets things up takes time too. */
    private static final long LEAST_MILLIS = 3000;

    private final PrintWriter terminal;
    private final long totalMillis;
    private final long startNanos = System.nanoTime();

    ProgressBar(PrintWriter terminal, long totalMillis) {
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

    private void print(String line) {
        String cut = line.length() > LINE ? line.substring(0, LINE) : line;
        terminal.print("\r" + cut + " ".repeat(LINE - cut.length()));
        terminal.flush();
    }
}
