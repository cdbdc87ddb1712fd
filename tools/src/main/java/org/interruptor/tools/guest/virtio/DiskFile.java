package org.interruptor.tools.guest.virtio;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the host as a disk: as long as it is when it is opened. A file that may not be written is a disk that is read-only.
 *
 * <p>Threads: the device's.
 */
public final class DiskFile implements AutoCloseable {
    private static final int SECTOR = 512;

    private final FileChannel channel;
    private final long length;
    private final boolean isReadOnly;

    private DiskFile(FileChannel channel, long length, boolean isReadOnly) {
        this.channel = channel;
        this.length = length;
        this.isReadOnly = isReadOnly;
    }

    /**
     * Opens a file.
     *
     * @param path a regular file, or what behaves like one.
     * @param isReadOnly whether nothing shall be written, also where that is possible.
     * @return the disk.
     * @throws IOException if it cannot be opened, or its length is no multiple of 512.
     */
    public static DiskFile open(Path path, boolean isReadOnly) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("a folder, expected a file");
        }
        boolean isFixed = isReadOnly || !Files.isWritable(path);
        FileChannel channel = isFixed
                ? FileChannel.open(path, StandardOpenOption.READ)
                : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long length = channel.size();
        if (length % SECTOR != 0) {
            channel.close();
            throw new IOException("a disk of " + length + " bytes, expected a multiple of " + SECTOR);
        }
        return new DiskFile(channel, length, isFixed);
    }

    long length() {
        return length;
    }

    boolean isReadOnly() {
        return isReadOnly;
    }

    void read(long position, byte[] to, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to, 0, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
    }

    void write(long position, byte[] from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(from, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    /** Everything that was written is on the host's disk. */
    void flush() throws IOException {
        channel.force(false);
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
