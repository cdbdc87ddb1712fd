package org.interruptor.bench.c;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds the baseline in C, once for each JVM, with the C compiler of this machine.
 *
 * <p>Threads: any.
 */
public final class CCompiler {
    private static final String SOURCE = "lists.c";
    private static final List<String> NAMES = List.of("cc", "gcc", "clang");
    private static final long PATIENCE_SECONDS = 120;

    private static Path built;

    private CCompiler() {}

    /** The compiler: the first of cc, gcc and clang on the path; empty if there is none. */
    public static Optional<Path> find() {
        return find(System.getenv("PATH"));
    }

    static Optional<Path> find(String path) {
        return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What the compiler says of itself, in a line; "none" if there is none. */
    public static String version() {
        return find().flatMap(CCompiler::firstLine).orElse("none");
    }

    private static Optional<String> firstLine(Path compiler) {
        try {
            Process process = new ProcessBuilder(compiler.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                return Optional.ofNullable(lines.readLine());
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The program, built if it is not yet.
     *
     * @throws IOException if it cannot be built; the message says why in one sentence.
     */
    static synchronized Path program() throws IOException {
        if (built == null) {
            Path compiler = find().orElseThrow(() -> new IOException("no C compiler (cc, gcc or clang) on the path"));
            built = build(compiler);
        }
        return built;
    }

    private static Path build(Path compiler) throws IOException {
        Path folder = Files.createTempDirectory("interruptor-c");
        Path source = folder.resolve(SOURCE);
        Path program = folder.resolve("lists");
        try (InputStream stream = CCompiler.class.getResourceAsStream(SOURCE)) {
            if (stream == null) {
                throw new IOException("the source " + SOURCE + " is not among the classes");
            }
            Files.copy(stream, source);
        }
        for (Path file : List.of(folder, source, program)) { // deleted in the reverse order
            file.toFile().deleteOnExit();
        }
        Process process = new ProcessBuilder(
                        compiler.toString(),
                        "-std=gnu11",
                        "-O2",
                        "-pthread",
                        "-o",
                        program.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(compiler.getFileName() + " does not build it: "
                        + output.lines().findFirst().orElse("it says nothing"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + compiler.getFileName() + " was at work", e);
        } finally {
            process.destroy();
        }
        return program;
    }
}
