package org.interruptor.bench.run;

import java.util.List;

/**
 * The options that a JVM needs which is started with {@code -cp}, where the manifest of a jar has no say: the same line as the
 * tests', without effect on Java 17 beyond the export, and without a warning on 25.
 */
public final class JvmFlags {
    /** One option each. */
    public static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private JvmFlags() {}
}
