package org.interruptor.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.RoundHistogram;
import org.interruptor.bench.result.ScenarioResult;

/**
 * The folder of one run.
 *
 * <pre>
 *  results.json             every figure with its samples, the histograms, the environment; for --compare
 *  report.html              the page
 *  latencies.hlog           a histogram for each round, tagged SCENARIO/ENGINE, in nanoseconds
 *  SCENARIO.ENGINE.hgrm     the percentiles of all rounds, in microseconds
 * </pre>
 */
public final class ReportFolder {
    private static final double NANOS_PER_MICRO = 1000;
    private static final int STEPS_PER_HALVING = 5;

    private ReportFolder() {}

    /**
     * Writes all files.
     *
     * @param folder is made if it does not exist; files in it are replaced.
     * @return the page.
     */
    public static Path write(Path folder, Results results, List<Comparison> comparisons) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), results.toJson());
        Path page = folder.resolve("report.html");
        Files.writeString(page, HtmlReport.of(results, comparisons));
        writeHistograms(folder, results);
        return page;
    }

    private static void writeHistograms(Path folder, Results results) throws IOException {
        try (PrintStream stream = open(folder.resolve("latencies.hlog"))) {
            HistogramLogWriter log = new HistogramLogWriter(stream);
            log.outputComment("[interruptor bench, " + results.started() + ", nanoseconds]");
            log.outputLogFormatVersion();
            log.outputLegend();
            for (ScenarioResult scenario : results.scenarios()) {
                for (ContenderResult result : scenario.contenders()) {
                    String tag =
                            scenario.scenario().name() + "/" + result.engine().label();
                    for (RoundHistogram round : result.histograms()) {
                        Histogram histogram = round.histogram();
                        histogram.setTag(tag);
                        log.outputIntervalHistogram(histogram);
                    }
                    if (!result.histograms().isEmpty()) {
                        writePercentiles(folder.resolve(tag.replace('/', '.') + ".hgrm"), result);
                    }
                }
            }
        }
    }

    private static void writePercentiles(Path file, ContenderResult result) throws IOException {
        try (PrintStream stream = open(file)) {
            result.histogram()
                    .orElseThrow()
                    .outputPercentileDistribution(stream, STEPS_PER_HALVING, NANOS_PER_MICRO, false);
        }
    }

    private static PrintStream open(Path file) throws IOException {
        return new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
    }
}
