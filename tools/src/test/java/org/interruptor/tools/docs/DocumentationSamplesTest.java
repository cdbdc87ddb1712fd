package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles each Java sample of the documentation, so that they stay true. */
class DocumentationSamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SAMPLE = Pattern.compile("^```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What the samples take for granted: the embedder's own. */
    private static final String FRAME = """
            import org.interruptor.engine.*;
            import org.interruptor.engine.clock.*;
            import org.interruptor.memory.*;

            class Sample {
                interface Interpreter { boolean step(Vcpu vcpu); }
                interface EventLoop { void wakeUp(Vcpu vcpu); void callAfter(long nanos, Vcpu vcpu); }
                Interpreter interpreter;
                EventLoop eventLoop;
                boolean running;
                boolean handleRequests() { return true; }
                %s
                {
                    %s
                }
            }
            """;

    @TempDir
    Path classes;

    @TestFactory
    Stream<DynamicTest> eachSampleCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher samples = SAMPLE.matcher(Files.readString(document));
            while (samples.find()) {
                String sample = samples.group(1);
                String name = ROOT.relativize(document) + ": "
                        + sample.lines().findFirst().orElse("");
                tests.add(DynamicTest.dynamicTest(
                        name, () -> assertThat(errorsIn(sample)).isEmpty()));
            }
        }
        assertThat(tests).as("samples in the documentation below %s", ROOT).hasSizeGreaterThan(3);
        return tests.stream();
    }

    @Test
    void aSampleThatIsNotTrueFails() {
        assertThat(errorsIn("machine.injectNothing();")).isNotEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .toList();
        }
    }

    private List<String> errorsIn(String sample) {
        String source = sample.contains("class ") ? sample : String.format(FRAME, given(sample), sample);
        Matcher name = Pattern.compile("class (\\w+)").matcher(source);
        assertThat(name.find()).isTrue();
        URI uri = URI.create("string:///" + name.group(1) + ".java");
        JavaFileObject file = new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, List.of("-d", classes.toString(), "-proc:none"), null, List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    /** A machine and a vCPU, unless the sample makes its own. */
    private static String given(String sample) {
        String given = "";
        if (!sample.contains("Machine machine")) {
            given += "Machine machine; ";
        }
        if (!sample.contains("Vcpu vcpu")) {
            given += "Vcpu vcpu; ";
        }
        return given;
    }
}
