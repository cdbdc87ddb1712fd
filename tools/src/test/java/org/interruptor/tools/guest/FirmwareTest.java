package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.virtio.BlockDevice;
import org.interruptor.tools.guest.virtio.DiskFile;
import org.interruptor.tools.guest.virtio.VirtioCcw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boot firmware of another emulator finds a disk on channel I/O, says that it is empty, or boots what is on it. Needs the file {@code s390-ccw.img} of
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

    /**
     * What the firmware takes for a kernel: a PSW and two CCWs as IPL reads them, the mark of a kernel image, and code at 0x10000. Here
     * that loads a PSW: a disabled wait at 0xfff.
     */
    private static byte[] kernel() {
        ByteBuffer image = ByteBuffer.allocate(0x11000);
        image.putLong(0, 0x0008_0000_8001_0000L);
        image.put(8, HexFormat.of().parseHex("020000186000005002000068600000504040404040404040"));
        image.put(0x10000, HexFormat.of().parseHex("a7f40010000000005333393045500001")); // j 0x10020; S390EP
        image.put(0x10020, HexFormat.of().parseHex("c01000000010b2b21000")); // larl %r1, 0x10040; lpswe 0(%r1)
        image.putLong(0x10040, 0x0002_0001_8000_0000L);
        image.putLong(0x10048, 0xfff);
        return image.array();
    }

    @Test
    void aDiskWithAKernelIsBooted() throws Exception {
        Path disk = Files.write(folder.resolve("disk"), IsoImage.booting(kernel()));
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        GuestMachineSetup setup = new GuestMachineSetup().memory(128 << 20).console(console::writeBytes);
        try (GuestMachine machine = new GuestMachine(setup)) {
            VirtioCcw.attach(machine.channels(), 0x1000, new BlockDevice(DiskFile.open(disk, true), "disk"));
            GuestEnd end = machine.run(GuestImage.read(Path.of(System.getProperty("interruptor.firmware"))), LIMIT);
            String text = console.toString(StandardCharsets.ISO_8859_1);
            assertThat(text).contains("Using virtio-blk.").contains("ISO boot image size verified");
            assertThat(end.reason()).as(text).isEqualTo(GuestEnd.Reason.DONE);
        }
    }
}
