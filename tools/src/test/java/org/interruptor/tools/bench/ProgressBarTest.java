package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
    @Test
    void theBarIsOneLineThatIsWipedInTheEnd() {
        StringWriter text = new StringWriter();
        ProgressBar bar = new ProgressBar(new PrintWriter(text), 1000, 200);

        bar.at("pair-virtio", "lists", 0);
        bar.at("a-scenario-of-a-very-long-name-that-does-not-fit-into-the-line-any-more", "interruptor", 500);
        bar.at("pair-virtio", "lists", 5000);
        bar.end();

        String[] lines = text.toString().split("\r", -1);
        assertThat(lines[1]).startsWith("[........................]   0 %  pair-virtio, lists");
        assertThat(lines[2]).startsWith("[############............]  50 %  a-scenario");
        assertThat(lines[3]).startsWith("[########################] 100 %");
        assertThat(lines[4]).isBlank();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(text.toString()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {79, 40, 2, 1})
    void itStaysInOneRowOfANarrowTerminal(int columns) {
        StringWriter text = new StringWriter();
        ProgressBar bar = new ProgressBar(new PrintWriter(text), 1000, columns);
        bar.at("one-to-one-floating", "concurrent-queue", 500);
        bar.end();

        assertThat(text.toString().split("\r", -1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(Math.max(2, columns)));
    }
}
