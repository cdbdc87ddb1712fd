package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestMemoryCreationTest {

    private static final int SIZE = 8192;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -4096, 1, 4095, 4097, 8191, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 50) + 4096})
    void sizesThatAreNoPositiveMultipleOfAPageAreRefused(long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuestMemory.allocate(size))
                .withMessageContaining(Long.toString(size))
                .withMessageContaining("positive multiple of 4096");
        Path file = folder.resolve("refused");
        assertThatIllegalArgumentException().isThrownBy(() -> GuestMemory.map(file, size));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4097})
    void whatIsWrappedHasASizeOfWholePagesToo(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuestMemory.wrap(new byte[size]))
                .withMessageContaining(" " + size + ",");
        assertThatIllegalArgumentException().isThrownBy(() -> GuestMemory.wrap(ByteBuffer.allocate(size)));
        assertThatIllegalArgumentException().isThrownBy(() -> GuestMemory.wrap(new UnsafeBuffer(new byte[size])));
    }

    @Test
    void onePageIsEnough() {
        try (GuestMemory memory = GuestMemory.allocate(4096)) {
            assertThat(memory.size()).isEqualTo(4096);
            assertThat(memory.getLong(4088)).isZero();
        }
    }

    @Test
    void allocatedAndMappedStorageIsPageAligned() throws IOException {
        UnsafeBuffer window = new UnsafeBuffer();
        for (int i = 0; i < 10; i++) {
            try (GuestMemory memory = GuestMemory.allocate(4096)) {
                memory.wrapWindow(window, 0, 4096);
                assertThat(window.addressOffset() % Math.max(4096, UnsafeApi.pageSize()))
                        .isZero();
            }
        }
        try (GuestMemory memory = GuestMemory.map(folder.resolve("aligned"), 4096)) {
            memory.wrapWindow(window, 0, 4096);
            assertThat(window.addressOffset() % 4096).isZero();
        }
    }

    @Test
    @Timeout(60)
    void storageThatTheJvmMayNotHaveIsAnErrorThatNamesTheLimit() throws Exception {
        ForkedJvm.Output output =
                new ForkedJvm(folder).run(GreedyMain.class, ForkedJvm.AGRONA_FLAG, "-XX:MaxDirectMemorySize=16m");

        assertThat(output.out())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("OutOfMemoryError: guest memory of 33554432 bytes")
                        .contains("-XX:MaxDirectMemorySize"));
    }

    static final class GreedyMain {
        public static void main(String[] args) {
            try (GuestMemory memory = GuestMemory.allocate(32 << 20)) {
                System.out.println(memory);
            } catch (OutOfMemoryError e) {
                System.out.println(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Two segments and a page for each are a page too many.
        "2g, 2147483648",
        "2g, 1125899906842624",
        "1025m, 1125899906842624",
    })
    @Timeout(60)
    void storageThatCanNeverBeHadIsRefusedBeforeAnythingIsAllocated(String limit, long size) throws Exception {
        ForkedJvm.Output output = new ForkedJvm(folder)
                .run(
                        AbsurdMain.class,
                        ForkedJvm.AGRONA_FLAG,
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=" + limit,
                        "-Dsize=" + size);

        long allowed = limit.equals("2g") ? 2L << 30 : 1025L << 20;
        assertThat(output.out())
                .containsExactly(
                        "java.lang.OutOfMemoryError: guest memory of " + size + " bytes, expected at most the "
                                + allowed + " that -XX:MaxDirectMemorySize, or else -Xmx, allows",
                        "buffers: 0");
    }

    static final class AbsurdMain {
        public static void main(String[] args) {
            try (GuestMemory memory = GuestMemory.allocate(Long.getLong("size"))) {
                System.out.println(memory);
            } catch (OutOfMemoryError e) {
                System.out.println(e);
            }
            System.out.println("buffers: "
                    + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getCount)
                            .sum());
        }
    }

    @Test
    @Timeout(60)
    void theLimitIsTheHeapsUnlessSet() throws Exception {
        assertThat(limitAndHeap()).containsExactly("67108864 67108864");
        assertThat(limitAndHeap("-XX:MaxDirectMemorySize=3g")).containsExactly("3221225472 67108864");
        assertThat(limitAndHeap("--limit-modules", "java.base,java.logging,jdk.unsupported"))
                .as("nobody who tells")
                .containsExactly(Long.MAX_VALUE + " 67108864");
    }

    /** With a heap of 64 MiB. G1 uses all of it; the serial collector, which a JVM on one core has, keeps a part back. */
    private List<String> limitAndHeap(String... options) throws Exception {
        String[] heap = {"-Xmx64m", "-XX:+UseG1GC"};
        String[] all = Stream.concat(Stream.of(heap), Stream.of(options)).toArray(String[]::new);
        return new ForkedJvm(folder).run(LimitMain.class, all).out();
    }

    static final class LimitMain {
        public static void main(String[] args) {
            System.out.println(
                    GuestMemory.allocationLimit() + " " + Runtime.getRuntime().maxMemory());
        }
    }

    @Test
    void aMappedFileIsCreatedExtendedAndKept() throws IOException {
        Path file = folder.resolve("storage");
        try (GuestMemory memory = GuestMemory.map(file, SIZE)) {
            memory.putInt(0, 0x01020304);
            memory.putByte(SIZE - 1, (byte) 0x7f);
        }
        assertThat(file).hasSize(SIZE);
        assertThat(Files.readAllBytes(file)).startsWith(1, 2, 3, 4).endsWith(0, 0x7f);

        try (GuestMemory memory = GuestMemory.map(file, 2 * SIZE)) {
            assertThat(memory.getInt(0)).isEqualTo(0x01020304);
            assertThat(memory.getByte(SIZE - 1)).isEqualTo((byte) 0x7f);
            assertThat(memory.getLong(2 * SIZE - 8)).isZero();
        }
        assertThat(file).hasSize(2 * SIZE);
    }

    @Test
    void ofALongerFileTheRestIsLeftAlone() throws IOException {
        Path file = folder.resolve("storage");
        byte[] bytes = new byte[SIZE + 1];
        bytes[SIZE] = 42;
        Files.write(file, bytes);
        try (GuestMemory memory = GuestMemory.map(file, 4096)) {
            assertThat(memory.size()).isEqualTo(4096);
            memory.putByte(4095, (byte) 1);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.getByte(4096));
        }
        bytes[4095] = 1;
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void twoMappingsOfAFileShareTheirStorage() throws IOException {
        Path file = folder.resolve("storage");
        try (GuestMemory one = GuestMemory.map(file, SIZE);
                GuestMemory other = GuestMemory.map(file, SIZE)) {
            one.putLong(16, 0x1122334455667788L);
            assertThat(other.getLong(16)).isEqualTo(0x1122334455667788L);
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsAnIoException() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> GuestMemory.map(folder, SIZE));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> GuestMemory.map(folder.resolve("no/such/folder"), SIZE));
    }

    @Test
    void aWrappedArrayIsTheStorage() {
        byte[] bytes = new byte[SIZE];
        try (GuestMemory memory = GuestMemory.wrap(bytes)) {
            memory.putShort(SIZE - 2, (short) 0x0102);
            bytes[0] = 5;

            assertThat(bytes).endsWith(1, 2);
            assertThat(memory.getByte(0)).isEqualTo((byte) 5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrappedByteBufferIsTheStorageBetweenPositionAndLimit(boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(3 * SIZE) : ByteBuffer.allocate(3 * SIZE);
        buffer.position(104).limit(104 + SIZE);
        try (GuestMemory memory = GuestMemory.wrap(buffer)) {
            memory.putLong(0, 0x0102030405060708L);
            memory.putByte(SIZE - 1, (byte) 9);

            assertThat(memory.size()).isEqualTo(SIZE);
            assertThat(buffer.position()).isEqualTo(104);
            assertThat(buffer.limit()).isEqualTo(104 + SIZE);
            buffer.clear();
            assertThat(buffer.getLong(104)).isEqualTo(0x0102030405060708L);
            assertThat(buffer.get(104 + SIZE - 1)).isEqualTo((byte) 9);
        }
    }

    @Test
    void aWrappedAgronaBufferMayBeWrappedAroundSomethingElseLater() {
        byte[] bytes = new byte[SIZE];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        try (GuestMemory memory = GuestMemory.wrap(buffer)) {
            buffer.wrap(new byte[1]);
            memory.putByte(SIZE - 1, (byte) 9);

            assertThat(bytes[SIZE - 1]).isEqualTo((byte) 9);
        }
    }

    @Test
    void readOnlyBuffersAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("read-only"), new byte[SIZE]);
        ByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, SIZE);
        }
        for (ByteBuffer readOnly : new ByteBuffer[] {
            ByteBuffer.allocate(SIZE).asReadOnlyBuffer(),
            ByteBuffer.allocateDirect(SIZE).asReadOnlyBuffer(),
            mapped
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GuestMemory.wrap(readOnly))
                    .withMessageContaining("read-only");
            // Agrona would write through it: with a mapped file, the end of the JVM.
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GuestMemory.wrap(new UnsafeBuffer(readOnly)))
                    .withMessageContaining("read-only");
        }
    }

    @Test
    void expandableBuffersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuestMemory.wrap(new ExpandableArrayBuffer(SIZE)))
                .withMessageContaining("expandable");
    }
}
