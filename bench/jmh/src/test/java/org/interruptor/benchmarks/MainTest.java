package org.interruptor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    @Test
    void forksGetTheFlagsBesideTheUsersOwn() {
        List<String> none = new ArrayList<>(List.of("Pair"));
        List<String> some = new ArrayList<>(List.of("-jvmArgsAppend", "-Xmx2g", "Pair"));

        Main.addForkFlags(none);
        Main.addForkFlags(some);

        assertThat(none)
                .hasSize(3)
                .startsWith("Pair", "-jvmArgsAppend")
                .last()
                .asString()
                .contains(EXPORT);
        assertThat(some).hasSize(3).contains("-jvmArgsAppend", "Pair");
        assertThat(some.get(1)).contains(EXPORT).endsWith(" -Xmx2g");
    }

    @Test
    void asyncProfilerGetsThePathOfItsLibrary() throws Exception {
        String plain = ProfilerLibrary.withPath("async");
        String options = ProfilerLibrary.withPath("async:output=flamegraph;dir=out");

        assertThat(plain).startsWith("async:libPath=").endsWith(".so");
        assertThat(Path.of(plain.substring("async:libPath=".length()))).isNotEmptyFile();
        assertThat(options).startsWith("async:libPath=").endsWith(".so;output=flamegraph;dir=out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gc", "asyncish", "async:libPath=/x.so", "async:event=cpu;libPath=/x.so"})
    void otherProfilersAndKnownPathsAreLeftAlone(String profiler) throws Exception {
        assertThat(ProfilerLibrary.withPath(profiler)).isEqualTo(profiler);
    }
}
