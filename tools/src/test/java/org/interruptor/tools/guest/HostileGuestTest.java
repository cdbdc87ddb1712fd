package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.interruptor.tools.CommandRun;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.loader.GuestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random instructions and broken files: the guest ends in one of its ways, never by an exception of the JVM's. */
@Timeout(120)
class HostileGuestTest {
    private static final int GUESTS = 40;
    private static final int FILES = 2000;
    private static final long SHORT_PSW = 0x0008_0001_8000_0000L;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void randomInstructionsEndInOneOfTheWaysThatAreDocumented() throws Exception {
        for (int i = 0; i < GUESTS; i++) {
            byte[] image = new byte[0x10000];
            random.nextBytes(image);
            ByteBuffer.wrap(image).putLong(0, SHORT_PSW + 0x2000);
            GuestMachineSetup setup = new GuestMachineSetup().cpus(2).memory(1 << 20);
            try (GuestRun run = GuestRun.of(GuestImage.parse(image), setup, Duration.ofMillis(50))) {
                assertThat(run.end()).as("seed %d, guest %d", seed, i).isNotNull();
            }
        }
    }

    @Test
    void brokenElfFilesAreRefusedOrFit() throws Exception {
        byte[] whole;
        try (var in = BundledGuest.class.getResourceAsStream("hello.elf")) {
            whole = in.readAllBytes();
        }
        for (int i = 0; i < FILES; i++) {
            byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(200) : whole.length);
            for (int n = 0; n < 1 + random.nextInt(6); n++) {
                if (broken.length > 4) {
                    broken[4 + random.nextInt(Math.min(0xb0, broken.length - 4))] = (byte) random.nextInt();
                }
            }
            try (GuestMachine machine = new GuestMachine(new GuestMachineSetup().memory(1 << 16))) {
                GuestImage.parse(broken).load(machine.machine().storage(), BootParameters.none());
            } catch (GuestFormatException refused) {
                assertThat(refused).as("seed %d, file %d", seed, i).hasMessageMatching("[^\\n]{10,200}");
            }
        }
    }

    @Test
    void statusesAndErrorsOfTheCommandAreOneSentence() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "this is no guest");
        assertThat(CommandRun.of("run", text.toString()).status()).isEqualTo(2);
        assertThat(CommandRun.of("run", text.toString()).err()).contains("no valid PSW in the short form");
        assertThat(CommandRun.of("run", folder.resolve("none").toString()).err())
                .endsWith("no such file\n");
        assertThat(CommandRun.of("run", "guest:hello").out()).isEqualTo("Hello from a guest on the engine.\n");
        assertThat(CommandRun.of("run", "guest:hello", "--cpus", "0").status()).isEqualTo(2);
        assertThat(CommandRun.of("run", "guest:hello", "--memory", "5").status())
                .isEqualTo(2);
        assertThat(CommandRun.of("run", "guest:hello", "--trace").err()).contains("0 takes service");

        assertThat(ends(0x0002_0001_8000_0000L, 0xfff).status()).isZero();
        assertThat(ends(0x0002_0001_8000_0000L, 0xbad).status()).isEqualTo(3);
        assertThat(ends(0x0002_0001_8000_0000L, 0x123).status()).isEqualTo(4);
        CommandRun stuck = ends(0x0102_0001_8000_0000L, 0x400, "0.2");
        assertThat(stuck.status()).isEqualTo(5);
        assertThat(stuck.err())
                .contains("vCPU 0 operating: PSW 0102000180000000 0000000000000400")
                .contains("pending");
        assertThat(ends(0x0400_4001_8000_0000L, 0x400).status()).isEqualTo(6);
        CommandRun looping = ends(0, 0);
        assertThat(looping.status()).isEqualTo(5);
        assertThat(looping.err())
                .contains("vCPU 0 is stuck: 1000 times in a row interruptions were delivered")
                .contains("its last program interruption had code 0x01")
                .contains("vCPU 0 operating: PSW 0000000000000000 0000000000000002");
        assertThat(CommandRun.of("run", "guest:nope"))
                .isEqualTo(new CommandRun(
                        "",
                        "interruptor run: guest:nope: no such guest comes along, only "
                                + String.join(", ", new BundledGuest.Names()) + "\n",
                        2));
    }

    /** A guest that loads a PSW and does nothing else. */
    private CommandRun ends(long mask, long address) throws Exception {
        return ends(mask, address, "60");
    }

    private CommandRun ends(long mask, long address, String timeout) throws Exception {
        ByteBuffer image = ByteBuffer.allocate(0x2010);
        image.putLong(0, SHORT_PSW + 0x200);
        image.putInt(0x200, 0xb2b20300); // lpswe 0x300
        image.putLong(0x300, mask).putLong(0x308, address);
        Path file = Files.write(folder.resolve("guest.img"), image.array());
        return CommandRun.of("run", file.toString(), "--timeout", timeout);
    }
}
