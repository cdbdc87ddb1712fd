package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of a mapped file: there when they are mapped, or only promised; and that a refusal leaves nothing behind. */
@Timeout(120)
class StorageFileTest {
    private static final int SIZE = 1 << 22;

    /** More than file systems have, and less than they can address. */
    private static final long ABSURD = 1L << 42;

    /** More than a process can map. */
    private static final long UNMAPPABLE = 1L << 50;

    @TempDir
    private Path folder;

    @Test
    void aNewFileHasAllItsBlocks() throws Exception {
        Path file = folder.resolve("storage");
        GuestMemory.map(file, SIZE).close();

        assertThat(file).hasSize(SIZE);
        assertThat(allocated(file)).isGreaterThanOrEqualTo(SIZE);
    }

    @Test
    void holesAreFilledAndWhatLiesBetweenStays() throws Exception {
        Path file = folder.resolve("storage");
        byte[] expected = new byte[SIZE];
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE / 2 + 5);
            for (int position : new int[] {0, 4095, 70_000, SIZE / 4, SIZE / 2 + 4}) {
                sparse.seek(position);
                sparse.write(expected[position] = (byte) (position % 120 + 1));
            }
        }
        assumeThat(allocated(file)).as("a file system with holes").isLessThan(SIZE / 2);
        GuestMemory.map(file, SIZE).close();

        assertThat(allocated(file)).isGreaterThanOrEqualTo(SIZE);
        assertThat(Arrays.equals(Files.readAllBytes(file), expected)).isTrue();
    }

    @Test
    void sparseStorageCostsWhatIsStored() throws Exception {
        Path file = folder.resolve("storage");
        try (GuestMemory memory = GuestMemory.mapSparse(file, SIZE)) {
            memory.putByte(SIZE - 1, (byte) 7);
        }
        assertThat(file).hasSize(SIZE);
        assertThat(allocated(file)).isLessThan(SIZE / 2);
    }

    @Test
    void storageThatTheFileSystemHasNotIsRefusedBeforeAnythingIsWritten() throws IOException {
        assumeThat(Files.getFileStore(folder).getUsableSpace()).isLessThan(ABSURD);
        Path file = folder.resolve("storage");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> GuestMemory.map(file, ABSURD))
                .withMessageMatching(file + ": storage of " + ABSURD + " bytes needs " + ABSURD
                        + " more, but its file system has \\d+ left");
        assertThat(file).doesNotExist();

        Files.write(file, new byte[10]);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> GuestMemory.map(file, ABSURD));
        assertThat(file).hasSize(10);
    }

    @Test
    void aFileThatCannotBeMappedIsAsLongAsBefore() throws IOException {
        Path file = folder.resolve("storage");
        assertThatThrownBy(() -> GuestMemory.mapSparse(file, UNMAPPABLE)).isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();

        Files.write(file, new byte[10]);
        assertThatThrownBy(() -> GuestMemory.mapSparse(file, UNMAPPABLE)).isInstanceOf(IOException.class);
        assertThat(file).hasSize(10);
    }

    /** In bytes, as {@code du} tells; Java does not. */
    private static long allocated(Path file) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "--block-size=1", file.toString()).start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeThat(du.waitFor(10, TimeUnit.SECONDS) && du.exitValue() == 0)
                .as("du of GNU")
                .isTrue();
        return Long.parseLong(answer.substring(0, answer.indexOf('\t')));
    }
}
