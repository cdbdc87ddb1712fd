package org.interruptor.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import jdk.jfr.Recording;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.event.CoalescedEvent;
import org.interruptor.engine.event.DeliveryEvent;
import org.interruptor.engine.event.FaultEvent;
import org.interruptor.engine.event.InjectionEvent;
import org.interruptor.engine.event.SuppressedEvent;
import org.interruptor.engine.event.WaitEvent;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(400)
class TraceCommandTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;

    private static final String NO_RECORDING = "no JFR recording: it does not begin as one";

    @TempDir
    private static Path directory;

    private static Path file;
    private static int machine;

    /** vCPU 0 waits, is woken by a virtio interruption and takes it; vCPU 1 faults. */
    @BeforeAll
    static void record() throws IOException {
        file = directory.resolve("guest.jfr");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine recorded =
                        Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).build();
                Recording recording = new Recording()) {
            List.of(InjectionEvent.NAME, DeliveryEvent.NAME, WaitEvent.NAME, FaultEvent.NAME)
                    .forEach(recording::enable);
            recording.start();
            machine = recorded.number();
            Vcpu vcpu = recorded.vcpu(0).bind();
            vcpu.registers().psw(EXTERNAL, 0);
            vcpu.registers().control(0, 0x200);
            vcpu.beginWait(() -> {});
            recorded.injectVirtio(7, 0x1_0000_0000L);
            vcpu.endWait();
            vcpu.deliverPending();
            Vcpu faulty = recorded.vcpu(1).bind();
            faulty.registers().prefix(0xffff_e000L);
            faulty.handle().injectRestart();
            faulty.deliverPending();
            recording.stop();
            recording.dump(file);
        }
    }

    private static CommandRun trace(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "trace";
        args[1] = file.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    /** What stands in the lines but for times, machine and thread. */
    private static List<String> lines(String... options) {
        return trace(options)
                .out()
                .lines()
                .skip(1)
                .map(line -> line.replaceAll("^ +\\d+\\.\\d{9}  machine \\d+  ", "")
                        .replaceAll("after .*", "after")
                        .replaceAll("  +" + Thread.currentThread().getName() + "$", "")
                        .replaceAll("  +", " "))
                .toList();
    }

    @Test
    void printsEventsInTheOrderOfTime() {
        assertThat(lines())
                .containsExactly(
                        "vCPU 0 wait begins",
                        "any vCPU inject virtio 0x7 0x100000000",
                        "vCPU 0 wait ends: ready, after",
                        "vCPU 0 deliver virtio 0x7 0x100000000",
                        "vCPU 1 inject restart",
                        "vCPU 1 fault restart, no lowcore at 0xffffe000");
    }

    @Test
    void printsInjectionsThatWereCoalescedOrSuppressed(@TempDir Path folder) throws IOException {
        Path merged = folder.resolve("merged.jfr");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine recorded = Machine.builder(storage).build();
                Recording recording = new Recording()) {
            List.of(InjectionEvent.NAME, CoalescedEvent.NAME, SuppressedEvent.NAME)
                    .forEach(recording::enable);
            recording.start();
            recorded.injectTimingAlert(1);
            recorded.injectTimingAlert(2);
            recorded.suppression(3, true);
            recorded.injectAdapter(3, true);
            recorded.injectAdapter(3, true);
            recording.stop();
            recording.dump(merged);
        }

        assertThat(CommandRun.of("trace", merged.toString()).out().lines().skip(1))
                .extracting(line -> line.replaceAll("^.*any vCPU  ", "")
                        .replaceAll("  +" + Thread.currentThread().getName() + "$", ""))
                .containsExactly(
                        "inject   timing-alert 0x1",
                        "inject   timing-alert 0x2, coalesced",
                        "inject   adapter 0x3",
                        "inject   adapter 0x3, suppressed");
        CommandRun json = CommandRun.of("trace", "--json", "--event", "suppressed", merged.toString());
        assertThat(json.out()).contains("\"event\":\"suppressed\"", "\"type\":\"adapter\"");
    }

    @Test
    void beginsAtZeroAndNamesMachineAndThread() {
        List<String> lines = trace().out().lines().toList();

        assertThat(lines.get(0)).matches("seconds since \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
        assertThat(lines.get(1))
                .startsWith("     0.000000000  machine " + machine + "  vCPU 0    wait ")
                .endsWith(Thread.currentThread().getName());
    }

    @Test
    void choosesByVcpuTypeAndKind() {
        assertThat(lines("--vcpu", "1")).hasSize(2).allMatch(line -> line.startsWith("vCPU 1 "));
        assertThat(lines("--type", "virtio")).hasSize(2).allMatch(line -> line.contains("virtio"));
        assertThat(lines("--type", "virtio", "--type", "restart", "--vcpu", "0"))
                .hasSize(1);
        assertThat(lines("--event", "wait")).hasSize(2).allMatch(line -> line.contains("wait"));
        assertThat(lines("--event", "fault", "--machine", Integer.toString(machine)))
                .hasSize(1);
        CommandRun none = trace("--machine", "9999");
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).isEqualTo(file + ": no event that was asked for\n");
    }

    @Test
    void summarisesAndDrawsInsteadOfPrinting() throws IOException {
        Path page = directory.resolve("guest.html");

        CommandRun run = trace("--summary", "--html", page.toString());

        assertThat(run.out())
                .startsWith("5 events in ")
                .contains("1 interruptions injected and delivered, 1 injected alone, 0 delivered alone.")
                .containsPattern("virtio +1 ")
                .endsWith("Picture: " + page + "\n")
                .doesNotContain("seconds since");
        assertThat(page).content().contains("Interruptor trace", "\"vCPU 0\"", "\"vCPU 1\"", "guest.jfr");
        assertThat(CommandRun.of(
                                "trace",
                                file.toString(),
                                "--html",
                                directory.resolve("no/such.html").toString())
                        .err())
                .contains("cannot be written: ");
    }

    @Test
    void printsJson() throws IOException {
        List<String> lines = trace("--json").out().lines().toList();
        assertThat(lines).hasSize(5);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode wait = mapper.readTree(lines.get(0));
        assertThat(wait.get("event").asText()).isEqualTo("wait");
        assertThat(wait.get("outcome").asText()).isEqualTo("ready");
        assertThat(wait.get("duration_ns").asLong()).isPositive();
        assertThat(wait.get("vcpu").asInt()).isZero();
        JsonNode injection = mapper.readTree(lines.get(1));
        assertThat(injection.has("vcpu")).isFalse();
        assertThat(injection.get("type").asText()).isEqualTo("virtio");
        assertThat(injection.get("parameter").asText()).isEqualTo("0x7");
        assertThat(injection.get("parameter64").asText()).isEqualTo("0x100000000");
        JsonNode fault = mapper.readTree(lines.get(4));
        assertThat(fault.get("prefix").asText()).isEqualTo("0xffffe000");
    }

    @Test
    void saysThatARecordingHasNoEvents() throws IOException {
        Path empty = directory.resolve("empty.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            recording.dump(empty);
        }
        CommandRun run = CommandRun.of("trace", empty.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(empty
                        + ": no event of Interruptor: they are off unless the recording asks for them, see --help\n");
    }

    @Test
    void refusesUnknownTypesAndKinds() {
        CommandRun run = CommandRun.of("trace", file.toString(), "--type", "disk");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "interruptor trace: --type disk: expected one of program, stop, set-prefix, restart, emergency,"
                                + " clock-comparator, service, virtio, malfunction-alert, external-call,"
                                + " tod-clock-sync-check, cpu-timer, warning-track, interrupt-key, timing-alert,"
                                + " measurement-alert, io, adapter, service-event, page-fault-initial,"
                                + " page-fault-completion, machine-check, channel-report\n");
        assertThat(CommandRun.of("trace", file.toString(), "--event", "stop").err())
                .isEqualTo("interruptor trace: --event stop: expected one of injection, delivery, wait, fault,"
                        + " coalesced, suppressed\n");
    }

    @Test
    void refusesWhatIsNoRecording() throws IOException {
        assertRefused(directory.resolve("none.jfr"), "no such file");
        assertRefused(directory, "a directory, expected a JFR recording");
        assertRefused(
                Files.write(directory.resolve("zero.jfr"), new byte[0]), "not finished, or no JFR recording: it is");
        assertRefused(Files.writeString(directory.resolve("text.jfr"), "machine vcpus 1 memory 4096\n"), NO_RECORDING);
        byte[] whole = Files.readAllBytes(file);
        assertRefused(
                Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(whole, whole.length / 2)),
                "damaged: the chunk at byte 0 says that it is " + whole.length + " bytes long, expected 68 to "
                        + whole.length / 2 + "\n");
        assertRefused(Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(whole, 60)), NO_RECORDING);
        whole[5] = 9;
        assertRefused(Files.write(directory.resolve("version.jfr"), whole), NO_RECORDING);
    }

    private static byte[] chunks(byte[]... chunks) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            all.write(chunk);
        }
        return all.toByteArray();
    }

    private static byte[] withLength(byte[] chunk, long length) {
        byte[] changed = chunk.clone();
        ByteBuffer.wrap(changed).putLong(8, length);
        return changed;
    }

    private static CommandRun traceOf(byte[] recording) throws IOException {
        return CommandRun.of(
                "trace", Files.write(directory.resolve("chunks.jfr"), recording).toString());
    }

    /** Lengths that a reader would believe: some of them for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 67, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40})
    void aChunkOfAWrongLengthHidesNoOther(long length) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        CommandRun run = traceOf(chunks(whole, withLength(whole, length), whole));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out().lines()).hasSize(1 + 2 * 6);
        assertThat(run.err())
                .isEqualTo("interruptor trace: " + directory.resolve("chunks.jfr") + ": damaged: the chunk at byte "
                        + whole.length + " says that it is " + length + " bytes long, expected 68 to "
                        + 2 * whole.length + "; printed is what the others hold\n");
    }

    /** The JDK writes a copy of the header at the end. Nothing behind it may be taken for its chunk. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4096})
    void theCopyOfAHeaderAtTheEndIsNoChunk(int distance) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] between = new byte[distance]; // zeros: a chain of constants that ends at once
        CommandRun run = traceOf(chunks(whole, withLength(whole, 1), between, whole));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out().lines()).hasSize(1 + 2 * 6);
    }

    @Test
    void aChunkThatIsDamagedInsideHidesNoOther() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 68, damaged.length, (byte) 0xff);
        for (byte[] recording : List.of(chunks(damaged, whole, whole), chunks(whole, whole, damaged))) {
            CommandRun run = traceOf(recording);
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out().lines()).hasSize(1 + 2 * 6);
            assertThat(run.err()).contains(": damaged: the chunk at byte ").hasLineCount(1);
        }
    }

    /** The place of the chain is in the header; a reader would go around in it for ever. */
    @Test
    void aChainOfConstantsThatDoesNotEndIsRefused() throws IOException {
        byte[] loop = Files.readAllBytes(file);
        int pool = (int) ByteBuffer.wrap(loop).getLong(16);
        // an event of length 6 at the pool's place, with type 1, times 0, and the one before at distance +1
        byte[] event = {6, 1, 0, 0, 1, 0};
        System.arraycopy(event, 0, loop, pool, event.length);
        CommandRun run = traceOf(loop);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).endsWith(": damaged: the chunk at byte 0 has a chain of constants that does not end\n");
    }

    @Test
    void anUnfinishedRecordingIsPrintedAsFarAsItGoes() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] unfinished = whole.clone();
        unfinished[64] = 8; // flushes
        for (byte[] recording :
                List.of(chunks(whole, unfinished, new byte[] {1, 2, 3}), chunks(whole, whole, withLength(whole, 0)))) {
            CommandRun run = traceOf(recording);
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out().lines()).hasSize(1 + 2 * 6);
            assertThat(run.err())
                    .isEqualTo("interruptor trace: " + directory.resolve("chunks.jfr")
                            + ": not finished: its process was killed, or is still recording ('jcmd PID JFR.dump' writes all"
                            + " that it has), so the last events are missing\n");
        }
        CommandRun nothing = traceOf(withLength(whole, 0));
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains(": not finished: ");
    }

    @Test
    void saysThatAFileMayNotBeRead() throws IOException {
        Path locked = Files.copy(file, directory.resolve("locked.jfr"));
        assumeThat(locked.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(locked)).as("root reads all").isFalse();

        assertRefused(locked, "permission denied");
    }

    private static void assertRefused(Path bad, String why) {
        CommandRun run = CommandRun.of("trace", bad.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("interruptor trace: " + bad + ": " + why)
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void tellsDamageInOneLineWhereverItIs() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = Files.readAllBytes(file);
        Path damaged = directory.resolve("damaged.jfr");
        for (int i = 0; i < 150; i++) {
            byte[] bytes = whole.clone();
            if (i % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length));
            } else {
                bytes[random.nextInt(i % 3 == 1 ? 68 : bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(damaged, bytes);
            CommandRun run = CommandRun.of("trace", damaged.toString());
            assertThat(run.status()).as("round %d: %s", i, run.err()).isIn(0, 2);
            assertThat(run.err().lines().count())
                    .as("round %d: %s", i, run.err())
                    .isLessThanOrEqualTo(1);
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }
}
