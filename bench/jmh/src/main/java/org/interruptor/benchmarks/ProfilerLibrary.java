package org.interruptor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** async-profiler's native library, out of its jar: JMH wants a file. */
final class ProfilerLibrary {
    private static final String NAME = "async";
    private static final String PATH = "libPath=";

    private ProfilerLibrary() {}

    /**
     * The argument of {@code -prof}, with the path of the library if it is async-profiler's and has none.
     *
     * @throws IOException if the library cannot be written.
     */
    static String withPath(String profiler) throws IOException {
        boolean isAsync = profiler.equals(NAME) || profiler.startsWith(NAME + ":");
        if (!isAsync || profiler.contains(PATH)) {
            return profiler;
        }
        String options = profiler.equals(NAME) ? "" : ";" + profiler.substring(NAME.length() + 1);
        return NAME + ":" + PATH + extract() + options;
    }

    private static Path extract() throws IOException {
        String resource = "/" + folder() + "/libasyncProfiler.so";
        try (InputStream stream = ProfilerLibrary.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("async-profiler has no library for " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"));
            }
            Path file = Files.createTempFile("libasyncProfiler", ".so");
            file.toFile().deleteOnExit();
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    private static String folder() {
        if (System.getProperty("os.name").startsWith("Mac")) {
            return "macos";
        }
        return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
    }
}
