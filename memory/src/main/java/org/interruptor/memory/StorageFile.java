package org.interruptor.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file that is mapped as storage: made long enough, if so wished filled to its last block, and mapped. If that fails, the file
 * is as long as it was before, or is gone if it was not there.
 *
 * <p>A mapped file whose blocks are only promised gets each of them at the first store. Where the file system has none left by
 * then, that store is an {@code InternalError}, in whatever thread it is. Written zeros are blocks.
 *
 * <p>Threads: one.
 */
final class StorageFile {
    /** No shorter than a page of the mapping; the file system rounds up to its blocks. */
    private static final int PART_LENGTH = GuestMemory.PAGE_LENGTH;

    private static final int BUFFER_LENGTH = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final long sizeInBytes;

    private StorageFile(Path path, FileChannel channel, long sizeInBytes) {
        this.path = path;
        this.channel = channel;
        this.sizeInBytes = sizeInBytes;
    }

    /**
     * Maps a file.
     *
     * @param segments get the buffers.
     * @param segmentLength of all but the last one.
     * @param isFilled whether all blocks are to be there.
     * @throws FileSystemException if the file system has no room for them; the message names the file and says so.
     * @throws IOException if it cannot be opened, extended or mapped.
     */
    static void map(Path path, UnsafeBuffer[] segments, int segmentLength, long sizeInBytes, boolean isFilled)
            throws IOException {
        boolean isNew = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            StorageFile file = new StorageFile(path, channel, sizeInBytes);
            long lengthBefore = channel.size();
            boolean isMapped = false;
            try {
                if (isFilled) {
                    file.checkSpace(lengthBefore);
                    file.fillHoles(Math.min(lengthBefore, sizeInBytes));
                    file.extend(lengthBefore);
                }
                file.mapInto(segments, segmentLength);
                isMapped = true;
            } finally {
                if (!isMapped) {
                    Arrays.fill(segments, null);
                    undo(path, channel, lengthBefore, isNew);
                }
            }
        }
    }

    private static void undo(Path path, FileChannel channel, long lengthBefore, boolean isNew) throws IOException {
        if (isNew) {
            Files.deleteIfExists(path);
        } else if (channel.size() > lengthBefore) {
            channel.truncate(lengthBefore);
        }
    }

    /** Before anything is written: a size that nobody has must not fill the disk first. */
    private void checkSpace(long lengthBefore) throws IOException {
        long missing = sizeInBytes - lengthBefore;
        long space = Files.getFileStore(path).getUsableSpace();
        if (missing > space) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "storage of " + sizeInBytes + " bytes needs " + missing + " more, but its file system has " + space
                            + " left");
        }
    }

    /** Zeros are written where zeros are read: over a hole, and over zeros, which it costs nothing but time. */
    private void fillHoles(long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PART_LENGTH);
        for (long position = 0; position < end; ) {
            bytes.clear().limit((int) Math.min(bytes.capacity(), end - position));
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
                // until it is full
            }
            int read = bytes.position();
            if (read == 0) {
                return; // somebody has cut it
            }
            for (int part = 0; part < read; part += PART_LENGTH) {
                int length = Math.min(PART_LENGTH, read - part);
                zeros.clear().limit(length);
                if (bytes.slice(part, length).equals(zeros)) {
                    write(zeros, position + part);
                }
            }
            position += read;
        }
    }

    private void extend(long lengthBefore) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(BUFFER_LENGTH);
        for (long position = lengthBefore; position < sizeInBytes; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), sizeInBytes - position));
            int length = zeros.remaining();
            write(zeros, position);
            position += length;
        }
    }

    private void write(ByteBuffer zeros, long position) throws IOException {
        try {
            while (zeros.hasRemaining()) {
                channel.write(zeros, position + zeros.position());
            }
        } catch (IOException failure) {
            FileSystemException named = new FileSystemException(
                    path.toString(),
                    null,
                    "storage of " + sizeInBytes + " bytes cannot be filled with zeros: " + failure.getMessage());
            named.initCause(failure);
            throw named;
        }
    }

    private void mapInto(UnsafeBuffer[] segments, int segmentLength) throws IOException {
        // The last first: it makes the file as long as it has to be.
        for (int i = segments.length - 1; i >= 0; i--) {
            long position = (long) i * segmentLength;
            segments[i] = new UnsafeBuffer(channel.map(
                    FileChannel.MapMode.READ_WRITE, position, Math.min(segmentLength, sizeInBytes - position)));
        }
    }
}
