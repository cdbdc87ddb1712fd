package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.Counter;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.InitialPsw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of our own guests on 1, 2 and 8 vCPUs: what it prints, how it ends, and what is in the lowcores and counters then. */
@Timeout(180)
class BundledGuestsTest {
    static Stream<Arguments> guestsAndCpus() {
        return StreamSupport.stream(new BundledGuest.Names().spliterator(), false)
                .map(name -> name.substring(name.indexOf(':') + 1))
                .flatMap(name -> Stream.of(1, 2, 8).map(cpus -> Arguments.of(name, cpus)));
    }

    /** What a guest prints; N is the number of vCPUs. */
    static String expectedConsole(String name, int cpus) throws Exception {
        try (InputStream in = BundledGuestsTest.class.getResourceAsStream("/guests/" + name + ".console")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("300*N*N", Integer.toString(300 * cpus * cpus))
                    .replace("200*N", Integer.toString(200 * cpus))
                    .replace("N CPU(s)", cpus + " CPU(s)");
        }
    }

    @ParameterizedTest
    @MethodSource("guestsAndCpus")
    void printsWhatItShouldAndEndsWell(String name, int cpus) throws Exception {
        try (GuestRun run = GuestRun.ofBundled(name, cpus)) {
            assertThat(run.console()).isEqualTo(expectedConsole(name, cpus));
            assertThat(run.end().reason()).as(run.end().message()).isEqualTo(GuestEnd.Reason.DONE);
        }
    }

    /** 0x10480 to 0x107ff is kept free for it in each image, as it is checked in. */
    @Test
    void eachGuestHasAPlaceForACommandLine() throws Exception {
        for (String name : new BundledGuest.Names()) {
            try (GuestMemory storage = GuestMemory.allocate(32 << 20)) {
                InitialPsw psw = BundledGuest.read(name).load(storage, BootParameters.of(null, "x".repeat(895)));
                assertThat(psw.address()).as(name).isEqualTo(0x10000);
                assertThat(storage.getByte(0x10480 + 894)).as(name).isEqualTo((byte) 'x');
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aRingTakesEachSignalOnce(int cpus) throws Exception {
        try (GuestRun run = GuestRun.ofBundled("ring", cpus)) {
            for (int i = 0; i < cpus; i++) {
                Vcpu vcpu = run.machine().machine().vcpu(i).bind();
                assertThat(vcpu.handle().counter(Counter.DELIVER_EMERGENCY_SIGNAL))
                        .isEqualTo(200);
                assertThat(externalCode(run, vcpu)).isEqualTo(i == 0 ? 0x2401 : 0x1201); // CPU 0 has printed since
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aStormMergesSignalsOfOneSenderOnlyAndLosesNone(int cpus) throws Exception {
        try (GuestRun run = GuestRun.ofBundled("storm", cpus)) {
            for (int i = 0; i < cpus; i++) {
                Vcpu vcpu = run.machine().machine().vcpu(i).bind();
                assertThat(vcpu.handle().counter(Counter.DELIVER_EMERGENCY_SIGNAL))
                        .as("at least one of each sender; the work, which the console says, is all done")
                        .isBetween(1L, 300L * cpus);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void completionsAreTakenOnceAndTheLastIsInTheLowcore(int cpus) throws Exception {
        try (GuestRun run = GuestRun.ofBundled("virtio", cpus)) {
            long taken = 0;
            for (int i = 0; i < cpus; i++) {
                taken += run.machine().machine().vcpu(i).counter(Counter.DELIVER_VIRTIO_INTERRUPT);
            }
            assertThat(taken).isEqualTo(400 + 400 + 100);
            assertThat(run.storage().getShort(Lowcore.EXTERNAL_CPU_ADDRESS_OFFSET))
                    .as("the service signal behind them stores zero")
                    .isZero();
            assertThat(run.storage().getLong(Lowcore.EXTERNAL_PARAMETER_64_OFFSET))
                    .isEqualTo(0x1122_3344_5500_0000L + 99); // of those that piled up, CPU 0 took the last
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void restartsLeaveTheOldPswInEachLowcore(int cpus) throws Exception {
        try (GuestRun run = GuestRun.ofBundled("interruptions", cpus)) {
            long first = run.storage().getLong(Lowcore.RESTART_OLD_PSW_ADDRESS_OFFSET);
            for (int i = 0; i < cpus; i++) {
                long lowcore =
                        run.machine().machine().vcpu(i).bind().registers().prefix();
                assertThat(run.storage().getLong(lowcore + Lowcore.RESTART_OLD_PSW_MASK_OFFSET))
                        .isEqualTo(0x0000_0001_8000_0000L);
                assertThat(run.storage().getLong(lowcore + Lowcore.RESTART_OLD_PSW_ADDRESS_OFFSET))
                        .isEqualTo(first);
            }
        }
    }

    /** The guest is done at once, while the other CPUs' threads have hardly begun. */
    @Test
    void theEndReachesCpusWhereverTheyAre() throws Exception {
        for (int i = 0; i < 300; i++) {
            GuestMachineSetup setup = new GuestMachineSetup().cpus(4).memory(2 << 20);
            try (GuestRun run = GuestRun.of(BundledGuest.read("guest:hello"), setup, GuestRun.LIMIT)) {
                assertThat(run.end().reason()).as("run %d", i).isEqualTo(GuestEnd.Reason.DONE);
            }
        }
    }

    @Test
    void aStormOfOrdersTakesTheSecondsOfItsCommandLine() throws Exception {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        try (GuestMachine machine =
                new GuestMachine(new GuestMachineSetup().cpus(4).console(console::writeBytes))) {
            GuestEnd end =
                    machine.run(BundledGuest.read("guest:orders"), BootParameters.read(null, "1"), GuestRun.LIMIT);
            assertThat(end.reason()).as(end.message()).isEqualTo(GuestEnd.Reason.DONE);
            assertThat(console.toString(StandardCharsets.UTF_8))
                    .matches("Orders of all CPUs to all CPUs, in a storm\n"
                            + "\\d+ rounds, orders by condition code: \\d+ \\d+ \\d+\n4 CPU\\(s\\) answer\n");
        }
    }

    private static int externalCode(GuestRun run, Vcpu vcpu) {
        return run.storage().getShort(vcpu.registers().prefix() + Lowcore.EXTERNAL_CODE_OFFSET) & 0xffff;
    }
}
