package org.interruptor.tools.lowcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LowcoreCommandTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;

    @TempDir
    private Path directory;

    private Path dump;
    private Path saved;

    /** vCPU 1 has taken a virtio and a program interruption, at prefix 0x2000. */
    @BeforeEach
    void write() throws IOException {
        byte[] bytes = new byte[0x6000];
        try (GuestMemory storage = GuestMemory.wrap(bytes);
                Machine machine =
                        Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).build()) {
            storage.putLong(0x21b0, 0x0000_0001_8000_0000L);
            storage.putLong(0x21b8, 0x1234);
            Vcpu vcpu = machine.vcpu(1);
            vcpu.registers().prefix(0x2000);
            vcpu.registers().psw(0x0102_2001_8000_0000L, 0x8888_0000_1111L);
            vcpu.registers().control(0, 0x200);
            machine.injectVirtio(0x77, 0x1_0000_0099L);
            vcpu.deliverPending();
            vcpu.raiseProgram(0x91);
            vcpu.deliverPending();
            dump = Files.write(directory.resolve("guest.storage"), bytes);
            saved = Files.write(directory.resolve("guest.saved"), machine.save().toBytes());
        }
    }

    private static List<String> lines(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void namesEachFieldAndSpellsOutWhatItHolds() {
        List<String> lines = lines("lowcore", dump.toString(), "--prefix", "0x2000");

        assertThat(lines.get(0)).isEqualTo("lowcore at 0x00002000");
        assertThat(lines).hasSize(1 + LowcoreField.values().length);
        assertThat(lines.stream().map(line -> line.replaceAll("  +", "  ")))
                .contains(
                        "0x0080  external-interruption parameter  0x00000077",
                        "0x0084  CPU address, external  0x0d00",
                        "0x0086  external-interruption code  0x2603  virtio",
                        "0x008c  program-interruption length code  0x0002",
                        "0x008e  program-interruption code  0x0091  page translation, PER event",
                        "0x0130  external old PSW  0102200180000000.0000888800001111  external mask, wait state,"
                                + " condition code 2, extended addressing, basic addressing",
                        "0x0150  program old PSW  0000000180000000.0000000000001234  extended addressing, basic"
                                + " addressing",
                        "0x01b0  external new PSW  0000000180000000.0000000000001234  extended addressing, basic"
                                + " addressing",
                        "0x01d0  program new PSW  0000000000000000.0000000000000000  all zero",
                        "0x11b8  external-interruption 64-bit parameter  0x0000000100000099");
    }

    @Test
    void takesTheOneAtZeroIfNobodySaysWhich() {
        assertThat(lines("lowcore", dump.toString())).startsWith("lowcore at 0x00000000");
    }

    @Test
    void takesSeveral() {
        assertThat(lines("lowcore", dump.toString(), "--prefix", "8192", "--prefix", "0x4000"))
                .contains("lowcore at 0x00002000", "", "lowcore at 0x00004000")
                .hasSize(2 * (1 + LowcoreField.values().length) + 1);
    }

    @Test
    void findsThoseOfVcpusByTheSavedMachine() {
        assertThat(lines("lowcore", dump.toString(), "--saved", saved.toString()))
                .contains("lowcore at 0x00000000, vCPU 0", "lowcore at 0x00002000, vCPU 1");
        assertThat(lines("lowcore", dump.toString(), "--saved", saved.toString(), "--vcpu", "1"))
                .startsWith("lowcore at 0x00002000, vCPU 1")
                .hasSize(1 + LowcoreField.values().length);
    }

    @Test
    void fieldsStandInOrderAndDoNotOverlap() {
        LowcoreField[] fields = LowcoreField.values();
        for (int i = 1; i < fields.length; i++) {
            assertThat(fields[i].offset())
                    .as(fields[i].name())
                    .isGreaterThanOrEqualTo(fields[i - 1].offset() + fields[i - 1].length());
        }
    }

    @Test
    void namesCodes() {
        assertThat(InterruptionCodes.external(0x1201)).isEqualTo("emergency signal");
        assertThat(InterruptionCodes.external(0x9999)).isEqualTo("unknown");
        assertThat(InterruptionCodes.external(0)).isEmpty();
        assertThat(InterruptionCodes.program(0x0001)).isEqualTo("operation");
        assertThat(InterruptionCodes.program(0x0080)).isEqualTo("PER event");
        assertThat(InterruptionCodes.program(0x0284)).isEqualTo("protection, PER event, transaction aborted");
        assertThat(InterruptionCodes.program(0x0119)).isEqualTo("crypto operation");
        assertThat(InterruptionCodes.program(0x1000)).isEqualTo("unknown");
        assertThat(InterruptionCodes.program(0)).isEmpty();
    }

    private static void refuses(String error, String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEqualTo("interruptor lowcore: " + error + "\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesALowcoreThatIsNotThere() {
        String expected = ": expected a multiple of 8192 whose 8192 bytes lie inside the 24576 bytes of the dump";
        for (String prefix : List.of("0x2001", "0x6000", "0x5000", "0xffffe000", "0xffffffffffffe000")) {
            refuses(
                    dump + ": no lowcore at prefix " + prefix + expected,
                    "lowcore",
                    dump.toString(),
                    "--prefix",
                    "0",
                    "--prefix",
                    prefix);
        }
    }

    @Test
    void refusesBadFiles() throws IOException {
        Path none = directory.resolve("none");
        refuses(none + ": no such file", "lowcore", none.toString());
        refuses(directory + ": a directory, expected a storage dump", "lowcore", directory.toString());
        Path small = Files.write(directory.resolve("short"), new byte[8191]);
        refuses(
                small + ": no lowcore at prefix 0x0: expected a multiple of 8192 whose 8192 bytes lie inside the 8191"
                        + " bytes of the dump",
                "lowcore",
                small.toString());
        refuses(none + ": no such file", "lowcore", dump.toString(), "--saved", none.toString());
        Path folder = saved.getParent();
        refuses(
                folder + ": a directory, expected a saved machine",
                "lowcore",
                dump.toString(),
                "--saved",
                folder.toString());
        byte[] damaged = Files.readAllBytes(saved);
        damaged[100] ^= 1;
        Files.write(saved, damaged);
        refuses(
                saved + ": saved machine: damaged, its checksum is wrong",
                "lowcore",
                dump.toString(),
                "--saved",
                saved.toString());
        Files.write(saved, Arrays.copyOf(damaged, 3));
        refuses(
                saved + ": not a saved machine: it does not begin with INTRSAVE",
                "lowcore",
                dump.toString(),
                "--saved",
                saved.toString());
    }

    @Test
    void refusesBadOptions() {
        refuses(
                "--vcpu 1: a storage dump does not say where the lowcore of a vCPU is, expected --saved FILE as well, or"
                        + " --prefix P instead",
                "lowcore",
                dump.toString(),
                "--vcpu",
                "1");
        refuses(
                "--vcpu 2: the saved machine has 2 vCPUs, numbered from 0",
                "lowcore",
                dump.toString(),
                "--saved",
                saved.toString(),
                "--vcpu",
                "2");
        CommandRun run = CommandRun.of("lowcore", dump.toString(), "--prefix", "twenty");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'twenty' is not a number, expected a decimal one or a hexadecimal one with 0x");
    }
}
