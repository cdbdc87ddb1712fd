package org.interruptor.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for what depends on the flags that a JVM is started with. */
final class ForkedJvm {
    private static final String EXPORT = "--add-exports";

    private final List<String> command = new ArrayList<>();
    private String output;
    private int exitStatus;

    private ForkedJvm() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }

    /** This JVM's flags that the engine needs, and others. */
    static ForkedJvm withFlags(String... flags) {
        ForkedJvm jvm = new ForkedJvm();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith(EXPORT)
                        || flag.startsWith("--enable-native-access")
                        || flag.startsWith("--sun-misc-unsafe")
                        || flag.startsWith("-XX:+IgnoreUnrecognized"))
                .forEach(jvm.command::add);
        jvm.command.add("-Dslf4j.internal.verbosity=ERROR"); // ArchUnit logs, and nobody listens
        jvm.command.addAll(List.of(flags));
        return jvm;
    }

    /** None of the flags that the engine needs. */
    static ForkedJvm withoutFlags() {
        return new ForkedJvm();
    }

    /** Runs a class's main method to its end. */
    ForkedJvm run(Class<?> main) throws IOException, InterruptedException {
        command.add(main.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(50, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + command);
            }
            exitStatus = process.exitValue();
        } finally {
            process.destroyForcibly();
        }
        return this;
    }

    /** What it wrote, on both streams. */
    String output() {
        return output;
    }

    int exitStatus() {
        return exitStatus;
    }
}
