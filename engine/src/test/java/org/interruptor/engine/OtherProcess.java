package org.interruptor.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.io.AbstractCloseable;

/** A main class of the test class path in a JVM of its own, whose lines can be read while it runs. */
final class OtherProcess extends AbstractCloseable {
    private final Process process;
    private final BufferedReader lines;

    /** With the flag that Agrona needs. */
    OtherProcess(Class<?> main, String... args) throws IOException {
        this(List.of("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"), main, args);
    }

    private OtherProcess(List<String> flags, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader();
    }

    /** The lines that a main class prints in a JVM with these flags and no others; it must end with status 0. */
    static List<String> linesOf(Class<?> main, String... flags) throws IOException, InterruptedException {
        try (OtherProcess other = new OtherProcess(List.of(flags), main)) {
            List<String> lines = other.lines.lines().toList();
            if (other.waitFor() != 0) {
                throw new AssertionError("status " + other.waitFor() + ", printed " + lines);
            }
            return lines;
        }
    }

    /** The next line that it prints; null when it has ended. */
    String nextLine() throws IOException {
        return lines.readLine();
    }

    int waitFor() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the other process did not end in 30 seconds");
        }
        return process.exitValue();
    }

    @Override
    protected void performClose() {
        process.destroyForcibly();
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
