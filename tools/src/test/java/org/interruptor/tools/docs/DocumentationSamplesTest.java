package org.interruptor.tools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import org.interruptor.engine.event.CoalescedEvent;
import org.interruptor.engine.event.DeliveryEvent;
import org.interruptor.engine.event.FaultEvent;
import org.interruptor.engine.event.InjectionEvent;
import org.interruptor.engine.event.SuppressedEvent;
import org.interruptor.engine.event.WaitEvent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles each Java sample of the documentation, so that they stay true. */
class DocumentationSamplesTest {
    private static final Pattern EVENT_SETTING = Pattern.compile("\\+([\\w.]+)#enabled=");

    /** What the samples take for granted: the embedder's own. */
    private static final String FRAME = """
            import java.nio.file.*;
            import org.interruptor.engine.*;
            import org.interruptor.engine.clock.*;
            import org.interruptor.engine.contract.*;
            import org.interruptor.engine.gate.*;
            import org.interruptor.engine.observe.*;
            import org.interruptor.memory.*;

            class Sample {
                interface Interpreter { boolean step(Vcpu vcpu); }
                interface EventLoop { void wakeUp(Vcpu vcpu); void callAfter(long nanos, Vcpu vcpu); }
                Interpreter interpreter;
                EventLoop eventLoop;
                boolean running;
                boolean handleRequests() { return true; }
                %s
                void sample() throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    Path classes;

    @TestFactory
    Stream<DynamicTest> eachSampleCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (String sample : Documents.samples(Files.readString(document), "java")) {
                String name = Documents.ROOT.relativize(document) + ": "
                        + sample.lines().findFirst().orElse("");
                tests.add(DynamicTest.dynamicTest(
                        name, () -> assertThat(errorsIn(sample)).isEmpty()));
            }
        }
        assertThat(tests)
                .as("samples in the documentation below %s", Documents.ROOT)
                .hasSizeGreaterThan(3);
        return tests.stream();
    }

    @Test
    void aSampleThatIsNotTrueFails() {
        assertThat(errorsIn("machine.injectNothing();")).isNotEmpty();
    }

    @Test
    void settingsOfARecordingInTheDocumentationNameEventsThatExist() throws Exception {
        Set<String> exist = Stream.of(
                        InjectionEvent.class,
                        DeliveryEvent.class,
                        WaitEvent.class,
                        FaultEvent.class,
                        CoalescedEvent.class,
                        SuppressedEvent.class)
                .map(event -> EventType.getEventType(event).getName())
                .collect(Collectors.toSet());
        Set<String> named = new HashSet<>();
        for (Path document : Documents.all()) {
            String text = Files.readString(document);
            named.addAll(Documents.all(EVENT_SETTING, text));
            for (String settings : Documents.samples(text, "xml")) {
                if (settings.contains("<configuration version")) {
                    Configuration.create(new StringReader(settings)).getSettings().keySet().stream()
                            .map(setting -> setting.replaceAll("#.*", ""))
                            .forEach(named::add);
                }
            }
        }
        assertThat(named).isEqualTo(exist);
    }

    private List<String> errorsIn(String sample) {
        String source = sample.contains("class ") ? sample : String.format(Locale.ROOT, FRAME, given(sample), sample);
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
        if (sample.contains("builder(storage)") && !sample.contains("GuestMemory storage")) {
            given += "GuestMemory storage; ";
        }
        return given;
    }
}
