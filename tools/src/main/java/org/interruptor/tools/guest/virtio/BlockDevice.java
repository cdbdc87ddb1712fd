package org.interruptor.tools.guest.virtio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A virtio block device on a file.
 *
 * <pre>
 *   request   type, 32 | 0, 32 | sector, 64 | data, if written | data, if read | status, 8
 * </pre>
 *
 * <p>Requests: read, write, flush, get ID. One that leaves the disk, or is no whole number of sectors, or writes on a disk that
 * is read-only, or that the host's file refuses, ends with status I/O error. One without room for a status breaks the queue.
 *
 * <p>Threads: the device's. Source: Virtual I/O Device 1.2, section 5.2.
 */
public final class BlockDevice implements VirtioDevice, AutoCloseable {
    private static final int ID = 2;

    // Feature bits.
    private static final long SEGMENTS_MAX = 1L << 2;
    private static final long READ_ONLY = 1L << 5;
    private static final long BLOCK_SIZE = 1L << 6;
    private static final long FLUSHES = 1L << 9;

    // Request types.
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int FLUSH = 4;
    private static final int GET_ID = 8;

    // Statuses.
    private static final int OK = 0;
    private static final int IO_ERROR = 1;
    private static final int UNSUPPORTED = 2;

    private static final int HEADER_LENGTH = 16;
    private static final int ID_LENGTH = 20;
    private static final int SECTOR = 512;
    private static final int CHUNK = 1 << 16;

    // Offsets in the configuration space.
    /** With the fields of features that are not offered, zeros: firmware reads them before it looks at the features. */
    private static final int CONFIGURATION_LENGTH = 60;

    private static final int CAPACITY = 0;
    private static final int SEGMENTS = 12;
    private static final int BLOCK_LENGTH = 20;

    private final DiskFile file;
    private final byte[] name = new byte[ID_LENGTH];
    private final byte[] header = new byte[HEADER_LENGTH];
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] status = new byte[1];

    /**
     * A disk.
     *
     * @param file what it holds; closed with the device.
     * @param name what the driver can read as its ID; of a longer one the first 20 characters, ASCII.
     */
    public BlockDevice(DiskFile file, String name) {
        this.file = file;
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, this.name, 0, Math.min(ID_LENGTH, bytes.length));
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public long features() {
        return SEGMENTS_MAX | BLOCK_SIZE | FLUSHES | (file.isReadOnly() ? READ_ONLY : 0);
    }

    @Override
    public int queues() {
        return 1;
    }

    @Override
    public byte[] configuration(ByteOrder order) {
        return ByteBuffer.allocate(CONFIGURATION_LENGTH)
                .order(order)
                .putLong(CAPACITY, file.length() / SECTOR)
                .putInt(SEGMENTS, Virtqueue.MOST_DESCRIPTORS - 2)
                .putInt(BLOCK_LENGTH, SECTOR)
                .array();
    }

    @Override
    public boolean work(int number, Virtqueue queue) {
        boolean isWanted = false;
        Descriptors request = queue.take();
        while (request != null) {
            if (request.writableLength() == 0 || request.read(0, header, HEADER_LENGTH) < HEADER_LENGTH) {
                queue.refuse();
                return isWanted;
            }
            long data = request.writableLength() - 1;
            status[0] = (byte) carryOut(queue, request, data);
            request.write(data, status, 1);
            isWanted |= queue.complete(data + 1);
            request = queue.take();
        }
        return isWanted;
    }

    private int carryOut(Virtqueue queue, Descriptors request, long writable) {
        ByteBuffer fields = ByteBuffer.wrap(header).order(queue.order());
        long sector = fields.getLong(8);
        try {
            return switch (fields.getInt(0)) {
                case READ -> isOnDisk(sector, writable) ? read(queue, request, sector * SECTOR, writable) : IO_ERROR;
                case WRITE -> {
                    long length = request.readableLength() - HEADER_LENGTH;
                    yield !file.isReadOnly() && isOnDisk(sector, length)
                            ? write(queue, request, sector * SECTOR, length)
                            : IO_ERROR;
                }
                case FLUSH -> {
                    file.flush();
                    yield OK;
                }
                case GET_ID -> {
                    request.write(0, name, (int) Math.min(ID_LENGTH, writable));
                    yield OK;
                }
                default -> UNSUPPORTED;
            };
        } catch (IOException e) {
            return IO_ERROR;
        }
    }

    private boolean isOnDisk(long sector, long length) {
        long sectors = file.length() / SECTOR;
        return length % SECTOR == 0 && sector >= 0 && sector <= sectors && length / SECTOR <= sectors - sector;
    }

    private int read(Virtqueue queue, Descriptors request, long position, long length) throws IOException {
        for (long done = 0; done < length; done += CHUNK) {
            if (queue.isCalledOff()) {
                return IO_ERROR;
            }
            int part = (int) Math.min(CHUNK, length - done);
            file.read(position + done, chunk, part);
            request.write(done, chunk, part);
        }
        return OK;
    }

    private int write(Virtqueue queue, Descriptors request, long position, long length) throws IOException {
        for (long done = 0; done < length; done += CHUNK) {
            if (queue.isCalledOff()) {
                return IO_ERROR;
            }
            int part = (int) Math.min(CHUNK, length - done);
            request.read(HEADER_LENGTH + done, chunk, part);
            file.write(position + done, chunk, part);
        }
        return OK;
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
