package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCommandTest {
    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aScenarioIsRecordedWithAFlameGraphForEachEventThatHasSamples() {
        CommandRun run = profileUntilDrawn(500);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("Event no-such-counter is not to be had here (")
                .contains(" instead.\n")
                .containsPattern("Warming up for 0\\.1 seconds\\.\nRecording for [0-9.]+ seconds\\.\nDrawing\\.\n$");
        assertThat(run.out())
                .startsWith("pair-virtio, lists: inject + deliver ")
                .containsPattern("alloc: [0-9,]+ samples, " + Pattern.quote(folder.resolve("alloc.html") + "\n"))
                .contains("org.interruptor.bench.baseline.Interruption\n")
                .endsWith("Recording: " + folder.resolve("profile.jfr") + "\n");
        assertThat(folder.resolve("profile.jfr")).isNotEmptyFile();
        assertThat(folder.resolve("alloc.html")).content().contains("pair-virtio, lists: alloc, ");
    }

    /** For longer, where a busy machine leaves too few samples. */
    private CommandRun profileUntilDrawn(int millis) {
        CommandRun run = CommandRun.of(
                "profile",
                "pair-virtio",
                "--engine=lists",
                "--events=no-such-counter,alloc,lock",
                "--warmup=100ms",
                "--duration=" + millis + "ms",
                "--output=" + folder);
        boolean isDrawn = Files.exists(folder.resolve("alloc.html"));
        return isDrawn || millis > 30_000 ? run : profileUntilDrawn(4 * millis);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing                      | scenario 'nothing': expected one of pair-emergency,
            backlog                      | scenario 'backlog' is a group: name one of backlog-0, backlog-100,
            pair-virtio --engine unpark  | engine unpark cannot do scenario pair-virtio: those that can are interruptor,
            pair-virtio --engine me      | engine 'me': expected one of interruptor,
            pair-virtio --events cpu,cycles | events cpu and cycles exclude each other: expected one of these, and any of wall,
            pair-virtio --injectors 2    | scenario pair-virtio: injectors=2: expected 1
            """)
    void whatIsWrongIsOneSentenceAndStatus2(String args, String sentence) {
        List<String> all = new ArrayList<>(List.of("profile"));
        all.addAll(List.of(args.split(" ")));

        CommandRun run = CommandRun.of(all.toArray(new String[0]));

        assertThat(run.err()).startsWith("interruptor profile: " + sentence).hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }

    private static Stack stack(String line) {
        return Stack.parse(line).orElseThrow();
    }

    @Test
    void topFramesAreThoseInWhichMostSamplesEnd() {
        List<Stack> stacks = Stream.of(
                        "a;b;x/Y.c_[i] 30", "a;x/Y.c_[j] 20", "a;b 40", "d_[k] 9", "java.lang.Object[]_[i] 1")
                .map(line -> stack("[vcpu-0 tid=1];" + line))
                .toList();

        assertThat(FlameGraphs.tops(stacks, 3))
                .containsExactly(
                        new FlameGraphs.Top("x.Y.c", 50, 0.5),
                        new FlameGraphs.Top("b", 40, 0.4),
                        new FlameGraphs.Top("d", 9, 0.09));
        assertThat(FlameGraphs.tops(List.of(), 3)).isEmpty();
        assertThat(Stack.parse("")).isEmpty();
        assertThat(Stack.parse("no;thread 3")).isEmpty();
    }

    @Test
    void framesOfTheHarnessAreOneAndThoseOfTheEngineStay() {
        Stack stack = stack(
                "[vcpu-12 tid=77];java/lang/Thread.run_[0];org/interruptor/bench/trial/Workers.run_[0];"
                        + "org/interruptor/bench/baseline/VcpuUnderTest.serve_[j];org/interruptor/engine/Delivery.perform_[i] 5");

        assertThat(stack.frames()).containsExactly(Stack.HARNESS, "org/interruptor/engine/Delivery.perform_[i]");
        assertThat(stack.toLine()).isEqualTo("vcpu;harness;Delivery.perform_[i] 5");
        assertThat(stack.isWorkers()).isTrue();
        assertThat(stack("[C2 CompilerThread0 tid=3];Compile::Compile 1").isWorkers())
                .isFalse();
        assertThat(stack("[one-thread tid=3];org/interruptor/bench/baseline/SpinLock.acquire_[j] 1")
                        .top())
                .isEqualTo("org.interruptor.bench.baseline.SpinLock.acquire");
        assertThat(stack("[vcpu-0 tid=3];a/B.c_[j];__restore_rt;PerfEvents::signalHandler 1")
                        .top())
                .isEqualTo(Stack.PROFILER);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void fewerThanFiftySamplesAreCountedAndNotDrawn() {
        CommandRun run = CommandRun.of(
                "profile", "pair-virtio", "--events=wall", "--warmup=20ms", "--duration=20ms", "--output=" + folder);

        assertThat(run.status()).as(run.err()).isZero();
        // A busy machine can make the recording so long that there are enough.
        boolean isDrawn = Files.exists(folder.resolve("wall.html"));
        assertThat(run.out())
                .containsPattern(
                        isDrawn
                                ? "wall: (\\d{3,}|[5-9]\\d) samples, /"
                                : "wall: (no samples|[1-4]?\\d samples, too few to draw: it takes 50)");
    }

    /** The profiler's own arguments are separated by commas. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFolderMayHaveACommaOrAPercentSignInItsName() {
        Path output = folder.resolve("a,b %p,jfr");
        CommandRun run = CommandRun.of(
                "profile", "pair-virtio", "--events=wall", "--warmup=20ms", "--duration=20ms", "--output=" + output);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("Recording: " + output.resolve("profile.jfr") + "\n");
        assertThat(output.resolve("profile.jfr")).isNotEmptyFile();
        assertThat(folder.toFile().list()).containsExactly("a,b %p,jfr");
    }

    @Test
    void oneMainEventAndAnyBesideItAreRecordedTogether() {
        ProfilerEvents events = ProfilerEvents.of(List.of("wall", "cycles", "lock"));

        assertThat(events.names()).containsExactly("cycles", "wall", "lock");
        assertThat(ProfilerEvents.candidates("cycles")).containsExactly("cycles", "cpu", "ctimer", "itimer");
        assertThat(ProfilerEvents.candidates("cpu")).containsExactly("cpu", "ctimer", "itimer");
        assertThat(ProfilerEvents.candidates("wall")).containsExactly("wall");
        assertThat(ProfilerEvents.argument("context-switches")).isEqualTo("event=context-switches,interval=1");
        assertThatIllegalArgumentException().isThrownBy(() -> ProfilerEvents.of(List.of("cpu", "itimer")));
    }
}
