package org.interruptor.tools.guest.measure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of a console, on which a kernel writes too. */
class ConsoleReportTest {
    private static final String CONSOLE = """
            [    0.123456] Linux version
            measure: timer  begin\r
            measure: timer  end   0000000000000003 0000000f42400000\r
            measure: timer  =     00001000 00002000\r
            measure: timer  =     00003000\r
            measure: signal none \r
            measure: disk   begin\r
            """;

    private final List<String> told = new ArrayList<>();
    private final ConsoleReport report =
            new ConsoleReport(phase -> told.add("begin " + phase), phase -> told.add("end " + phase));

    private void write(String text) {
        report.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void piecesOfAnyLengthAreRead(int length) {
        for (int i = 0; i < CONSOLE.length(); i += length) {
            write(CONSOLE.substring(i, Math.min(CONSOLE.length(), i + length)));
        }
        assertThat(told).containsExactly("begin TIMER", "end TIMER", "begin DISK");
        PhaseResult timer = report.result(Phase.TIMER);
        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.perSecond()).isEqualTo(3 / 16.0); // 0xf42400000 units are 16 s
        assertThat(timer.histogram().getTotalCount()).isEqualTo(3);
        assertThat(timer.histogram().getMaxValue()).isBetween(3000L, 3001L);
        assertThat(report.result(Phase.SIGNAL)).isNull();
        assertThat(report.result(Phase.DISK)).isNull();
    }

    @Test
    void whatIsNoLineOfTheProgramIsSkipped() {
        write("measure: timer  =     00001000\n"); // before the end of the phase
        write("measure: other  begin\nmeasure: timer  end\nmeasure: timer  end   12\nmeasure: timer begin x\n");
        write("measure: timer  end   ffffffffffffffff 0000000f42400000\n");
        write("x".repeat(100_000) + "\n");
        write("measure: disk   end   0000000000000001 0000000000000000\n");
        write("measure: disk   =     000000010000 00000001\n");
        assertThat(report.result(Phase.TIMER)).isNull();
        assertThat(report.result(Phase.DISK).perSecond()).isZero();
        assertThat(report.result(Phase.DISK).histogram().getTotalCount()).isEqualTo(2);
    }

    @Test
    void theLastLineIsKept() {
        write("measure: timer  begin\nKernel panic - not syncing\r\n\r\n");
        assertThat(report.lastLine()).isEqualTo("Kernel panic - not syncing");
    }
}
