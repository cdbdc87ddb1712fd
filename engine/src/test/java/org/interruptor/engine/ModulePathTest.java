package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.MultiProducerSequencer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import net.openhft.chronicle.core.Maths;
import org.HdrHistogram.Histogram;
import org.agrona.UnsafeApi;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** An embedder that is a module: it compiles and runs with what the guide names, and sees what an embedder needs and no more. */
class ModulePathTest {
    private static final String FLAG = "--add-exports=java.base/jdk.internal.misc=org.agrona";
    private static final List<Class<?>> ONE_OF_EACH_MODULE = List.of(
            Machine.class,
            GuestMemory.class,
            UnsafeApi.class,
            Maths.class,
            MultiProducerSequencer.class,
            Histogram.class,
            Logger.class);

    private static final String MODULE = """
            module org.example.guest {
                requires org.interruptor.engine;
                requires jdk.jfr;
            }
            """;
    private static final String GUEST = """
            package org.example.guest;

            import org.interruptor.engine.Machine;
            import org.interruptor.engine.Vcpu;
            import org.interruptor.engine.clock.SettableTodClock;
            import org.interruptor.engine.contract.WaitOutcome;
            import org.interruptor.engine.gate.InterruptionType;
            import org.interruptor.engine.observe.CountersSnapshot;
            import org.interruptor.memory.GuestMemory;
            import org.interruptor.memory.Lowcore;
            import org.interruptor.memory.PswMask;

            public final class Main {
                public static void main(String[] args) throws Exception {
                    java.nio.file.Path counters = java.nio.file.Path.of(args[0]);
                    try (jdk.jfr.Recording recording = new jdk.jfr.Recording();
                            GuestMemory storage = GuestMemory.allocate(1 << 20);
                            Machine machine = Machine.builder(storage)
                                    .clock(new SettableTodClock(1)).countersFile(counters).build()) {
                        recording.enable("org.interruptor.Delivery");
                        recording.start();
                        Lowcore lowcore = new Lowcore();
                        lowcore.wrap(storage, 0);
                        lowcore.externalNewPswMask(PswMask.EXTERNAL);
                        Vcpu vcpu = machine.vcpu(0).bind();
                        vcpu.registers().psw(PswMask.EXTERNAL | PswMask.WAIT, 0);
                        vcpu.registers().control(0, 0x200);
                        Thread device = new Thread(() -> machine.injectService(8), "device");
                        device.start();
                        WaitOutcome outcome = vcpu.enterWait();
                        device.join();
                        System.out.println(outcome + ", " + vcpu.deliverPending() + " of "
                                + InterruptionType.SERVICE_SIGNAL + ", parameter " + lowcore.externalParameter());
                        java.nio.file.Path file = counters.resolveSibling("recording.jfr");
                        recording.dump(file);
                        System.out.println(jdk.jfr.consumer.RecordingFile.readAllEvents(file).size() + " event");
                    }
                    System.out.println(CountersSnapshot.class.getModule().getName());
                }
            }
            """;

    @TempDir
    private static Path folder;

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String modulePath(Class<?>... left) {
        return ONE_OF_EACH_MODULE.stream()
                .filter(type -> !List.of(left).contains(type))
                .map(type -> placeOf(type).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @BeforeAll
    static void compilesTheGuest() throws IOException {
        assertThat(compile("guest", GUEST)).isEmpty();
    }

    /** What the compiler says of a main class in a module; nothing if it is content. */
    private static String compile(String name, String guest) throws IOException {
        Path sources = Files.createDirectories(folder.resolve(name + "-sources"));
        Path module = Files.writeString(sources.resolve("module-info.java"), MODULE);
        Path main = Files.writeString(sources.resolve("Main.java"), guest);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        compiler.run(
                null,
                said,
                said,
                "--module-path",
                modulePath(),
                "-d",
                folder.resolve(name).toString(),
                module.toString(),
                main.toString());
        return said.toString(StandardCharsets.UTF_8);
    }

    /** What the guest prints, on both streams. */
    private static List<String> run(String modulePath, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "--module-path",
                modulePath + File.pathSeparator + folder.resolve("guest"),
                "--module",
                "org.example.guest/org.example.guest.Main",
                folder.resolve("counters").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Stream<String> lines = process.inputReader().lines()) {
            List<String> printed = lines.toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anEmbedderIsAModuleThatRequiresTheEngine() throws Exception {
        assertThat(run(modulePath(), FLAG))
                .containsExactly("READY, 1 of SERVICE_SIGNAL, parameter 8", "1 event", "org.interruptor.engine");
    }

    @Test
    void withoutTheFlagTheMessageNamesItForTheModule() throws Exception {
        assertThat(run(modulePath()))
                .anySatisfy(line -> assertThat(line)
                        .endsWith("start the JVM with --add-exports java.base/jdk.internal.misc=org.agrona"));
    }

    @Test
    void aLibraryThatIsMissingIsNamedAtTheStart() throws Exception {
        assertThat(run(modulePath(MultiProducerSequencer.class), FLAG))
                .anySatisfy(line -> assertThat(line).contains("Module com.lmax.disruptor not found"));
    }

    @Test
    void theFloorsBetweenAreNotVisible() throws Exception {
        String said = compile(
                "hidden",
                GUEST.replace("engine.observe.CountersSnapshot", "engine.queue.Arrivals")
                        .replace("CountersSnapshot", "Arrivals"));

        assertThat(said).contains("package org.interruptor.engine.queue is not visible");
    }

    @Test
    void itExportsTheseAndNothingElse() {
        ModuleDescriptor engine = ModuleFinder.of(placeOf(Machine.class))
                .find("org.interruptor.engine")
                .orElseThrow()
                .descriptor();

        assertThat(engine.exports())
                .allMatch(exports -> !exports.isQualified())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        "org.interruptor.engine",
                        "org.interruptor.engine.clock",
                        "org.interruptor.engine.contract",
                        "org.interruptor.engine.gate",
                        "org.interruptor.engine.observe");
        assertThat(engine.opens()).isEmpty();
    }
}
