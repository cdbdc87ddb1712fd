package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.interruptor.engine.Machine;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.CommandRun;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.CountersFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineListTest {
    private static final int STATE_OFFSET = 32;
    private static final int OPEN = 1;

    @TempDir
    private Path folder;

    @Test
    void machinesInTheUsualPlacesAreListed() throws IOException {
        Path file = folder.resolve("guest.counters");
        Files.writeString(folder.resolve("other.counters"), "something else");
        Files.writeString(folder.resolve("readme"), "");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine =
                        Machine.builder(storage).vcpus(3).countersFile(file).build()) {
            List<Path> found = CountersFiles.in(List.of(folder, folder.resolve("nosuch")));

            assertThat(found).containsExactly(file);
            assertThat(MachineList.of(found)) // on a busy machine the sample may be old
                    .matches(Pattern.quote(file + ": machine " + machine.number() + " of process "
                                    + ProcessHandle.current().pid() + ", 3 vCPUs")
                            + "(, as of .*)?\n");
        }
        assertThat(MachineList.of(List.of(file))).endsWith(", 3 vCPUs, closed\n");
        assertThat(MachineList.of(List.of())).startsWith("No counters file in the usual places");
    }

    /** A file whose last sample is old, as that of a process that a signal has stopped. */
    @Test
    void aMachineWhoseProcessDoesNotRunIsListedWithTheAgeOfItsSample() throws IOException {
        Path file = folder.resolve("stopped.counters");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16)) {
            Machine.builder(storage).countersFile(file).build().close();
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(STATE_OFFSET, OPEN);
        Files.delete(file);
        Files.write(file, bytes);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String list = MachineList.of(List.of(file));
        while (list.endsWith(" vCPUs\n") && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
            list = MachineList.of(List.of(file));
        }

        assertThat(list).containsPattern(", 1 vCPUs, as of \\d+\\.\\d s ago: its process does not run\n");
    }

    @Test
    void topWithoutAFileListsThem() {
        CommandRun run = CommandRun.of("top");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isNotEmpty();
    }

    @Test
    void aFileThatCannotBeMadeIsToldBefore() throws IOException {
        Path other = Files.writeString(folder.resolve("other.counters"), "something else");

        CountersFiles.checkWritable(folder.resolve("new.counters"));
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> CountersFiles.checkWritable(other))
                .withMessage("--counters " + other + ": exists and is not a counters file");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> CountersFiles.checkWritable(folder.resolve("no/such.counters")))
                .withMessageEndingWith("its folder does not exist");
    }

    @Test
    void benchAndSoakPutTheCountersOfTheirMachinesThere() throws IOException {
        Path bench = folder.resolve("bench.counters");
        CommandRun run = CommandRun.of(("bench pair-virtio --engines interruptor --duration 5ms --warmup 0ms --rounds 1"
                        + " --counters " + bench + " --output " + folder)
                .split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(MachineCounters.open(bench).isClosed()).isTrue();

        Path soak = folder.resolve("soak.counters");
        run = CommandRun.of(("soak --mode spin --seconds 1 --life 1 --vcpus 2 --counters " + soak).split(" "));
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(MachineCounters.open(soak).vcpuCount()).isEqualTo(2);
    }

    @Test
    void statesAndRefusalsAreColoured() {
        String text =
                "floating: accepted/s 3, refused/s 12, queued 0\nvCPU    state  waits\n   0     runs  2\n   1  stopped  0\n";

        assertThat(TopColours.colour(text))
                .contains("\u001b[31mrefused/s 12\u001b[0m", "\u001b[1mvCPU    state  waits\u001b[0m")
                .contains("   0     \u001b[32mruns\u001b[0m  2", "   1  \u001b[31mstopped\u001b[0m  0");
        assertThat(TopColours.colour("floating: accepted 3, refused 0\n"))
                .isEqualTo("floating: accepted 3, refused 0\n");
    }
}
