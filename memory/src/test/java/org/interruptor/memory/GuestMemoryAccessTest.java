package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each access, wherever the storage comes from. */
class GuestMemoryAccessTest {

    private static final int SIZE = 8192;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void storageIsZeroAtFirst(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            byte[] all = new byte[SIZE];
            memory.getBytes(0, all, 0, SIZE);

            assertThat(all).containsOnly(0);
            assertThat(memory.size()).isEqualTo(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoredIsBigEndianByteForByte(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            memory.putByte(1, (byte) 0x81);
            memory.putShort(2, (short) 0x8283);
            memory.putInt(4, 0x84858687);
            memory.putLong(8, 0x88898a8b8c8d8e8fL);

            byte[] bytes = new byte[16];
            memory.getBytes(0, bytes, 0, 16);
            assertThat(bytes)
                    .containsExactly(
                            0, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e,
                            0x8f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadIsBigEndianByteForByte(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            byte[] bytes = new byte[16];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (0x80 + i);
            }
            memory.putBytes(0, bytes, 0, 16);

            assertThat(memory.getByte(1)).isEqualTo((byte) 0x81);
            assertThat(memory.getShort(2)).isEqualTo((short) 0x8283);
            assertThat(memory.getInt(4)).isEqualTo(0x84858687);
            assertThat(memory.getLong(8)).isEqualTo(0x88898a8b8c8d8e8fL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyAlignmentWillDo(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            for (int address = 0; address < 16; address++) {
                memory.putLong(address, 0x0102030405060708L);
                assertThat(memory.getLong(address)).isEqualTo(0x0102030405060708L);
                assertThat(memory.getInt(address + 1)).isEqualTo(0x02030405);
                assertThat(memory.getShort(address + 6)).isEqualTo((short) 0x0708);

                memory.putInt(address + 1, 0x11121314);
                memory.putShort(address + 6, (short) 0x2122);
                assertThat(memory.getLong(address)).isEqualTo(0x0111121314062122L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastBytesCanBeReachedAndNothingBehindThem(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            memory.putByte(SIZE - 1, (byte) 1);
            memory.putShort(SIZE - 2, (short) 2);
            memory.putInt(SIZE - 4, 3);
            memory.putLong(SIZE - 8, 4);
            assertThat(memory.getLong(SIZE - 8)).isEqualTo(4);
            assertThat(memory.getInt(SIZE - 4)).isEqualTo(4);
            assertThat(memory.getShort(SIZE - 2)).isEqualTo((short) 4);
            assertThat(memory.getByte(SIZE - 1)).isEqualTo((byte) 4);

            for (int beyond = 1; beyond <= 9; beyond++) {
                assertOutside(memory, SIZE - 8L + beyond, 8);
            }
            assertThat(memory.getLong(SIZE - 8))
                    .as("refused stores left nothing behind")
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                -8,
                -4096,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 8,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 7,
                SIZE,
                SIZE + 1,
                1L << 30,
                (1L << 30) + 8,
                1L << 31,
                1L << 32,
                (1L << 32) + 8,
                1L << 62,
                (1L << 62) + 8,
                0xffff_ffff_0000_0000L,
            })
    void hostileAddressesAreOutside(long address) {
        try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
            for (int length : new int[] {1, 2, 4, 8}) {
                assertOutside(memory, address, length);
            }
        }
    }

    /** Agrona's checks can be switched off; what guards the JVM against a guest may not depend on them. */
    @Test
    @Timeout(60)
    void theyAreOutsideWithoutAgronasOwnChecksToo() throws Exception {
        ForkedJvm.Output output = new ForkedJvm(folder)
                .run(UncheckedMain.class, ForkedJvm.AGRONA_FLAG, "-Dagrona.disable.bounds.checks=true");

        assertThat(output.err()).isEmpty();
        assertThat(output.out()).containsExactly("Agrona's checks: false", "all outside");
    }

    static final class UncheckedMain {
        public static void main(String[] args) {
            System.out.println("Agrona's checks: " + UnsafeBuffer.SHOULD_BOUNDS_CHECK);
            try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
                for (long address :
                        new long[] {-1, SIZE, SIZE - 7, 1L << 30, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
                    assertOutside(memory, address, 8);
                }
            }
            System.out.println("all outside");
        }
    }

    private static void assertOutside(GuestMemory memory, long address, int length) {
        assertThat(memory.contains(address, length)).isFalse();
        switch (length) {
            case 1 -> {
                assertOutside(memory, address, 1, () -> memory.getByte(address));
                assertOutside(memory, address, 1, () -> memory.putByte(address, (byte) -1));
            }
            case 2 -> {
                assertOutside(memory, address, 2, () -> memory.getShort(address));
                assertOutside(memory, address, 2, () -> memory.putShort(address, (short) -1));
            }
            case 4 -> {
                assertOutside(memory, address, 4, () -> memory.getInt(address));
                assertOutside(memory, address, 4, () -> memory.putInt(address, -1));
            }
            default -> {
                assertOutside(memory, address, 8, () -> memory.getLong(address));
                assertOutside(memory, address, 8, () -> memory.putLong(address, -1));
            }
        }
        byte[] bytes = new byte[length];
        UnsafeBuffer window = new UnsafeBuffer(bytes);
        assertOutside(memory, address, length, () -> memory.getBytes(address, bytes, 0, length));
        assertOutside(memory, address, length, () -> memory.putBytes(address, bytes, 0, length));
        assertOutside(memory, address, length, () -> memory.wrapWindow(window, address, length));
        assertThat(window.byteArray()).as("a refused window stays where it was").isSameAs(bytes);
    }

    private static void assertOutside(GuestMemory memory, long address, int length, ThrowingCallable access) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(access)
                .withMessageContaining("address=0x" + Long.toHexString(address) + " ")
                .withMessageContaining("length=" + length + " ")
                .withMessageEndingWith("size=" + memory.size());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "0, 8192, true",
        "8192, 0, true",
        "8191, 1, true",
        "4096, 4096, true",
        "0, 8193, false",
        "8192, 1, false",
        "8193, 0, false",
        "8191, 2, false",
        "-1, 0, false",
        "-1, 1, false",
        "0, -1, false",
        "8192, -8192, false",
        "9223372036854775807, 1, false",
        "9223372036854775807, 9223372036854775807, false",
        "1, 9223372036854775807, false",
        "-9223372036854775808, -9223372036854775808, false",
        "-9223372036854775808, 9223372036854775807, false",
        "0, -9223372036854775808, false",
        "9223372036854775807, -9223372036854775808, false",
    })
    void containsAnswersForAnyValues(long address, long length, boolean contained) {
        try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
            assertThat(memory.contains(address, length)).isEqualTo(contained);
        }
    }

    @Test
    void copiesTakePartsOfArrays() {
        try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
            memory.putBytes(100, new byte[] {9, 1, 2, 3, 9}, 1, 3);
            byte[] bytes = new byte[6];
            memory.getBytes(99, bytes, 1, 5);

            assertThat(bytes).containsExactly(0, 0, 1, 2, 3, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1",
        "0, 5",
        "4, 1",
        "5, 0",
        "1, -1",
        "2147483647, 1",
        "2147483647, 2147483647",
        "-2147483648, 4",
        "3, 2"
    })
    void copiesBeyondTheArrayAreRefusedAndCopyNothing(int offset, int length) {
        try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
            byte[] bytes = {1, 2, 3, 4};

            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.putBytes(0, bytes, offset, length));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.getBytes(0, bytes, offset, length));
            assertThat(memory.getLong(0)).isZero();
            assertThat(bytes).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void emptyCopiesAndWindowsAreInRangeUpToTheEnd() {
        try (GuestMemory memory = GuestMemory.allocate(SIZE)) {
            UnsafeBuffer window = new UnsafeBuffer(new byte[8]);
            memory.getBytes(SIZE, new byte[0], 0, 0);
            memory.putBytes(SIZE, new byte[0], 0, 0);
            memory.wrapWindow(window, SIZE, 0);

            assertThat(window.capacity()).isZero();
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.putBytes(SIZE + 1, new byte[0], 0, 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.wrapWindow(window, 0, -1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWindowIsTheStorageItself(Storage storage) throws IOException {
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            UnsafeBuffer window = new UnsafeBuffer();
            memory.wrapWindow(window, 4096, 64);

            window.putByte(63, (byte) 7);
            memory.putByte(4096, (byte) 5);

            assertThat(window.capacity()).isEqualTo(64);
            assertThat(memory.getByte(4096 + 63)).isEqualTo((byte) 7);
            assertThat(window.getByte(0)).isEqualTo((byte) 5);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> window.getByte(64));
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomAccessesAgreeWithAByteBuffer(Storage storage) throws IOException {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer model = ByteBuffer.allocate(SIZE);
        try (GuestMemory memory = storage.open(SIZE, folder)) {
            for (int i = 0; i < 10_000; i++) {
                int address = random.nextInt(SIZE - 8);
                long value = random.nextLong();
                switch (random.nextInt(5)) {
                    case 0 -> {
                        memory.putByte(address, (byte) value);
                        model.put(address, (byte) value);
                    }
                    case 1 -> {
                        memory.putShort(address, (short) value);
                        model.putShort(address, (short) value);
                    }
                    case 2 -> {
                        memory.putInt(address, (int) value);
                        model.putInt(address, (int) value);
                    }
                    case 3 -> {
                        memory.putLong(address, value);
                        model.putLong(address, value);
                    }
                    default -> {
                        byte[] bytes = new byte[random.nextInt(8)];
                        memory.putBytes(address, bytes, 0, bytes.length);
                        model.put(address, bytes);
                    }
                }
                int at = random.nextInt(SIZE - 8);
                assertThat(memory.getLong(at)).as("seed %d, step %d", seed, i).isEqualTo(model.getLong(at));
            }
            byte[] all = new byte[SIZE];
            memory.getBytes(0, all, 0, SIZE);
            assertThat(all).as("seed %d", seed).isEqualTo(model.array());
        }
    }
}
