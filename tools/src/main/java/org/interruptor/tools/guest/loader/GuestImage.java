package org.interruptor.tools.guest.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.interruptor.memory.GuestMemory;

/**
 * A guest that can be put into storage and started.
 *
 * <p>Threads: any; immutable.
 */
public final class GuestImage {
    /** Larger files are refused unread. */
    private static final long MAX_FILE_LENGTH = 1L << 30;

    /** Zeros are stored in pieces of this length. */
    private static final int ZEROS = 1 << 16;

    /**
     * A piece of the image.
     *
     * @param address absolute address.
     * @param length bytes in storage; those behind the file's are zero.
     * @param offset of its bytes in the file.
     * @param fileLength how many there are.
     */
    record Segment(long address, long length, int offset, int fileLength) {}

    private final byte[] file;
    private final List<Segment> segments;
    private final long pswMask;
    private final long pswAddress;

    GuestImage(byte[] file, List<Segment> segments, long pswMask, long pswAddress) {
        this.file = file;
        this.segments = segments;
        this.pswMask = pswMask;
        this.pswAddress = pswAddress;
    }

    /**
     * Reads a file: ELF if it begins as such, else a flat image.
     *
     * @param path the file.
     * @return the image.
     * @throws GuestFormatException if it is neither.
     * @throws IOException if it cannot be read.
     */
    public static GuestImage read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new GuestFormatException("it is not a file");
        }
        long length = Files.size(path);
        if (length > MAX_FILE_LENGTH) {
            throw new GuestFormatException("it has " + length + " bytes, expected at most " + MAX_FILE_LENGTH);
        }
        return parse(Files.readAllBytes(path));
    }

    /**
     * Takes the bytes of a file apart.
     *
     * @param file the bytes; not copied.
     * @return the image.
     * @throws GuestFormatException if they are no guest.
     */
    public static GuestImage parse(byte[] file) throws GuestFormatException {
        return ElfFile.isElf(file) ? ElfFile.parse(file) : FlatImage.parse(file);
    }

    /**
     * Puts the image into storage.
     *
     * @param storage absolute storage; what the image does not cover stays.
     * @throws GuestFormatException if it does not fit; nothing is stored then.
     */
    public void load(GuestMemory storage) throws GuestFormatException {
        for (Segment segment : segments) {
            if (!storage.contains(segment.address, segment.length)) {
                throw new GuestFormatException(String.format(
                        Locale.ROOT,
                        "the guest needs 0x%x bytes at 0x%x, but storage has 0x%x: give it more memory",
                        segment.length,
                        segment.address,
                        storage.size()));
            }
        }
        for (Segment segment : segments) {
            storage.putBytes(segment.address, file, segment.offset, segment.fileLength);
            byte[] zeros = new byte[(int) Math.min(segment.length - segment.fileLength, ZEROS)];
            for (long done = segment.fileLength; done < segment.length; done += zeros.length) {
                int part = (int) Math.min(zeros.length, segment.length - done);
                storage.putBytes(segment.address + done, zeros, 0, part);
            }
        }
    }

    /**
     * The mask of the PSW to start with.
     *
     * @return 64 bits.
     */
    public long pswMask() {
        return pswMask;
    }

    /**
     * The address of the PSW to start with.
     *
     * @return 64 bits.
     */
    public long pswAddress() {
        return pswAddress;
    }
}
