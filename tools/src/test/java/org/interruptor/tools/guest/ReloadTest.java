package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.interruptor.tools.CommandRun;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guest that changes storage, its key, its own image and the clock, and has itself loaded again by DIAGNOSE 0x308. */
@Timeout(120)
class ReloadTest {
    private static final int LOAD_CLEAR = 3;
    private static final int LOAD_NORMAL = 4;
    private static final int MEMORY = 1 << 17;
    private static final int ENTRY = 0x10000;
    private static final int SECOND = ENTRY + 0x80;
    private static final int SUBCODE = ENTRY + 0x2b;
    private static final long SHORT_PSW = 0x0008_0001_8000_0000L;
    private static final long DISABLED_WAIT = 0x0002_0001_8000_0000L;

    /** Goes to {@link #SECOND} if the clock is the one that it sets; else changes what it can, and asks. */
    private static final String FIRST = "b2050500 95010500 a784003c b2040430 ebff00001852 92ff0600"
            + " a7280030 c03f00018000 b22b0023 a7590000 83250308 b2b20440";

    /** Loads the key, the byte at 0x18000, which is not of the image, and that at 0x600, which is; and ends. */
    private static final String BEHIND = "c03f00018000 b2290023 e37000001890 e38006000090 b2b20420";

    @TempDir
    private Path folder;

    private static byte[] image(int subcode) {
        ByteBuffer image = ByteBuffer.allocate(SECOND + 0x40);
        image.putLong(0, SHORT_PSW + ENTRY);
        image.put(ENTRY, code(FIRST)).put(SECOND, code(BEHIND)).put(SUBCODE, (byte) subcode);
        image.putLong(0x420, DISABLED_WAIT).putLong(0x428, 0xfff);
        image.putLong(0x430, 1L << 56); // the clock
        image.putLong(0x440, DISABLED_WAIT).putLong(0x448, 0xbad); // it was not loaded
        return image.array();
    }

    private static byte[] code(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({LOAD_CLEAR + ", 0, 0", LOAD_NORMAL + ", 0xff, 0x30"})
    void theImageIsLoadedAgainIntoStorageThatWasClearedOrNot(int subcode, int other, int key) throws Exception {
        byte[] bytes = image(subcode);
        BootParameters parameters = BootParameters.of(null, "a command line");
        GuestMachineSetup setup = new GuestMachineSetup().cpus(2).memory(MEMORY);
        try (GuestMachine machine = new GuestMachine(setup)) {
            GuestEnd end = machine.run(GuestImage.parse(bytes), parameters, Duration.ofSeconds(60));
            assertThat(end.message()).isEqualTo("the guest is done");
            assertThat(machine.state(1)).isEqualTo(CpuState.STOPPED);
            assertThat(machine.cpu(0).gr(7)).as("outside the image").isEqualTo(other);
            assertThat(machine.cpu(0).gr(8)).as("in the image").isZero();
            assertThat(machine.cpu(0).gr32(2) & 0xf0).as("access-control bits").isEqualTo(key);
            assertThat(machine.machine().storage().getByte(0x10480)).isEqualTo((byte) 'a');
        }
    }

    /** The image has zeros where the command line goes, as it ends before that; the guest puts something else there. */
    @Test
    void aGuestThatTakesThePlaceOfItsCommandLineIsLoadedAllTheSame() throws Exception {
        ByteBuffer image = ByteBuffer.wrap(image(LOAD_NORMAL));
        image.put(ENTRY + 0x10, code("ebff04801052")); // mviy 0x10480,255
        try (GuestMachine machine = new GuestMachine(new GuestMachineSetup().memory(MEMORY))) {
            GuestEnd end =
                    machine.run(GuestImage.parse(image.array()), BootParameters.of(null, "x"), Duration.ofSeconds(60));
            assertThat(end.message()).isEqualTo("the guest is done");
        }
    }

    @Test
    void withNoRebootTheGuestEndsThere() throws Exception {
        Path file = Files.write(folder.resolve("guest"), image(LOAD_CLEAR));
        CommandRun run = CommandRun.of("run", file.toString(), "--no-reboot", "--timeout=60");
        assertThat(run.status()).isEqualTo(7);
        assertThat(run.err()).isEqualTo("interruptor run: the guest has asked to be loaded again\n");
        assertThat(CommandRun.of("run", file.toString(), "--timeout=60").status())
                .isZero();
    }
}
