package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.virtio.BlockDevice;
import org.interruptor.tools.guest.virtio.DiskFile;
import org.interruptor.tools.guest.virtio.VirtioCcw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Debian's kernel boots to a shell, takes a command, and powers off. Needs what {@code tools/linux.sh} has fetched, in the folder
 * that the system property {@code interruptor.linux} names.
 */
@EnabledIfSystemProperty(named = "interruptor.linux", matches = ".+")
@Timeout(1000)
class LinuxBootTest {
    private static final Duration LIMIT = Duration.ofSeconds(900);
    private static final int DISK_LENGTH = 3 << 20;
    private static final String ESCAPE = "\u001b[6n"; // the shell asks the terminal for the cursor's position

    /** What a kernel says when a CPU, a timer or an interruption was lost. */
    private static final Pattern COMPLAINT = Pattern.compile(
            "rcu.*stall|soft lockup|blocked for more than|lost interrupt|WARNING:|BUG:|Oops|Call Trace|panic",
            Pattern.CASE_INSENSITIVE);

    @TempDir
    private Path scratch;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private GuestMachine machine;
    private int prompts;

    private String[] lines;

    /** Types a line each time that the shell is ready. Threads: CPUs', one at a time. */
    private void written(byte[] text) {
        console.writeBytes(text);
        String all = console.toString(StandardCharsets.ISO_8859_1);
        int seen = all.split(Pattern.quote("# " + ESCAPE), -1).length - 1;
        for (; prompts < Math.min(seen, lines.length); prompts++) {
            type(lines[prompts]);
        }
    }

    private void type(String line) {
        byte[] keys = line.getBytes(StandardCharsets.US_ASCII);
        try {
            machine.input().type(keys, 0, keys.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void bootsToAShellAndPowersOff(int cpus) throws Exception {
        lines = new String[] {"echo $((6 * 7)) of $(nproc); md5sum < /dev/vda\n", "poweroff\n"};
        byte[] contents = new byte[DISK_LENGTH];
        new Random(cpus).nextBytes(contents);
        Path disk = Files.write(scratch.resolve("disk"), contents);
        try (GuestMachine guest = new GuestMachine(setup(cpus))) {
            VirtioCcw.attach(guest.channels(), 0x1000, new BlockDevice(DiskFile.open(disk, false), "disk"));
            assertThat(bootAndPowerOff(guest))
                    .contains("42 of " + cpus)
                    .contains(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("MD5").digest(contents)));
        }
    }

    @Test
    void rebootsToAShell() throws Exception {
        lines = new String[] {"reboot; sleep 1000\n", "echo $((6 * 7)) of $(nproc)\n", "poweroff\n"};
        try (GuestMachine guest = new GuestMachine(setup(2))) {
            assertThat(bootAndPowerOff(guest))
                    .contains("Requesting system reboot")
                    .contains("42 of 2");
        }
    }

    private GuestMachineSetup setup(int cpus) {
        return new GuestMachineSetup().cpus(cpus).memory(256 << 20).console(this::written);
    }

    /** Runs Linux until it powers off without a complaint; what is on the console then. */
    private String bootAndPowerOff(GuestMachine guest) throws Exception {
        Path folder = Path.of(System.getProperty("interruptor.linux"));
        machine = guest;
        GuestEnd end = guest.run(
                GuestImage.read(folder.resolve("kernel")),
                BootParameters.read(folder.resolve("initrd"), "cryptomgr.notests"),
                LIMIT);
        String all = console.toString(StandardCharsets.ISO_8859_1);
        assertThat(end.reason()).as(all).isEqualTo(GuestEnd.Reason.DONE);
        assertThat(all).contains("Requesting system poweroff").doesNotContainPattern(COMPLAINT);
        return all;
    }
}
