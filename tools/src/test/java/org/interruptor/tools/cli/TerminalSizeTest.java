package org.interruptor.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The answer of {@code stty size}, and lines that are broken to fit. */
class TerminalSizeTest {

    @Test
    void readsTheAnswerOfStty() {
        assertThat(TerminalSize.of("24 132\n")).isEqualTo(new TerminalSize(132, 24));
        for (String none : new String[] {"", "0 0\n", "24", "stty: no terminal\n", "24 99999999999\n"}) {
            assertThat(TerminalSize.of(none)).isEqualTo(new TerminalSize(80, 24));
        }
    }

    @Test
    void breaksLinesAtSpaces() {
        assertThat(new TerminalSize(80, 24).fold("no break")).isEqualTo("no break\n");
        assertThat(new TerminalSize(24, 24).fold("a line that has words to be broken behind"))
                .isEqualTo("a line that has words to\n    be broken behind\n");
        assertThat(new TerminalSize(10, 24).fold("one word: abcdefghijklmnopqrstuvw"))
                .isEqualTo("one word:\nabcdefghij\nklmnopqrst\nuvw\n");
        assertThat(new TerminalSize(1, 1).fold("ab c")).isEqualTo("a\nb\nc\n");
    }
}
