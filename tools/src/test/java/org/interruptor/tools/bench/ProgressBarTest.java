package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    @Test
    void theBarIsOneLineThatIsWipedInTheEnd() {
        StringWriter text = new StringWriter();
        ProgressBar bar = new ProgressBar(new PrintWriter(text), 1000);

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
}
