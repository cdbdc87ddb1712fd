package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.SimpleCloseable;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.Assertions;
import org.slf4j.Logger;

/** Runs a main class in a JVM of its own, for what a flag decides when a JVM starts. */
final class ForkedJvm {

    static final String AGRONA_FLAG = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private final Path folder;

    /** With a folder for what it prints; the working directory of the new JVM, too. */
    ForkedJvm(Path folder) {
        this.folder = folder;
    }

    record Output(List<String> out, List<String> err) {}

    /** Runs until it ends, and has it end well. */
    Output run(Class<?> main, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", classPath(main), main.getName()));

        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Each may hold the flag, or make the JVM talk.
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        int status = builder.start().waitFor();
        Output output = new Output(Files.readAllLines(out), Files.readAllLines(err));
        assertThat(status).as("exit status of a JVM that said %s", output).isZero();
        return output;
    }

    /** From where the classes are: the test runner's own class path may be a jar of references. */
    private static String classPath(Class<?> main) {
        return Stream.of(
                        main,
                        GuestMemory.class,
                        UnsafeBuffer.class,
                        SimpleCloseable.class,
                        Logger.class,
                        Assertions.class)
                .map(ForkedJvm::location)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
