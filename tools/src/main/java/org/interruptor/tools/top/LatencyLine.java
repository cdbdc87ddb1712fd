package org.interruptor.tools.top;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.interruptor.bench.trial.Figure;

/**
 * The last interval of a machine's latency log, all vCPUs together. Only the end of the file is read, however long it is.
 *
 * <p>Threads: one.
 */
final class LatencyLine {
    /** What a name of a latency log ends with, behind that of the counters file. */
    static final String SUFFIX = ".hlog";

    /** The comments at the beginning, and the lines of an interval, each some hundred bytes. */
    private static final int HEAD_BYTES = 1 << 10;

    private static final int TAIL_BYTES = 1 << 20;
    private static final int DIGITS = 3;

    private final Path log;

    /** Of a log that need not exist. */
    LatencyLine(Path log) {
        this.log = log;
    }

    /**
     * An interval.
     *
     * @param endMillis its end, in milliseconds since 1970.
     * @param classes times in nanoseconds, by class.
     */
    record Interval(long endMillis, Map<String, Histogram> classes) {
        /** In words. */
        String sentence(long nowMillis) {
            StringJoiner text = new StringJoiner("; ");
            classes.forEach((name, times) -> text.add(String.format(
                    Locale.ROOT,
                    "%s %,d, p50 %s, p99 %s, max %s",
                    name,
                    times.getTotalCount(),
                    percentile(times, Figure.P50),
                    percentile(times, Figure.P99),
                    span(times.getMaxValue()))));
            return String.format(Locale.ROOT, "latency %.1f s ago: %s", Math.max(0, nowMillis - endMillis) / 1e3, text);
        }

        private static String percentile(Histogram times, Figure figure) {
            return figure.isSupportedBy(times.getTotalCount())
                    ? span(times.getValueAtPercentile(figure.percentile()))
                    : "-";
        }

        private static String span(long nanos) {
            if (nanos < 1000) {
                return nanos + " ns";
            }
            return nanos < 1_000_000
                    ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
                    : nanos < 1_000_000_000
                            ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                            : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        }
    }

    /** The last interval; empty if there is no log, or nothing in it that can be read. */
    Optional<Interval> read() {
        try (FileChannel channel = FileChannel.open(log);
                HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(ends(channel)))) {
            long last = 0;
            Map<String, Histogram> classes = new TreeMap<>();
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                if (next.getEndTimeStamp() != last) {
                    last = next.getEndTimeStamp();
                    classes.clear();
                }
                String name = next.getTag() == null ? "all" : next.getTag().replaceFirst("/.*", "");
                if (next instanceof Histogram histogram) {
                    classes.computeIfAbsent(name, tag -> new Histogram(DIGITS)).add(histogram);
                }
            }
            return classes.isEmpty() ? Optional.empty() : Optional.of(new Interval(last, classes));
        } catch (IOException | RuntimeException unreadable) { // a log is an extra: top shows the rest without it
            return Optional.empty();
        }
    }

    /** The comments of the beginning, and the whole lines of the end. */
    private static byte[] ends(FileChannel channel) throws IOException {
        String head = text(channel, 0, HEAD_BYTES);
        long tailStart = Math.max(0, channel.size() - TAIL_BYTES);
        String tail = text(channel, tailStart, TAIL_BYTES);
        int first = tailStart == 0 ? 0 : tail.indexOf('\n') + 1;
        int last = tail.lastIndexOf('\n') + 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (tailStart > 0) {
            for (String line : head.split("\n", -1)) {
                if (line.startsWith("#")) {
                    bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        bytes.writeBytes(tail.substring(first, Math.max(first, last)).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static String text(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
            // until it is full, or the file ends
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
}
