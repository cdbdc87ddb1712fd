package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Follows each link of the documentation that does not leave the repository, to its file and to its heading. */
class DocumentationLinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @TestFactory
    Stream<DynamicTest> eachLinkLeadsSomewhere() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (String link : links(document)) {
                tests.add(DynamicTest.dynamicTest(
                        Documents.ROOT.relativize(document) + ": " + link,
                        () -> assertThat(leadsSomewhere(document, link)).isTrue()));
            }
        }
        assertThat(tests)
                .as("links in the documentation below %s", Documents.ROOT)
                .hasSizeGreaterThan(30);
        return tests.stream();
    }

    @Test
    void aLinkThatLeadsNowhereIsFound(@TempDir Path folder) throws IOException {
        Path document = Files.writeString(folder.resolve("a.md"), """
                # The `first` one: of two

                [a](a.md) [b](#the-first-one-of-two) [c](b.md) [d](#the-second) [e](a.md#first) [f](https://example.org)
                ```
                [g](no-link)
                ```
                """);

        assertThat(links(document))
                .containsExactly("a.md", "#the-first-one-of-two", "b.md", "#the-second", "a.md#first");
        assertThat(links(document).stream().filter(link -> !leadsSomewhere(document, link)))
                .containsExactly("b.md", "#the-second", "a.md#first");
    }

    private static List<String> links(Path document) throws IOException {
        return Documents.all(LINK, Documents.prose(Files.readString(document))).stream()
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As they are made of headings where Markdown is shown: letters, digits and hyphens, in lower case. */
    private static List<String> anchors(Path document) {
        try {
            return Documents.all(HEADING, Documents.prose(Files.readString(document))).stream()
                    .map(heading -> heading.toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
