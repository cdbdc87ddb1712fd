package org.interruptor.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
    @TempDir
    private Path folder;

    @Test
    void allFilesAreThereAndTheResultsCanBeReadAgain() throws Exception {
        Path below = folder.resolve("a/b");
        Path page = ReportFolder.write(below, Samples.ofAllKinds(), List.of());

        assertThat(page).hasFileName("report.html").isNotEmptyFile();
        assertThat(below)
                .isDirectoryContaining("glob:**/results.json")
                .isDirectoryContaining("glob:**/latencies.hlog")
                .isDirectoryContaining("glob:**/latency-spin.interruptor.hgrm")
                .isDirectoryContaining("glob:**/deadline.park-nanos.hgrm");
        assertThat(Results.read(below.resolve("results.json"))).isEqualTo(Samples.ofAllKinds());
    }

    @Test
    void theLogHasEachRoundWithItsTagAndTime() throws Exception {
        ReportFolder.write(folder, Samples.ofAllKinds(), List.of());

        List<String> tags = new ArrayList<>();
        long count = 0;
        try (HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("latencies.hlog").toFile())) {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (next != null) {
                tags.add(next.getTag());
                count += ((Histogram) next).getTotalCount();
                assertThat(next.getEndTimeStamp() - next.getStartTimeStamp()).isEqualTo(500);
                next = reader.nextIntervalHistogram();
            }
        }
        assertThat(tags)
                .hasSize(15)
                .startsWith("latency-spin/interruptor", "latency-spin/interruptor", "latency-spin/interruptor")
                .contains("latency-spin/cache-line", "deadline/park-nanos");
        assertThat(count).isEqualTo(15_000);
    }

    @Test
    void percentilesAreInMicroseconds() throws Exception {
        ReportFolder.write(folder, Samples.ofAllKinds(), List.of());

        String median = Files.readAllLines(folder.resolve("latency-spin.interruptor.hgrm")).stream()
                .filter(line -> line.contains(" 0.500000000000 "))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(median.trim().split(" +", -1)[0])).isCloseTo(100, within(0.1));
    }
}
