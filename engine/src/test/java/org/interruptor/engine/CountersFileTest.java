package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersFileTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;

    @TempDir
    private Path directory;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("guest.counters");
    }

    @AfterEach
    void free() {
        storage.close();
    }

    private Machine build() {
        return Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(3)
                .countersFile(file)
                .build();
    }

    @Test
    void showsWhatIsCountedWhileTheMachineRuns() throws IOException {
        try (Machine machine = build()) {
            MachineCounters counters = MachineCounters.open(file);
            Vcpu vcpu = machine.vcpu(2).bind();
            vcpu.registers().psw(EXTERNAL, 0);
            vcpu.registers().control(0, 0x4000);
            vcpu.handle().injectEmergency();
            vcpu.handle().injectStop();
            vcpu.deliverPending();
            machine.inject(0, 0, 0);
            machine.vcpu(0).injectProgram(-1);

            await(() -> counters.snapshot().counter(0, Counter.REFUSED) == 1); // the next sample
            CountersSnapshot seen = counters.snapshot();
            assertThat(seen.vcpuCount()).isEqualTo(3);
            assertThat(seen.counter(2, Counter.DELIVER_EMERGENCY_SIGNAL)).isEqualTo(1);
            assertThat(seen.counter(2, Counter.DELIVER_STOP_SIGNAL)).isEqualTo(1);
            assertThat(seen.counter(0, Counter.REFUSED)).isEqualTo(1);
            assertThat(seen.counter(1, Counter.REFUSED)).isZero();
            assertThat(seen.gauge(MachineGauge.REFUSED)).isEqualTo(1);
            for (Counter counter : Counter.values()) {
                assertThat(seen.counter(2, counter))
                        .as(counter.label())
                        .isEqualTo(vcpu.handle().counter(counter));
            }
        }
    }

    @Test
    void showsWhatIsQueuedAndWhoWaits() throws IOException {
        try (Machine machine = build()) {
            MachineCounters counters = MachineCounters.open(file);
            Vcpu vcpu = machine.vcpu(1).bind();
            vcpu.registers().psw(EXTERNAL, 0);
            vcpu.registers().control(0, 0x800);
            vcpu.beginWait(() -> {});
            vcpu.handle().injectEmergency();
            vcpu.handle().injectEmergency();
            machine.vcpu(0).injectRestart();
            machine.injectService(1);
            machine.injectVirtio(1, 1);
            machine.injectVirtio(1, 1);

            await(() -> counters.snapshot().gauge(MachineGauge.QUEUED) == 3);
            await(() -> counters.snapshot().gauge(0, VcpuGauge.QUEUED_UNMASKABLE) == 1);
            CountersSnapshot seen = counters.snapshot();
            assertThat(seen.gauge(MachineGauge.QUEUED_SERVICE)).isEqualTo(1);
            assertThat(seen.gauge(MachineGauge.QUEUED_VIRTIO)).isEqualTo(2);
            assertThat(seen.gauge(MachineGauge.ACCEPTED)).isEqualTo(3);
            assertThat(seen.gauge(1, VcpuGauge.QUEUED_EMERGENCY_SIGNALS)).isEqualTo(2);
            assertThat(seen.gauge(1, VcpuGauge.ACCEPTED)).isEqualTo(2);
            assertThat(WaitWord.stateIn(seen.gauge(1, VcpuGauge.WAIT))).isEqualTo(WaitWord.PARKED);
            assertThat(seen.gauge(1, VcpuGauge.CONTROL_0)).isEqualTo(0x800);
            assertThat(seen.gauge(1, VcpuGauge.WAITING_SINCE))
                    .isBetween(machine.snapshot().gauge(MachineGauge.SAMPLED_AT) - 60_000, System.currentTimeMillis());
            assertThat(seen.gauge(0, VcpuGauge.WAITING_SINCE)).isZero();
            assertThat(seen.explain(1)).contains("vCPU 1 waits", "held back by CR0 0x4000");
        }
    }

    @Test
    void saysWhoseItIs() throws IOException {
        Instant before = Instant.now();
        try (Machine machine = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(1)
                .floatingCapacity(8)
                .localCapacity(4)
                .countersFile(file)
                .build()) {
            MachineCounters counters = MachineCounters.open(file);

            assertThat(counters.machineNumber()).isEqualTo(machine.number());
            assertThat(counters.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(counters.isProcessAlive()).isTrue();
            assertThat(counters.builtAt())
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
            assertThat(counters.floatingCapacity()).isEqualTo(8);
            assertThat(counters.localCapacity()).isEqualTo(4);
            assertThat(counters.vcpuCount()).isEqualTo(1);
        }
    }

    @Test
    void labelsEachCounterForToolsThatKnowAgrona() throws IOException {
        try (Machine machine = build()) {
            List<String> labels = new ArrayList<>();
            MachineCounters.open(file).reader().forEach((id, label) -> labels.add(label));

            assertThat(labels)
                    .hasSize(3 * (Counter.values().length + VcpuGauge.values().length) + MachineGauge.values().length)
                    .doesNotHaveDuplicates()
                    .contains("vcpu 0: exit_wait_state", "vcpu 2: queued_emergency_signals", "machine: refused");
        }
    }

    @Test
    void staysAndSaysSoWhenTheMachineIsClosed() throws IOException {
        Machine machine = build();
        MachineCounters counters = MachineCounters.open(file);
        machine.vcpu(0).injectRestart();
        machine.injectVirtio(1, 1);
        assertThat(counters.isClosed()).isFalse();
        machine.close();
        machine.close();

        assertThat(counters.isClosed()).isTrue();
        assertThat(MachineCounters.open(file).isClosed()).isTrue();
        CountersSnapshot last = counters.snapshot();
        assertThat(last.gauge(0, VcpuGauge.DISCARDED)).isEqualTo(1);
        assertThat(last.gauge(0, VcpuGauge.QUEUED_UNMASKABLE)).isZero();
        assertThat(last.gauge(MachineGauge.DISCARDED)).isEqualTo(1);
        assertThat(last.gauge(MachineGauge.CLOSED)).isEqualTo(1);
        machine.vcpu(1).injectStop(); // still counts; that was the last sample
        assertThat(machine.vcpu(1).counter(Counter.REFUSED)).isEqualTo(1);
        assertThat(machine.snapshot().counter(1, Counter.REFUSED)).isEqualTo(1);
        assertThat(counters.snapshot().counter(1, Counter.REFUSED)).isZero();
    }

    @Test
    void isMarkedClosedWhenTheMachineIsForgotten() throws IOException {
        WeakReference<Machine> forgotten = new WeakReference<>(build());
        MachineCounters counters = MachineCounters.open(file);

        await(() -> {
            System.gc();
            return forgotten.get() == null && counters.isClosed();
        });
    }

    @Test
    void endsItsThreadWithTheMachine() {
        Machine machine = build();
        String name = "interruptor-counters-" + machine.number();
        await(() -> isAlive(name));
        machine.close();

        await(() -> !isAlive(name));
    }

    @Test
    void leavesAnEarlierMachineOfTheSameNameItsOwnFile() throws IOException {
        try (Machine earlier = build()) {
            MachineCounters ofEarlier = MachineCounters.open(file);
            try (Machine later = build()) {
                later.vcpu(0).inject(0, 0);
                earlier.vcpu(1).inject(0, 0);

                MachineCounters ofLater = MachineCounters.open(file);
                await(() -> ofLater.snapshot().counter(0, Counter.REFUSED) == 1);
                await(() -> ofEarlier.snapshot().counter(1, Counter.REFUSED) == 1);
                assertThat(ofLater.snapshot().counter(1, Counter.REFUSED)).isZero();
                assertThat(ofEarlier.snapshot().counter(0, Counter.REFUSED)).isZero();
            }
        }
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void replacesNoFileThatIsNoCountersFile() throws IOException {
        Files.writeString(file, "somebody's letter");

        assertThatThrownBy(this::build)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("countersFile=" + file
                        + ": exists and is not a counters file: delete it, or choose another name");
        assertThat(file).hasContent("somebody's letter");
    }

    @Test
    void saysWhyItCannotBeMade() throws IOException {
        file = directory.resolve("missing").resolve("guest.counters");
        assertThatThrownBy(this::build)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("countersFile=" + file + ": no such directory");
        file = directory;
        assertThatThrownBy(this::build)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("countersFile=" + file + ": exists and is not a regular file");
        file = Path.of("/");
        assertThatThrownBy(this::build)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("countersFile=/: not the name of a file");
    }

    @Test
    void servesAMachineWithoutVcpus() throws IOException {
        try (Machine machine = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(0)
                .countersFile(file)
                .build()) {
            machine.injectService(1);
            MachineCounters counters = MachineCounters.open(file);

            await(() -> counters.snapshot().gauge(MachineGauge.QUEUED) == 1);
            assertThat(machine.explain()).isEmpty();
        }
    }

    private static boolean isAlive(String threadName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(threadName));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 seconds").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
