package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model says what the conformance cases say: whoever compares the engine with it compares it with them. */
class ReferenceModelConformanceTest {

    private static final int CASES = 103;

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatTheCaseExpects(String name) throws IOException {
        Path scenario = folder().resolve(name + ".scn");
        List<String> expected = Files.readAllLines(folder().resolve(name + ".expected"));

        Result result = ReferenceModel.replay(name, Files.readString(scenario));

        assertEquals(new Result(expected, null, 0), result);
    }

    @Test
    void noCaseIsMissing() throws IOException {
        assertTrue(cases().size() >= CASES, () -> "fewer than " + CASES + " cases");
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".scn"))
                    .map(file -> file.substring(0, file.length() - ".scn".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        URL folder = ReferenceModelConformanceTest.class.getResource("/conformance");
        assertNotNull(folder, "the folder conformance is not on the class path of the tests");
        return Path.of(URI.create(folder.toString()));
    }
}
