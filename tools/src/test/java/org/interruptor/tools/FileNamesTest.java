package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All arguments that name a file, with names that no command can use: one sentence in our words, and status 2. */
@Timeout(400)
class FileNamesTest {
    @TempDir
    private static Path folder;

    private static String text;

    @BeforeAll
    static void write() throws IOException {
        text = Files.writeString(folder.resolve("text"), "no counters, no guest, no recording\n")
                .toString();
        Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xe9, '\n'});
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    }

    /** {@code @} stands for the name. */
    private static final List<List<String>> READERS = List.of(
            List.of("top", "--once", "@"),
            List.of("trace", "@"),
            List.of("lowcore", "@"),
            List.of("lowcore", "@", "--prefix", "0x2000"),
            List.of("lowcore", "TEXT", "--saved", "@"),
            List.of("replay", "@"),
            List.of("replay", "--check", "@"),
            List.of("run", "@"),
            List.of("bench", "--compare", "@", "--with", "TEXT"),
            List.of("bench", "--compare", "@"),
            List.of("run", "--kernel", "@"),
            List.of("run", "guest:hello", "--initrd", "@"));

    private static final List<List<String>> WRITERS = List.of(
            List.of("bench", "--output", "@"),
            List.of("bench", "pair-virtio", "--counters", "@"),
            List.of("soak", "--seconds", "1", "--counters", "@"),
            List.of("profile", "pair-virtio", "--output", "@"));

    static Stream<Arguments> badNames() {
        List<String> names = List.of("a\0b", "a\ud800b", "\ufffd\ud800", "x".repeat(300), "loop", "text/below");
        List<Arguments> all = new ArrayList<>();
        for (String name : names) {
            READERS.forEach(command -> all.add(Arguments.of(command, name)));
            WRITERS.forEach(command -> all.add(Arguments.of(command, name)));
        }
        for (String name : List.of("missing", "", "latin1", "empty", "text")) {
            READERS.forEach(command -> all.add(Arguments.of(command, name)));
        }
        WRITERS.stream()
                .filter(command ->
                        !command.contains("--engine-jar")) // says which class a file of something else has not
                .forEach(command -> all.add(Arguments.of(command, "text")));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void areToldInASentence(List<String> command, String name) {
        boolean isEmptyScenario = command.get(0).equals("replay") && name.equals("empty");
        // The folder may have characters of its own that a name has not: resolve() would refuse some names here.
        String bad = folder + "/" + name;
        CommandRun run = CommandRun.of(command.stream()
                .map(word -> word.equals("@") ? bad : word.equals("TEXT") ? text : word)
                .toArray(String[]::new));

        assertThat(run.err())
                .doesNotContain("Exception")
                .doesNotContain("java.")
                .doesNotContain("org.interruptor")
                .doesNotContain(", at ");
        if (!isEmptyScenario) {
            assertThat(run.status()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1);
            assertThat(run.out().lines().filter(line -> !line.equals("0 passed, 1 failed")))
                    .isEmpty();
        }
    }
}
