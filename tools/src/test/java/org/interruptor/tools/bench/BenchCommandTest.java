package org.interruptor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.result.Results;
import org.interruptor.bench.result.ScenarioResult;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private static final List<String> QUICK = List.of("--duration", "5ms", "--warmup", "0ms", "--rounds", "3");

    @TempDir
    private Path folder;

    private CommandRun bench(String... args) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(args));
        all.addAll(QUICK);
        all.addAll(List.of("--output", folder.toString()));
        return CommandRun.of(all.toArray(new String[0]));
    }

    private Results results() throws IOException {
        return Results.read(folder.resolve("results.json"));
    }

    @Test
    void aRunPrintsTablesAndEndsWithThePathOfTheReport() throws IOException {
        CommandRun run = bench("pair-virtio", "--engines", "interruptor,lists");

        assertThat(run.out())
                .contains("One thread, inject and deliver (less is better)\n")
                .contains("\n  pair-virtio")
                .endsWith("Report: " + folder.resolve("report.html") + "\n");
        assertThat(run.err()).isEqualTo("Measuring for about 1 seconds.\n  0 %  pair-virtio\n");
        assertThat(run.status()).isZero();
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(results().scenario("pair-virtio").orElseThrow().contenders()).hasSize(2);
    }

    @Test
    void eachDimensionReachesTheResults() throws IOException {
        CommandRun run = bench(
                ("one-to-one-floating --vcpus 2 --injectors 2 --mix emergency=2,virtio --wait spin-then-park:7 --outstanding 9"
                                + " --floating-capacity 64 --local-capacity 32 --seed 5 --engines interruptor --pin")
                        .split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        ScenarioResult result = results().scenarios().get(0);
        assertThat(result.scenario().load().toString())
                .contains(
                        "vcpus=2",
                        "injectors=2",
                        "mix=emergency=2,virtio=1",
                        "waitMode=spin-then-park:7",
                        "outstanding=9")
                .contains("floatingCapacity=64", "localCapacity=32", "seed=5");
        assertThat(result.timing().roundMillis()).isEqualTo(5);
    }

    @Test
    void backlogsAreMeasuredOneByOne() throws IOException {
        CommandRun run = bench("backlog", "--backlog", "3,70", "--engines", "interruptor,mpmc");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(results().scenarios())
                .extracting(
                        result -> result.scenario().name(),
                        result -> result.scenario().load().backlog())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("backlog-3", 3),
                        org.assertj.core.groups.Tuple.tuple("backlog-70", 70));
    }

    @Test
    void whoNamesEnginesAloneMeasuresWhatTheseCanDo() throws IOException {
        CommandRun run = bench("--engines", "park-nanos");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(results().scenarios())
                .extracting(result -> result.scenario().name())
                .containsExactly("deadline", "deadline-park");
    }

    @Test
    void aRateThatNobodyCanKeepIsRefusedAndIsTheExitStatus() {
        CommandRun run = CommandRun.of(
                ("bench latency-spin --rate 100000000 --engines lists --duration 20ms --warmup 0ms --rounds 1 --output "
                                + folder)
                        .split(" "));

        assertThat(run.out()).contains("NOT REPORTED").contains("latency-spin, lists: the rate was missed: ");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anotherBuildIsMeasuredBesideThisOneInEachJvm() throws IOException {
        CommandRun run = bench("pair-virtio", "--engines", "interruptor", "--jvms", "2", "--engine-jar", classPath());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(results().scenario("pair-virtio").orElseThrow().contenders())
                .extracting(ContenderResult::engine)
                .containsExactly(Contender.INTERRUPTOR, Contender.INTERRUPTOR_OLD);
        assertThat(run.out()).contains("interruptor-old");
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(part -> Files.exists(Path.of(part)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void aRunIsComparedWithAnEarlierOne() throws IOException {
        bench("pair-virtio", "--engines", "interruptor");
        Path old = Files.move(folder.resolve("results.json"), folder.resolve("old.json"));
        CommandRun run = bench("pair-virtio", "--engines", "interruptor", "--compare", old.toString());

        assertThat(run.out())
                .contains("Compared with the run of ")
                .contains(
                        "2 not judged: too few JVMs, and each lays out the same code differently; to judge 2 figures together, 5"
                                + " are needed in each run")
                .contains("pair-virtio has no other engine in both runs");
        assertThat(run.err()).contains("Note: with 1 JVM no change can be judged. At least 5 are needed");
        assertThat(run.status()).isZero();
    }

    @Test
    void whatIsWorseIsAnExitStatusForCi() throws IOException {
        Path old = recorded("old.json", 1);
        Path worse = recorded("worse.json", 1.5);

        CommandRun quiet = compare(old, worse);
        assertThat(quiet.status()).as(quiet.err()).isZero();
        CommandRun run = compare(old, worse, "--fail-on-worse");
        assertThat(run.out())
                .contains("Compared with the run of ")
                .contains("  WORSE\n")
                .doesNotContain("Report:");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(3);
        assertThat(compare(worse, old, "--fail-on-worse").status()).isZero();
        assertThat(compare(old, old, "--fail-on-worse").status()).isZero();
    }

    @Test
    void whatCannotBeJudgedIsAnotherExitStatusForCi() throws IOException {
        Path old = recorded("old.json", 1);
        Path worse = recorded("worse.json", 1.5);
        String json = Files.readString(worse);
        Path busy = Files.writeString(
                folder.resolve("busy.json"), json.replaceAll("\"otherCores\" : [^,]*", "\"otherCores\" : 1.5"));

        assertThat(compare(old, busy, "--fail-on-worse").status()).isEqualTo(4);
        assertThat(compare(old, busy, "--fail-on-worse", "--judge-busy").status())
                .isEqualTo(3);
    }

    private static CommandRun compare(Path before, Path after, String... more) {
        List<String> args =
                new ArrayList<>(List.of("bench", "--compare", before.toString(), "--with", after.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(new String[0]));
    }

    /** Results of a quiet host and six JVMs, whose times are so many times 100 ns. */
    private Path recorded(String name, double factor) throws IOException {
        bench("pair-virtio", "--engines", "interruptor");
        String json = Files.readString(folder.resolve("results.json"));
        double[] values = {100, 101, 102, 99, 98, 100.5};
        String samples = Arrays.stream(values)
                .mapToObj(value -> Double.toString(value * factor))
                .collect(Collectors.joining(", "));
        return Files.writeString(
                folder.resolve(name),
                json.replaceAll("(?s)(\"figure\" : \"(?:pair|cpu)\".*?\"samples\" : \\[)[^\\]]*", "$1" + samples)
                        .replaceAll("(?s)(\"figure\" : \"allocated\".*?\"value\" :)[^,]*", "$1 0.0")
                        .replaceAll("\"rounds\" : [^,}\\s]*", "\"rounds\" : 1")
                        .replaceAll("\"jvms\" : [^,]*", "\"jvms\" : 6")
                        .replaceAll("\"otherCores\" : [^,]*", "\"otherCores\" : 0.0"));
    }

    @Test
    void theListNamesAllScenariosAndEngines() {
        CommandRun run = CommandRun.of("bench", "--list");

        assertThat(run.out()).contains("  pair-emergency ", "  64-vcpus ", "  latency-cold ");
        for (Contender engine : Contender.values()) {
            assertThat(run.out()).contains("  " + engine.label() + " ");
        }
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pair-virtoi                       | scenario 'pair-virtoi': expected one of pair-emergency, pair-virtio,
            --engines nobody                  | engine 'nobody': expected one of interruptor, interruptor-old, lists,
            64-vcpus --engines disruptor      | scenario 64-vcpus: no engine can do it, or none was chosen: those that can are interruptor,
            pair-virtio --rate 100            | scenario pair-virtio: open loop, 100 a second, constant gaps: expected no rate
            latency-spin --rate 1 --outstanding 1 | --rate and --outstanding exclude each other
            pair-virtio --arrivals poisson    | --arrivals needs an open loop
            latency-spin --arrivals sometimes | arrivals 'sometimes': expected constant or poisson
            pair-virtio --wait sleep          | wait 'sleep': expected run, spin, park,
            pair-virtio --mix virtio=0        | share of virtio=0: expected 1 to 1000
            pair-virtio --rounds 0            | rounds=0: expected 1 to 1000
            pair-virtio --jvms 0              | jvms=0: expected 1 to 100
            pair-emergency --backlog 5        | backlog=5 with mix=emergency: the backlog is of masked emergency signals
            --engine-jar nosuch.jar           | nosuch.jar: no such file
            pair-virtio --engines interruptor-old | engine interruptor-old is another build: say where it is with --engine-jar
            --compare nosuch.json             | nosuch.json: no such file
            --compare pom.xml --with nosuch.json | pom.xml: expected results of 'interruptor bench'
            pair-virtio --fail-on-worse       | --fail-on-worse needs --compare OLD.json or --engine-jar OLD.jar
            """)
    void whatIsWrongIsOneSentenceAndStatus2(String args, String sentence) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(args.split(" ")));

        CommandRun run = CommandRun.of(all.toArray(new String[0]));

        assertThat(run.err()).startsWith("interruptor bench: " + sentence).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"--duration, 5", "--duration, 5min", "--warmup, -1s", "--duration, 0x5s", "--duration, 99999999s"})
    void aWrongTimeIsOneSentence(String option, String time) {
        CommandRun run = CommandRun.of("bench", option, time);

        assertThat(run.err())
                .contains("'" + time + "': expected a time such as 200ms, 2s or 1m")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aFileOfSomethingElseIsOneSentence() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");

        CommandRun run = CommandRun.of("bench", "--compare", other.toString());

        assertThat(run.err())
                .startsWith("interruptor bench: " + other + ": expected results of 'interruptor bench'")
                .hasLineCount(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeAnythingIsMeasured() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        CommandRun run =
                CommandRun.of("bench", "--output", file.resolve("below").toString());

        assertThat(run.err()).contains("cannot be written: ").hasLineCount(1);
        assertThat(run.status()).isEqualTo(2);
    }
}
