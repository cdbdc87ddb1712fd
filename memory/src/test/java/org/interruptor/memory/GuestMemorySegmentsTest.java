package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage larger than one buffer can be: a sparse file of 3 GiB and two pages, of which only what is touched takes room. */
class GuestMemorySegmentsTest {

    private static final long GIB = 1L << 30;
    private static final long SIZE = 3 * GIB + 8192;

    @TempDir
    private Path folder;

    private GuestMemory memory;

    @BeforeEach
    void map() throws IOException {
        memory = GuestMemory.mapSparse(folder.resolve("storage"), SIZE);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB, 3 * GIB})
    void accessesCrossFromOneSegmentIntoTheNext(long boundary) {
        for (int before = 1; before < 8; before++) {
            long address = boundary - before;
            memory.putLong(address, 0x0102030405060708L);
            assertThat(memory.getLong(address)).isEqualTo(0x0102030405060708L);
            for (int i = 0; i < 8; i++) {
                assertThat(memory.getByte(address + i)).isEqualTo((byte) (i + 1));
            }
        }
        for (int before = 1; before < 4; before++) {
            memory.putInt(boundary - before, 0x818283ff);
            assertThat(memory.getInt(boundary - before)).isEqualTo(0x818283ff);
            assertThat(memory.getByte(boundary - before)).isEqualTo((byte) 0x81);
            assertThat(memory.getByte(boundary - before + 3)).isEqualTo((byte) 0xff);
        }
        memory.putShort(boundary - 1, (short) 0x80fe);
        assertThat(memory.getShort(boundary - 1)).isEqualTo((short) 0x80fe);
        assertThat(memory.getByte(boundary - 1)).isEqualTo((byte) 0x80);
        assertThat(memory.getByte(boundary)).isEqualTo((byte) 0xfe);
    }

    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB, 3 * GIB})
    void storesThatCrossTouchNothingBesides(long boundary) {
        byte[] expected = new byte[32];
        for (int before = 1; before < 8; before++) {
            memory.putLong(boundary - before, -1);
            Arrays.fill(expected, (byte) 0);
            Arrays.fill(expected, 16 - before, 24 - before, (byte) -1);

            byte[] around = new byte[32];
            memory.getBytes(boundary - 16, around, 0, 32);
            assertThat(around).isEqualTo(expected);
            memory.putBytes(boundary - 16, new byte[32], 0, 32);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB})
    void sizesOfWholeSegmentsEndWhereTheirLastSegmentEnds(long size) throws IOException {
        Path file = folder.resolve("whole");
        try (GuestMemory whole = GuestMemory.mapSparse(file, size)) {
            whole.putLong(size - 8, -1);
            assertThat(whole.getLong(size - 8)).isEqualTo(-1);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> whole.getByte(size));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> whole.getLong(size - 4));
        }
        assertThat(file).hasSize(size);
    }

    @Test
    void eachSegmentIsItsOwn() {
        for (long address = 0; address < SIZE; address += GIB) {
            memory.putLong(address, address + 1);
            memory.putLong(address + 8184, address + 2);
        }
        for (long address = 0; address < SIZE; address += GIB) {
            assertThat(memory.getLong(address)).isEqualTo(address + 1);
            assertThat(memory.getLong(address + 8184)).isEqualTo(address + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {GIB, 2 * GIB, 3 * GIB})
    void copiesCrossFromOneSegmentIntoTheNext(long boundary) {
        byte[] bytes = new byte[4099];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        memory.putBytes(boundary - 1000, bytes, 0, bytes.length);

        byte[] back = new byte[bytes.length];
        memory.getBytes(boundary - 1000, back, 0, back.length);
        assertThat(back).isEqualTo(bytes);
        assertThat(memory.getByte(boundary - 1)).isEqualTo(bytes[999]);
        assertThat(memory.getByte(boundary)).isEqualTo(bytes[1000]);
        assertThat(memory.getByte(boundary - 1001)).isZero();
        assertThat(memory.getByte(boundary - 1000 + bytes.length)).isZero();
    }

    @Test
    void theEndOfTheLastSegmentIsTheEndOfTheStorage() {
        memory.putLong(SIZE - 8, -1);
        assertThat(memory.getLong(SIZE - 8)).isEqualTo(-1);
        for (int beyond = 1; beyond <= 8; beyond++) {
            long address = SIZE - 8 + beyond;
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.getLong(address));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.putLong(address, 0));
        }
        assertThat(memory.getLong(SIZE - 8)).isEqualTo(-1);
        memory.putBytes(SIZE, new byte[0], 0, 0);
        memory.wrapWindow(new UnsafeBuffer(), SIZE, 0);
    }

    @Test
    void aCopyThatWouldLeaveTheStorageCopiesNothing() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.putBytes(SIZE - 2, new byte[] {1, 2, 3}, 0, 3));
        assertThat(memory.getShort(SIZE - 2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, GIB - 8192, GIB, 2 * GIB - 8192, 2 * GIB, 3 * GIB - 8192, 3 * GIB})
    void anAlignedBlockHasAWindow(long address) {
        UnsafeBuffer window = new UnsafeBuffer();
        memory.wrapWindow(window, address, 8192);
        window.putByte(8191, (byte) 3);

        assertThat(memory.getByte(address + 8191)).isEqualTo((byte) 3);
    }

    @Test
    void aWholeSegmentHasAWindow() {
        UnsafeBuffer window = new UnsafeBuffer();
        memory.wrapWindow(window, GIB, (int) GIB);
        window.putByte((int) GIB - 1, (byte) 3);

        assertThat(memory.getByte(2 * GIB - 1)).isEqualTo((byte) 3);
    }

    @Test
    void aWindowThatCrossesIsRefusedAndStaysWhereItWas() {
        byte[] before = new byte[8];
        UnsafeBuffer window = new UnsafeBuffer(before);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.wrapWindow(window, GIB - 4096, 8192))
                .withMessageContaining("address=0x3ffff000 length=8192")
                .withMessageContaining("1073741824");
        assertThat(window.byteArray()).isSameAs(before);
    }

    @Test
    void closingEndsAccessToEachSegment() {
        memory.close();
        for (long address = 0; address < SIZE; address += GIB) {
            long each = address;
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> memory.getLong(each));
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> memory.putLong(each - 4, 1));
        }
    }

    @Test
    void whatIsStoredBeyond2GibIsInTheFile() throws IOException {
        memory.putLong(2 * GIB + 16, 0x1234);
        memory.close();
        try (GuestMemory again = GuestMemory.mapSparse(folder.resolve("storage"), SIZE)) {
            assertThat(again.getLong(2 * GIB + 16)).isEqualTo(0x1234);
        }
    }

    /** Touches 3 GiB of memory. */
    @Test
    @Tag("long")
    void moreThan2GibCanBeAllocated() {
        try (GuestMemory allocated = GuestMemory.allocate(SIZE)) {
            assertThat(allocated.size()).isEqualTo(SIZE);
            allocated.putLong(SIZE - 8, 0x0102030405060708L);
            allocated.putLong(2 * GIB - 4, 0x1112131415161718L);
            assertThat(allocated.getLong(SIZE - 8)).isEqualTo(0x0102030405060708L);
            assertThat(allocated.getLong(2 * GIB - 4)).isEqualTo(0x1112131415161718L);
            UnsafeBuffer window = new UnsafeBuffer();
            for (long address = 0; address < SIZE; address += GIB) {
                allocated.wrapWindow(window, address, 4096);
                assertThat(window.addressOffset() % 4096).isZero();
                assertThat(window.getLong(64)).isZero();
            }
        }
    }

    /** An array of its own can be larger than a segment. */
    @Test
    @Tag("long")
    void aWrappedBufferMayBeLargerThanASegment() {
        UnsafeBuffer large = new UnsafeBuffer(ByteBuffer.allocateDirect((int) GIB + 8192));
        try (GuestMemory wrapped = GuestMemory.wrap(large)) {
            wrapped.putLong(GIB - 4, 0x0102030405060708L);
            assertThat(large.getByte((int) GIB)).isEqualTo((byte) 5);
        }
        try (GuestMemory wrapped = GuestMemory.wrap(large.byteBuffer())) {
            assertThat(wrapped.getLong(GIB - 4)).isEqualTo(0x0102030405060708L);
        }
    }
}
