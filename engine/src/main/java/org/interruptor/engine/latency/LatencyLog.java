package org.interruptor.engine.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.interruptor.engine.gate.InterruptionType;

/**
 * Writes the times of a machine as a histogram log, as HdrHistogram's tools read it: each interval has a line for each vCPU and class
 * that was delivered in it, with the tag {@code CLASS/vcpu-N}, in nanoseconds.
 *
 * <p>Threads: one at a time.
 */
public final class LatencyLog implements AutoCloseable {
    private final Latencies latencies;
    private final PrintStream stream;
    private final HistogramLogWriter writer;
    private long intervalStart = System.currentTimeMillis();

    private LatencyLog(Latencies latencies, PrintStream stream) {
        this.latencies = latencies;
        this.stream = stream;
        writer = new HistogramLogWriter(stream);
        writer.outputLogFormatVersion();
        writer.outputComment("[injection to delivery, in nanoseconds; tags: class/vcpu]");
        writer.outputStartTime(intervalStart);
        writer.setBaseTime(intervalStart);
        writer.outputLegend();
        stream.flush();
    }

    /**
     * Creates the log; a file that is there is replaced.
     *
     * @throws UncheckedIOException if it cannot be made; the message names it and says why.
     */
    public static LatencyLog create(Path file, Latencies latencies) {
        try {
            return new LatencyLog(
                    latencies, new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("latency log " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Writes what was recorded since the last time. */
    public void write() {
        long now = System.currentTimeMillis();
        for (int vcpu = 0; vcpu < latencies.vcpus(); vcpu++) {
            for (InterruptionType type : InterruptionType.values()) {
                Histogram interval = latencies.interval(vcpu, type);
                if (interval != null && interval.getTotalCount() > 0) {
                    interval.setTag(type.label() + "/vcpu-" + vcpu);
                    interval.setStartTimeStamp(intervalStart);
                    interval.setEndTimeStamp(now);
                    writer.outputIntervalHistogram(interval);
                }
            }
        }
        intervalStart = now;
        stream.flush();
    }

    /** Writes the rest. */
    @Override
    public void close() {
        write();
        stream.close();
    }
}
