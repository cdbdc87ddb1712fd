package org.interruptor.tools.guest.measure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive that is read back by its fields. */
class CpioTest {
    private static final int HEADER_LENGTH = 110;
    private static final int MODE = 1;
    private static final int LENGTH = 6;
    private static final int NAME_LENGTH = 11;

    /** A field of the header at an offset. */
    private static int field(byte[] archive, int at, int number) {
        String digits = new String(archive, at + 6 + 8 * number, 8, StandardCharsets.US_ASCII);
        return Integer.parseInt(digits, 16);
    }

    private static String text(byte[] archive, int at, int length) {
        return new String(archive, at, length, StandardCharsets.US_ASCII);
    }

    private static int aligned(int offset) {
        return (offset + 3) & -4;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 513})
    void theProgramIsBehindTheInitrd(int length) {
        byte[] initrd = new byte[length];
        Arrays.fill(initrd, (byte) 7);
        byte[] program = {1, 2, 3, 4, 5};
        byte[] all = Cpio.withProgram(initrd, "a-program", program);

        assertThat(Arrays.copyOf(all, length)).isEqualTo(initrd);
        int entry = aligned(length);
        assertThat(text(all, entry, 6)).isEqualTo("070701");
        assertThat(field(all, entry, MODE)).isEqualTo(0100755);
        assertThat(field(all, entry, LENGTH)).isEqualTo(program.length);
        assertThat(field(all, entry, NAME_LENGTH)).isEqualTo("a-program".length() + 1);
        assertThat(text(all, entry + HEADER_LENGTH, "a-program".length() + 1)).isEqualTo("a-program\0");
        int contents = aligned(entry + HEADER_LENGTH + "a-program".length() + 1);
        assertThat(Arrays.copyOfRange(all, contents, contents + program.length)).isEqualTo(program);

        int trailer = aligned(contents + program.length);
        assertThat(text(all, trailer, 6)).isEqualTo("070701");
        assertThat(field(all, trailer, LENGTH)).isZero();
        assertThat(text(all, trailer + HEADER_LENGTH, 11)).isEqualTo("TRAILER!!!\0");
        assertThat(all.length % 4).isZero();
    }
}
