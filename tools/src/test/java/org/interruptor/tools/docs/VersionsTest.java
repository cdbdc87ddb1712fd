package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One version everywhere: the BOM has no parent, and the documents name the version by hand. What a release sets, it sets in
 * all these places.
 */
class VersionsTest {
    private static final Pattern OWN =
            Pattern.compile("<groupId>org\\.interruptor</groupId>\\s*<artifactId>interruptor-[\\w-]+</artifactId>\\s*"
                    + "<version>(\\d[\\w.-]*)</version>");
    private static final Pattern STATUS = Pattern.compile("^Status: (\\d[\\w.-]*)[,.]", Pattern.MULTILINE);

    @Test
    void allPomsHaveTheVersionOfTheParent() throws IOException {
        String version = version();
        List<String> others = Stream.of(
                        "memory", "engine", "engine/bom", "engine/jcstress", "bench", "bench/jmh", "tools")
                .map(module -> module + " " + ownVersions(Documents.ROOT.resolve(module + "/pom.xml")))
                .filter(found -> !found.endsWith(" [" + version + "]"))
                .toList();
        assertThat(others).as("modules with another version than %s", version).isEmpty();
    }

    @Test
    void theDocumentsNameTheVersion() throws IOException {
        String version = version();
        assertThat(Documents.all(STATUS, Files.readString(Documents.ROOT.resolve("README.md"))))
                .containsExactly(version);
        assertThat(ownVersions(Documents.ROOT.resolve("engine/doc/embedding.md")))
                .isNotEmpty()
                .containsOnly(version);
    }

    private static String version() throws IOException {
        Matcher matcher = OWN.matcher(Files.readString(Documents.ROOT.resolve("pom.xml")));
        assertThat(matcher.find()).as("the version of the parent").isTrue();
        return matcher.group(1);
    }

    private static List<String> ownVersions(Path file) {
        try {
            return Documents.all(OWN, Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
