package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Differences are found by the numbers of steps, and the words that differ are pointed out. */
class LineDiffTest {

    private static void differ(List<String> expected, List<String> printed, String... lines) {
        assertThat(new LineDiff(expected, printed).lines()).containsExactly(lines);
    }

    @Test
    void equalLinesMakeNone() {
        differ(List.of("1 a", "2 b"), List.of("1 a", "2 b"));
        differ(List.of(), List.of());
    }

    @Test
    void theWordsThatDifferArePointedOut() {
        differ(
                List.of("7 deliver 0 none flags=ext lctl=- -"),
                List.of("7 deliver 0 none flags=- lctl=- -"),
                "-7 deliver 0 none flags=ext lctl=- -",
                "+7 deliver 0 none flags=- lctl=- -",
                "?  flags=ext | flags=-");
    }

    @Test
    void itemsOfAListAreWords() {
        differ(
                List.of("7 stats=a:10,b:0,c:0"),
                List.of("7 stats=a:10,b:10,c:0"),
                "-7 stats=a:10,b:0,c:0",
                "+7 stats=a:10,b:10,c:0",
                "?  b:0 | b:10");
    }

    @Test
    void wordsAtTheEndArePointedOut() {
        differ(List.of("7 a 1:2"), List.of("7 a 1:2 3:4"), "-7 a 1:2", "+7 a 1:2 3:4", "?  1:2 | 1:2 3:4");
        differ(
                List.of("7 wait 0 sleep 10"),
                List.of("7 wait 0 sleep"),
                "-7 wait 0 sleep 10",
                "+7 wait 0 sleep",
                "?  sleep 10 | sleep");
    }

    @Test
    void aWordThatIsThereOnceMoreIsPointedOut() {
        differ(List.of("7 a b b"), List.of("7 a b"), "-7 a b b", "+7 a b", "?  b b | b");
        differ(List.of("7 a, a, b"), List.of("7 a, b"), "-7 a, a, b", "+7 a, b", "?  a, b | b");
    }

    @Test
    void linesOfOneSideOnlyStandByTheirNumbers() {
        differ(List.of("1 a", "3 c", "9 z"), List.of("2 b", "3 c", "10 x"), "-1 a", "+2 b", "-9 z", "+10 x");
    }

    @Test
    void linesWithoutANumberAreMissing() {
        differ(List.of("nothing known", "", "3 c"), List.of("3 c"), "-nothing known", "-");
    }
}
