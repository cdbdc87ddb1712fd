package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Storage that is mapped from a file, and the file is cut: a delivery then throws in the middle of its stores, or, where the code
 * is compiled, at some later point of the same thread. What was accepted is delivered, queued or discarded all the same.
 *
 * <p>In a JVM of its own, since such an error may also come late.
 */
class CutStorageTest {
    private static final long PSW = PswMask.EXTERNAL | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final int ROUNDS = 300;
    private static final int WARM_UP = 30_000;

    @ParameterizedTest
    @CsvSource({
        "-Xint, ORIGINAL",
        "-Xint, ARCHITECTURE",
        "-XX:TieredStopAtLevel=1, ORIGINAL",
        "-XX:TieredStopAtLevel=1, ARCHITECTURE",
        "-XX:+TieredCompilation, ORIGINAL",
        "-XX:+TieredCompilation, ARCHITECTURE"
    })
    void theBooksBalance(String flag, Rules rules) throws IOException, InterruptedException {
        String agrona = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";
        // Where the interruption was counted as delivered before the error came, it is delivered.
        String discarded = flag.equals("-Xint") ? "[1-9]\\d*" : "\\d+";
        String warmUp = "-DwarmUp=" + (flag.equals("-Xint") ? 0 : WARM_UP);

        assertThat(OtherProcess.linesOf(CutStorageTest.class, agrona, flag, "-Drules=" + rules, warmUp))
                .last()
                .asString()
                .matches("balanced, " + discarded + " discarded by faults, [1-9]\\d* errors");
    }

    /** A machine on that storage. */
    private static final class Run {
        private final Machine machine;
        private final VcpuHandle handle;
        private final Vcpu vcpu;
        private long accepted;
        private long errors;

        Run(GuestMemory storage) {
            Rules rules = Rules.valueOf(System.getProperty("rules"));
            machine = Machine.builder(storage)
                    .rules(rules)
                    .vcpus(2)
                    .checked(false)
                    .build();
            handle = machine.vcpu(0);
            vcpu = handle.owner();
            for (long psw = 0x40000; psw < 0x40200; psw += 16) {
                storage.putLong(psw, PSW);
            }
            vcpu.registers().prefix(0x40000);
            vcpu.registers().psw(PSW, 0);
            vcpu.registers().control(0, 0x4200);
        }

        private void round() {
            try {
                if (machine.rules() == Rules.ORIGINAL) { // else they are conditions, not queued
                    accept(handle.injectRestart());
                    accept(handle.injectEmergency());
                    accept(handle.injectProgram(0x11));
                }
                accept(machine.injectVirtio(1, 2));
                accept(machine.injectService(3));
                vcpu.registers().psw(PSW, 0);
                vcpu.deliverPending();
                Thread.yield(); // a native method: at its return an error comes that compiled code has left pending
            } catch (InternalError mapped) {
                errors++;
            }
        }

        /** A round on a thread of its own, with which an error ends that comes late. */
        private void roundOfOtherThread() throws InterruptedException {
            Thread thread = new Thread(this::round, "round");
            thread.setUncaughtExceptionHandler((of, late) -> errors++);
            thread.start();
            thread.join();
        }

        private void accept(InjectResult result) {
            accepted += result == InjectResult.ACCEPTED ? 1 : 0;
        }

        private long delivered(InterruptionType... types) {
            return Arrays.stream(types)
                    .mapToLong(type -> handle.counter(type.counter()))
                    .sum();
        }

        private String books() {
            long delivered = delivered(InterruptionType.SERVICE_SIGNAL, InterruptionType.VIRTIO);
            long queued = machine.floatingQueued();
            long discarded = machine.floatingDiscarded();
            long all = machine.floatingAccepted();
            if (machine.rules()
                    == Rules.ORIGINAL) { // else the vCPU raises program interruptions because of its new PSW
                delivered += delivered(
                        InterruptionType.PROGRAM, InterruptionType.RESTART, InterruptionType.EMERGENCY_SIGNAL);
                queued += handle.queued();
                discarded += handle.discarded();
                all += handle.accepted();
            }
            return all == delivered + queued + discarded && accepted <= all
                    ? String.format(Locale.ROOT, "balanced, %d discarded by faults, %d errors", discarded, errors)
                    : String.format(
                            Locale.ROOT,
                            "accepted %d (told %d), delivered %d, queued %d, discarded %d, errors %d",
                            all,
                            accepted,
                            delivered,
                            queued,
                            discarded,
                            errors);
        }
    }

    /** In the other JVM. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Files.createTempFile("storage", ".bin");
        Files.delete(file);
        try (GuestMemory storage = GuestMemory.map(file, 1 << 20);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Run guest = new Run(storage);
            for (int i = 0; i < Integer.getInteger("warmUp"); i++) {
                guest.round();
            }
            channel.truncate(4096);
            for (int i = 0; i < ROUNDS; i++) {
                guest.roundOfOtherThread();
            }
            System.out.println(guest.books());
        } finally {
            Files.deleteIfExists(file);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
