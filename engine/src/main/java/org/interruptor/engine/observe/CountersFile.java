package org.interruptor.engine.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/**
 * The file in which a machine's counters lie for other processes to read: {@link CountersHeader}, metadata, values.
 *
 * <p>It is made beside its name, filled with zeros to its full length (a hole that cannot be filled later, on a full disk,
 * would kill the JVM), and then moved to its name: who opens it finds it whole, and a machine that had the name before goes
 * on with its own file.
 *
 * <p>Nothing is ever unmapped by hand: the buffers keep the mapping for as long as somebody can reach them, so a late count
 * cannot hit memory that is gone. Nobody may shorten the file meanwhile.
 *
 * <p>Threads: any.
 */
public final class CountersFile {
    private final Path path;
    private final CountersHeader header;
    private final AtomicBuffer values;

    private CountersFile(Path path, CountersHeader header, AtomicBuffer values) {
        this.path = path;
        this.header = header;
        this.values = values;
    }

    /**
     * Makes the file.
     *
     * @param path its name.
     * @param layout where each value stands.
     * @param machine the number of the machine.
     * @param floatingCapacity places in the floating queue, for its header.
     * @param localCapacity places in each local queue, for its header.
     * @return the file.
     * @throws UncheckedIOException if it cannot be made; the message names it and says why.
     */
    public static CountersFile create(
            Path path, CountersLayout layout, int machine, int floatingCapacity, int localCapacity) {
        try {
            checkReplaceable(path);
            Path beside = path.resolveSibling(
                    path.getFileName() + "." + ProcessHandle.current().pid() + "-" + machine + ".new");
            Files.deleteIfExists(beside); // of a process of the same number that has died
            try {
                CountersFile file = fill(beside, path, layout);
                file.header.write(layout, machine, floatingCapacity, localCapacity);
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("countersFile=" + path + ": " + reason(failure), failure);
        }
    }

    /** A wrong name must not cost its owner another file. */
    private static void checkReplaceable(Path path) throws IOException {
        if (path.getFileName() == null) {
            throw new IOException("not the name of a file");
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("exists and is not a regular file");
        }
        byte[] beginning;
        try (InputStream in = Files.newInputStream(path)) {
            beginning = in.readNBytes(CountersHeader.LENGTH);
        }
        if (!CountersHeader.isMagic(beginning)) {
            throw new IOException("exists and is not a counters file: delete it, or choose another name");
        }
    }

    private static CountersFile fill(Path file, Path path, CountersLayout layout) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(CountersHeader.LENGTH);
            for (long left = CountersHeader.fileLength(layout); left > 0; ) {
                page.position(0).limit((int) Math.min(left, page.capacity()));
                left -= channel.write(page);
            }
            UnsafeBuffer header = map(channel, 0, CountersHeader.LENGTH);
            int metadataLength = CountersHeader.metadataLength(layout);
            UnsafeBuffer metadata = map(channel, CountersHeader.LENGTH, metadataLength);
            UnsafeBuffer values =
                    map(channel, CountersHeader.LENGTH + (long) metadataLength, CountersHeader.valuesLength(layout));
            label(layout, metadata, values);
            return new CountersFile(path, new CountersHeader(header), values);
        }
    }

    private static UnsafeBuffer map(FileChannel channel, long position, int length) throws IOException {
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, position, length);
        return new UnsafeBuffer(mapped);
    }

    private static void label(CountersLayout layout, UnsafeBuffer metadata, UnsafeBuffer values) {
        CountersManager manager = new CountersManager(metadata, values);
        for (int id = 0; id < layout.count(); id++) {
            int vcpu = layout.vcpuOf(id);
            manager.allocate(layout.label(id), layout.typeId(id), key -> key.putInt(0, vcpu));
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such directory";
        }
        String reason = failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /**
     * The buffer of values.
     *
     * @return page-aligned.
     */
    public AtomicBuffer values() {
        return values;
    }

    /** Tells readers that the machine is closed. The file stays. */
    public void markClosed() {
        header.markClosed();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
