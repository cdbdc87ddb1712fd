package org.interruptor.tools.guest.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel, its initrd and its command line, where they go and where they are refused. */
class BootParametersTest {
    private static final int SIZE = 20 << 20;

    @TempDir
    private Path folder;

    private final GuestMemory storage = GuestMemory.allocate(SIZE);

    @AfterEach
    void close() {
        storage.close();
    }

    private static byte[] kernel(int length, long longestCommandLine) {
        ByteBuffer file = ByteBuffer.allocate(length);
        file.put(0x10008, "S390EP".getBytes(StandardCharsets.US_ASCII));
        file.putLong(0x10430, longestCommandLine);
        file.put(0x10480, "root=/dev/ram0\0".getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    /** A flat image whose PSW, in the short form, is 64-bit and enters at an address. */
    private static byte[] flat(int entry, int commandLineByte) {
        ByteBuffer file = ByteBuffer.allocate(0x20000);
        file.putLong(0, 0x0008_0001_8000_0000L + entry);
        file.put(0x10480, (byte) commandLineByte);
        return file.array();
    }

    private BootParameters parameters(int initrdLength, String commandLine) throws Exception {
        Path initrd = null;
        if (initrdLength > 0) {
            byte[] bytes = new byte[initrdLength];
            bytes[0] = 0x12;
            bytes[initrdLength - 1] = 0x34;
            initrd = Files.write(folder.resolve("initrd"), bytes);
        }
        return BootParameters.read(initrd, commandLine);
    }

    private String commandLine() {
        byte[] bytes = new byte[0x400];
        storage.getBytes(0x10480, bytes, 0, bytes.length);
        String text = new String(bytes, StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\0'));
    }

    @Test
    void aKernelIsLoadedWholeAndEntered() throws Exception {
        InitialPsw psw = GuestImage.parse(kernel(0x20000, 4096)).load(storage, parameters(1000, "quiet"));
        assertThat(psw).isEqualTo(new InitialPsw(0x0000_0001_8000_0000L, 0x10000));
        long initrd = storage.getLong(0x10408);
        assertThat(initrd).isEqualTo(16 << 20);
        assertThat(storage.getLong(0x10410)).isEqualTo(1000);
        assertThat(storage.getByte(initrd)).isEqualTo((byte) 0x12);
        assertThat(storage.getByte(initrd + 999)).isEqualTo((byte) 0x34);
        assertThat(commandLine()).isEqualTo("quiet");
    }

    @Test
    void withoutParametersAKernelKeepsItsOwn() throws Exception {
        GuestImage.parse(kernel(0x20000, 4096)).load(storage, BootParameters.none());
        assertThat(storage.getLong(0x10408)).isZero();
        assertThat(commandLine()).isEqualTo("root=/dev/ram0");
    }

    @Test
    void anInitrdGoesBehindALargeKernel() throws Exception {
        GuestImage.parse(kernel((17 << 20) + 1, 4096)).load(storage, parameters(1000, null));
        assertThat(storage.getLong(0x10408)).isEqualTo(18 << 20);
    }

    @ParameterizedTest
    @CsvSource({"0, 895, true", "0, 896, false", "1000, 999, true", "1000, 1000, false", "-1, 896, false"})
    void aCommandLineFitsWithItsNul(long longest, int length, boolean fits) throws Exception {
        GuestImage image = GuestImage.parse(kernel(0x20000, longest));
        BootParameters parameters = parameters(0, "x".repeat(length));
        if (fits) {
            image.load(storage, parameters);
            assertThat(commandLine()).hasSize(length);
        } else {
            assertThatThrownBy(() -> image.load(storage, parameters))
                    .isInstanceOf(GuestFormatException.class)
                    .hasMessageContaining("too long");
        }
    }

    @ParameterizedTest
    @CsvSource({"0x10000, 0, ''", "0x10000, 1, 'something else at 0x10480'", "0x10002, 0, 'entered at 0x10002'"})
    void anotherGuestTakesACommandLineWhereItHasZeros(int entry, int there, String refusal) throws Exception {
        GuestImage image = GuestImage.parse(flat(entry, there));
        BootParameters parameters = parameters(0, "test");
        if (refusal.isEmpty()) {
            image.load(storage, parameters);
            assertThat(commandLine()).isEqualTo("test");
        } else {
            assertThatThrownBy(() -> image.load(storage, parameters))
                    .isInstanceOf(GuestFormatException.class)
                    .hasMessageContaining(refusal);
        }
    }

    @Test
    void anInitrdThatDoesNotFitOrIsNotTakenIsRefused() throws Exception {
        BootParameters large = parameters(5 << 20, null);
        assertThatThrownBy(() -> GuestImage.parse(kernel(0x20000, 4096)).load(storage, large))
                .hasMessageContaining("does not fit behind it")
                .hasMessageContaining("give it more memory");
        BootParameters small = parameters(10, null);
        assertThatThrownBy(() -> GuestImage.parse(flat(0x10000, 0)).load(storage, small))
                .hasMessageContaining("takes no initrd");
        assertThatThrownBy(() -> BootParameters.read(folder, null)).hasMessage("it is not a file");
    }
}
