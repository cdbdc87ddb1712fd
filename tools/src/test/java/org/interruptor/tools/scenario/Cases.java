package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of scenarios, each beside what it has to print. */
final class Cases {
    private Cases() {}

    static List<String> in(String folder) throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".scn"))
                    .map(file -> file.substring(0, file.length() - ".scn".length()))
                    .sorted()
                    .toList();
        }
    }

    static void assertPrints(String folder, String name) throws IOException, URISyntaxException {
        String expected = Files.readString(path(folder).resolve(name + ".expected"));

        Replayed replayed = Replayed.of(name, Files.readString(path(folder).resolve(name + ".scn")));

        assertThat(replayed).isEqualTo(new Replayed(expected, "", ScenarioReplay.REPLAYED));
    }

    private static Path path(String folder) throws URISyntaxException {
        return Path.of(Cases.class.getResource(folder).toURI());
    }
}
