package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the guide to running vCPUs do what the guide says: each is compiled, run in a process of its own as its reader would,
 * and prints the lines below it.
 */
class RunningGuideTest {
    private static final Path GUIDE = Documents.ROOT.resolve("engine/doc/running.md");

    /** A program, and the indented block below it. */
    private static final Pattern PROGRAM =
            Pattern.compile("^```java\\n(.*?)^```\\n\\n((?:    [^\\n]*\\n)+)", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("public final class (\\w+)");
    private static final int PROGRAMS = 6;

    /** For a program that hangs. */
    private static final int LIMIT_SECONDS = 240;

    @TempDir
    Path folder;

    private static List<MatchResult> programs() throws IOException {
        return PROGRAM.matcher(Files.readString(GUIDE)).results().toList();
    }

    @Test
    void eachSampleIsAProgramWithItsOutput() throws IOException {
        assertThat(programs())
                .hasSize(Documents.samples(Files.readString(GUIDE), "java").size())
                .hasSizeGreaterThanOrEqualTo(PROGRAMS);
    }

    @TestFactory
    Stream<DynamicTest> itPrintsWhatTheGuideSays() throws IOException {
        return programs().stream().map(program -> {
            String name = Documents.all(NAME, program.group(1)).get(0);
            String expected = program.group(2).replaceAll("(?m)^    ", "");
            return DynamicTest.dynamicTest(
                    name, () -> assertThat(run(name, program.group(1))).isEqualTo(expected));
        });
    }

    private String run(String name, String source) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(classes.resolve(name + ".java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(status).as("compiles").isZero();

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of("-classpath", classes + File.pathSeparator + System.getProperty("java.class.path")));
        command.add(name);
        File out = folder.resolve(name + ".out").toFile();
        File err = folder.resolve(name + ".err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends; it printed %s", name, Files.readString(out.toPath()))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err.toPath())).isZero();
        return Files.readString(out.toPath()).replace("\r\n", "\n");
    }
}
