package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TopCommandTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;

    @TempDir
    private Path directory;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private Path file;
    private Machine machine;

    @BeforeEach
    void build() {
        file = directory.resolve("guest.counters");
        machine = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(2)
                .countersFile(file)
                .build();
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    /** vCPU 0 has taken 3 emergency signals; vCPU 1 waits with its gate closed; something of all is queued. */
    private void beBusy() throws IOException {
        storage.putLong(0x1b0, EXTERNAL);
        Vcpu busy = machine.vcpu(0).bind();
        busy.registers().psw(EXTERNAL, 0);
        busy.registers().control(0, 0x4000);
        for (int i = 0; i < 3; i++) {
            busy.handle().injectEmergency();
        }
        busy.deliverPending();
        busy.handle().injectRestart();
        Vcpu waiting = machine.vcpu(1).bind();
        waiting.registers().psw(EXTERNAL, 0);
        waiting.beginWait(() -> {});
        machine.vcpu(1).injectEmergency();
        machine.injectService(1);
        machine.injectVirtio(1, 1);
        machine.injectVirtio(1, 1);
        machine.inject(0, 0, 0);
        awaitSample();
    }

    /** Until the file shows what is so now. */
    private void awaitSample() throws IOException {
        MachineCounters counters = MachineCounters.open(file);
        long last = counters.snapshot().gauge(MachineGauge.SAMPLES);
        while (counters.snapshot().gauge(MachineGauge.SAMPLES) < last + 4) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Again, where a busy machine has left no core to the thread that takes samples. */
    private static CommandRun inTime(String... args) {
        CommandRun run = CommandRun.of(args);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while ((run.out().contains("\nas of ") || run.out().contains("\"process_runs\":false"))
                && System.nanoTime() - end < 0) {
            run = CommandRun.of(args);
        }
        return run;
    }

    @Test
    void showsATableOnce() throws IOException {
        beBusy();
        CommandRun run = inTime("top", file.toString(), "--once");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0))
                .matches("machine " + machine.number() + " of process "
                        + ProcessHandle.current().pid() + ", built 0:\\d\\d:\\d\\d ago, 2 vCPUs, 1 in the wait");
        assertThat(lines.get(1)).isEqualTo("floating: accepted 3, refused 1, queued 3 of 4096 (service 1, virtio 2)");
        assertThat(lines.get(2).trim().split(" +"))
                .containsExactly(
                        "vCPU",
                        "state",
                        "waits",
                        "wakeups",
                        "for-nothing",
                        "accepted",
                        "refused",
                        "program",
                        "stop",
                        "set-prefix",
                        "restart",
                        "emergency",
                        "comparator",
                        "service",
                        "virtio",
                        "q:emergency",
                        "q:others");
        assertThat(lines.get(3).trim().split(" +")).containsExactly("0 runs 0 0 0 4 0 0 0 0 0 3 0 0 0 0 1".split(" "));
        assertThat(lines.get(4).trim().split(" +")).containsExactly("1 waits 1 0 0 1 0 0 0 0 0 0 0 0 0 1 0".split(" "));
        assertThat(lines.get(5).trim().split(" +")).containsExactly("all 1 0 0 5 0 0 0 0 0 3 0 0 0 1 1".split(" "));
        assertThat(lines).hasSize(6);
        assertThat(lines.get(3)).hasSameSizeAs(lines.get(2)).hasSameSizeAs(lines.get(4));
    }

    @Test
    void showsJsonOnce() throws IOException {
        beBusy();
        CommandRun run = inTime("top", file.toString(), "--once", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.at("/machine").asInt()).isEqualTo(machine.number());
        assertThat(json.at("/closed").asBoolean(true)).isFalse();
        assertThat(json.at("/process_alive").asBoolean()).isTrue();
        assertThat(json.at("/process_runs").asBoolean()).isTrue();
        assertThat(json.at("/sample_age_seconds").asDouble(-1)).isBetween(0.0, 10.0);
        assertThat(json.at("/floating/queued_virtio").asInt()).isEqualTo(2);
        assertThat(json.at("/floating/refused").asInt()).isEqualTo(1);
        assertThat(json.at("/vcpus")).hasSize(2);
        assertThat(json.at("/vcpus/0/counters/deliver_emergency_signal").asInt())
                .isEqualTo(3);
        assertThat(json.at("/vcpus/0/gauges/queued_unmaskable").asInt()).isEqualTo(1);
        assertThat(json.at("/vcpus/0/conditions").toString()).isEqualTo("[\"operating\",\"attention\"]");
        assertThat(json.at("/vcpus/1/state").asText()).isEqualTo("waits");
        assertThat(json.at("/vcpus/1/per_second").isMissingNode()).isTrue();
        assertThat(json.at("/vcpus/1/explanation").isMissingNode()).isTrue();
    }

    @Test
    void explainsVcpusFromOutside() throws IOException {
        beBusy();
        CommandRun run = CommandRun.of("top", file.toString(), "--once", "--vcpu", "1", "--vcpu", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("vCPU 1 waits, parked, for ")
                .contains("pending: 1 emergency, held back by CR0 0x4000\n")
                .contains("\nvCPU 0 is not in the wait\n")
                .contains("pending: 1 of program, stop, set-prefix and restart, may be taken\n");
        CommandRun json = CommandRun.of("top", file.toString(), "--once", "--json", "--vcpu", "1");
        JsonNode node = new ObjectMapper().readTree(json.out());
        assertThat(node.at("/vcpus")).hasSize(1);
        assertThat(node.at("/vcpus/0/vcpu").asInt()).isEqualTo(1);
        assertThat(node.at("/vcpus/0/explanation").asText()).startsWith("vCPU 1 waits");
    }

    @Test
    void followsTheMachineUntilItIsClosed() throws Exception {
        beBusy();
        Thread top = Thread.currentThread();
        Thread closer = new Thread(() -> {
            while (top.getState() != Thread.State.TIMED_WAITING) { // between two readings
                LockSupport.parkNanos(1_000_000);
            }
            try {
                awaitSample();
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            machine.close();
        });
        closer.start();
        CommandRun run = CommandRun.of("top", file.toString(), "--interval", "0.1", "--json");
        closer.join();

        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSizeGreaterThan(1);
        JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(last.at("/closed").asBoolean()).isTrue();
        assertThat(last.at("/seconds").asDouble()).isGreaterThan(0.09);
        assertThat(last.at("/vcpus/0/per_second/deliver_emergency_signal").asDouble(-1))
                .isZero();
        assertThat(last.at("/vcpus/0/gauges/" + VcpuGauge.DISCARDED.label()).asInt())
                .isEqualTo(1);
    }

    @Test
    void showsAMachineThatIsClosedAndEnds() {
        machine.close();
        CommandRun run = CommandRun.of("top", file.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(", closed, built ");
    }

    @Test
    void showsAMachineWithoutVcpus() {
        Path other = directory.resolve("none.counters");
        try (Machine none = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(0)
                .countersFile(other)
                .build()) {
            assertThat(none.vcpuCount()).isZero();
            assertThat(CommandRun.of("top", other.toString(), "--once").out()).contains(" 0 vCPUs, 0 in the wait");
            assertThat(CommandRun.of("top", other.toString(), "--once", "--vcpu", "0")
                            .err())
                    .isEqualTo("interruptor top: --vcpu 0: the machine has 0 vCPUs\n");
        }
    }

    private void refuses(String error, String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEqualTo("interruptor top: " + error + "\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesBadFiles() throws IOException {
        machine.close();
        byte[] whole = Files.readAllBytes(file);
        String name = file.toString();
        refuses(
                directory.resolve("none") + ": no such file",
                "top",
                directory.resolve("none").toString());
        refuses(directory + ": a directory, expected a counters file", "top", directory.toString());
        write(new byte[0]);
        refuses(name + ": not a counters file: 0 bytes long, expected at least 4096", "top", name);
        write(new byte[8192]);
        refuses(name + ": not a counters file: it does not begin with INTRCNTR", "top", name);
        write(Arrays.copyOf(whole, whole.length - 1));
        refuses(
                name + ": damaged: length " + (whole.length - 1) + ", expected " + whole.length,
                "top",
                name,
                "--once",
                "--json");
        byte[] damaged = whole.clone();
        damaged[4096 + 128 + 4] ^= 1;
        write(damaged);
        refuses(
                name + ": damaged: the metadata of counter 0 is not that of \"vcpu 0: exit_wait_state\"",
                "top",
                name,
                "--vcpu",
                "1");
        ByteBuffer.wrap(whole).order(ByteOrder.nativeOrder()).putInt(12, 3);
        write(whole);
        refuses(name + ": not of this version of Interruptor: version 3, expected 1", "top", name);
    }

    /** To a file of its own: nobody may change one that a machine has. */
    private void write(byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, bytes);
    }

    @Test
    void refusesBadOptions() {
        String name = file.toString();
        refuses("--interval 0.01: expected 0.1 to 86400.0 seconds", "top", name, "--interval", "0.01");
        refuses("--interval NaN: expected 0.1 to 86400.0 seconds", "top", name, "--interval", "NaN");
        refuses("--vcpu 2: the machine has 2 vCPUs, expected 0 to 1", "top", name, "--vcpu", "2");
        refuses("--vcpu -1: the machine has 2 vCPUs, expected 0 to 1", "top", name, "--vcpu=-1");
        assertThat(CommandRun.of("top", name, "--interval", "often").status()).isEqualTo(2);
    }
}
