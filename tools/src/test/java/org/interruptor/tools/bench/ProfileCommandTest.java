package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        CommandRun run = CommandRun.of(
                "profile",
                "pair-virtio",
                "--engine=lists",
                "--events=no-such-counter,alloc,lock",
                "--warmup=100ms",
                "--duration=500ms",
                "--output=" + folder);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("Event no-such-counter is not to be had here (")
                .endsWith(" instead.\n");
        assertThat(run.out())
                .startsWith("pair-virtio, lists: inject + deliver ")
                .contains("alloc: " + folder.resolve("alloc.html") + "\n")
                .contains("org.interruptor.bench.baseline.Interruption\n")
                .endsWith("Recording: " + folder.resolve("profile.jfr") + "\n");
        assertThat(folder.resolve("profile.jfr")).isNotEmptyFile();
        assertThat(folder.resolve("alloc.html")).content().contains("pair-virtio, lists: alloc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing                      | scenario 'nothing': expected one of pair-emergency,
            backlog                      | scenario 'backlog' is a group: name one of backlog-0, backlog-100,
            pair-virtio --engine unpark  | engine unpark cannot do scenario pair-virtio: those that can are interruptor,
            pair-virtio --engine me      | engine 'me': expected one of interruptor,
            pair-virtio --events cpu,cycles | events cpu and cycles exclude each other: expected one of these, and any of wall,
            pair-virtio --vcpus 2        | scenario pair-virtio: vcpus=2: expected 1
            """)
    void whatIsWrongIsOneSentenceAndStatus2(String args, String sentence) {
        List<String> all = new ArrayList<>(List.of("profile"));
        all.addAll(List.of(args.split(" ")));

        CommandRun run = CommandRun.of(all.toArray(new String[0]));

        assertThat(run.err()).startsWith("interruptor profile: " + sentence).hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void topFramesAreThoseInWhichMostSamplesEnd() {
        List<String> stacks =
                List.of("a;b;x/Y.c_[i] 30", "a;x/Y.c_[j] 20", "a;b 40", "d_[k] 9", "java.lang.Object[]_[i] 1", "");

        assertThat(FlameGraphs.tops(stacks, 3))
                .containsExactly(
                        new FlameGraphs.Top("x.Y.c", 0.5),
                        new FlameGraphs.Top("b", 0.4),
                        new FlameGraphs.Top("d", 0.09));
        assertThat(FlameGraphs.tops(List.of(), 3)).isEmpty();
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
