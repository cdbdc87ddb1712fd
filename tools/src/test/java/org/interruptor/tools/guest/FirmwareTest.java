package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.virtio.BlockDevice;
import org.interruptor.tools.guest.virtio.DiskFile;
import org.interruptor.tools.guest.virtio.VirtioCcw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boot firmware of another emulator finds a disk on channel I/O, and says that it is empty. Needs the file {@code s390-ccw.img} of
 * Debian's package {@code qemu-system-data}, which the system property {@code interruptor.firmware} names.
 */
@EnabledIfSystemProperty(named = "interruptor.firmware", matches = ".+")
@Timeout(300)
class FirmwareTest {
    private static final Duration LIMIT = Duration.ofSeconds(240);

    @TempDir
    private Path folder;

    @Test
    void anEmptyDiskIsFoundAndCannotBeBooted() throws Exception {
        Path disk = Files.write(folder.resolve("disk"), new byte[1 << 20]);
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        GuestMachineSetup setup = new GuestMachineSetup().memory(128 << 20).console(console::writeBytes);
        try (GuestMachine machine = new GuestMachine(setup)) {
            VirtioCcw.attach(machine.channels(), 0x1000, new BlockDevice(DiskFile.open(disk, true), "disk"));
            GuestEnd end = machine.run(GuestImage.read(Path.of(System.getProperty("interruptor.firmware"))), LIMIT);
            String text = console.toString(StandardCharsets.ISO_8859_1);
            assertThat(text).contains("Using virtio-blk.").contains("Could not find a suitable boot device");
            assertThat(end.reason()).as(text).isEqualTo(GuestEnd.Reason.CRASHED);
        }
    }
}
