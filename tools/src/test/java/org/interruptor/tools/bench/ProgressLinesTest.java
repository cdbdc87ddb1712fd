package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void eachScenarioHasALineWhenItBegins() {
        StringWriter text = new StringWriter();
        ProgressLines lines = new ProgressLines(new PrintWriter(text), 1000);

        lines.at("pair-virtio", "interruptor", 0);
        lines.at("pair-virtio", "lists", 100);
        lines.at("latency-park", "interruptor", 500);
        lines.at("latency-park", "lists", 900);

        assertThat(text).hasToString("  0 %  pair-virtio\n 50 %  latency-park\n");
    }
}
