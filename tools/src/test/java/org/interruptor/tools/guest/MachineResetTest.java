package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.interruptor.tools.guest.loader.GuestImage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DIAGNOSE 0x308 on a machine whose other CPU runs: that is stopped, and the caller goes on where the PSW at 0 says. */
@Timeout(120)
class MachineResetTest {
    private static final int TIMES = 20;
    private static final int SUBCODE = 0x221;
    private static final long SHORT_PSW = 0x0008_0001_8000_0000L;
    private static final long MASK = 0x0000_0001_8000_0000L;

    /** Restarts CPU 1, waits until it runs, resets. */
    private static final String FIRST =
            "a7280001 ae420006 a724fffe 95010400 a774fffe d20700000410 a7390001 a7590000" + " 83250308 a7f40000";

    /** CPU 1: says that it runs, and loops. */
    private static final String SECOND = "92010400 a7f40000";

    /** After the reset: senses CPU 1, and ends. */
    private static final String BEHIND = "a7280001 ae420001 b2b20420";

    private static byte[] image(int subcode) {
        ByteBuffer image = ByteBuffer.allocate(0x1000);
        image.putLong(0, SHORT_PSW + 0x200);
        image.putLong(0x1a0, MASK).putLong(0x1a8, 0x280); // restart new PSW
        code(image, 0x200, FIRST);
        image.put(SUBCODE, (byte) subcode);
        code(image, 0x280, SECOND);
        code(image, 0x300, BEHIND);
        image.putLong(0x410, SHORT_PSW + 0x300);
        image.putLong(0x420, MASK | 1L << 49).putLong(0x428, 0xfff);
        return image.array();
    }

    private static void code(ByteBuffer image, int address, String hex) {
        String digits = hex.replace(" ", "");
        for (int i = 0; i < digits.length(); i += 2) {
            image.put(address + i / 2, (byte) Integer.parseInt(digits.substring(i, i + 2), 16));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theOtherCpuIsStoppedAndTheCallerGoesOn(int subcode) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            GuestMachineSetup setup = new GuestMachineSetup().cpus(2).memory(1 << 16);
            try (GuestMachine machine = new GuestMachine(setup)) {
                GuestEnd end = machine.run(GuestImage.parse(image(subcode)), Duration.ofSeconds(60));
                assertThat(end.message()).isEqualTo("the guest is done");
                assertThat(machine.state(1)).isEqualTo(CpuState.STOPPED);
                assertThat(machine.cpu(0).gr32(4)).as("status: stopped").isEqualTo(0x40);
                assertThat(machine.cpu(0).gr(5)).as("the subcode's register").isEqualTo(subcode == 0 ? 0 : 1);
            }
        }
    }
}
