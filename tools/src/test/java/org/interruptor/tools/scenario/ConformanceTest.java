package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine prints, byte for byte, what the conformance cases expect. */
class ConformanceTest {

    private static final int CASES = 103;

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatTheCaseExpects(String name) throws Exception {
        String expected = Files.readString(folder().resolve(name + ".expected"));

        Replayed replayed = Replayed.of(name, Files.readString(folder().resolve(name + ".scn")));

        assertThat(replayed).isEqualTo(new Replayed(expected, "", ScenarioReplay.REPLAYED));
    }

    @Test
    void noCaseIsMissing() throws Exception {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(CASES);
    }

    static List<String> cases() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".scn"))
                    .map(file -> file.substring(0, file.length() - ".scn".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(ConformanceTest.class.getResource("/conformance").toURI());
    }
}
