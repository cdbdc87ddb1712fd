package org.interruptor.tools.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.interruptor.bench.run.Progress;

/** How far it has got where nobody sits at a terminal: a line for each scenario. Threads: one. */
final class ProgressLines implements Progress {
    private final PrintWriter out;
    private final long totalMillis;
    private String last = "";

    ProgressLines(PrintWriter out, long totalMillis) {
        this.out = out;
        this.totalMillis = Math.max(1, totalMillis);
    }

    @Override
    public void at(String scenario, String engine, long doneMillis) {
        if (!scenario.equals(last)) {
            last = scenario;
            out.print(String.format(
                    Locale.ROOT, "%3d %%  %s%n", Math.min(100, 100 * doneMillis / totalMillis), scenario));
            out.flush();
        }
    }
}
