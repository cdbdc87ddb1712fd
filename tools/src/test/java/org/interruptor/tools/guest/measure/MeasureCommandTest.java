package org.interruptor.tools.guest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code interruptor measure}: what it prints, and how it answers wrong options. Figures are not looked at. */
@Timeout(120)
class MeasureCommandTest {
    @Test
    void eachStateOfTheGuestIsALineOfBothTables() {
        CommandRun run =
                CommandRun.of("measure", "--cpus", "2", "--rate", "2000", "--seconds", "0.02", "--warm-up", "0");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .contains("As many as handlers complete, 2 vCPUs")
                .contains(
                        "From injection to the first instruction of the handler, 2 vCPUs, 2000 per second, microseconds");
        for (GuestState state : GuestState.values()) {
            assertThat(run.out().lines().filter(line -> line.startsWith("  " + state.label())))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --cpus=0         | --cpus=0: expected 1 to 64
            --rate=0         | --rate=0: expected 1 to 10000000
            --seconds=0      | --seconds=0.0: expected 0.01 to 3600
            --seconds=NaN    | --seconds=NaN: expected 0.01 to 3600
            --warm-up=-1     | --warm-up=-1.0: expected 0 to 3600
            --recording=x    | --recording=x: expected with --linux only
            """)
    void wrongOptionsAreOneSentence(String option, String sentence) {
        assertThat(CommandRun.of("measure", option))
                .isEqualTo(new CommandRun("", "interruptor measure: " + sentence + "\n", 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rate=5         | --rate has no effect with --linux
            --warm-up=1      | --warm-up has no effect with --linux
            --seconds=1.5    | --seconds=1.5: expected a whole number with --linux
            --seconds=0.5    | --seconds=0.5: expected 1 to 99
            --seconds=100    | --seconds=100.0: expected 1 to 99
            """)
    void optionsThatDoNotFitLinuxAreOneSentence(String option, String sentence) {
        assertThat(CommandRun.of("measure", "--linux", "x", option))
                .isEqualTo(new CommandRun("", "interruptor measure: " + sentence + "\n", 2));
    }
}
