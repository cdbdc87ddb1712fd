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

    /** Where a position-independent image may begin. */
    private static final long BOUNDARY = 1 << 16;

    /**
     * A piece of the image.
     *
     * @param address absolute address.
     * @param length bytes in storage; those behind the file's are zero.
     * @param offset of its bytes in the file.
     * @param fileLength how many there are.
     */
    record Segment(long address, long length, int offset, int fileLength) {
        boolean contains(long place, long bytes) {
            return bytes <= length && place >= address && place - address <= length - bytes;
        }
    }

    private final byte[] file;
    private final List<Segment> segments;
    private final InitialPsw psw;

    /** What depends on where the image lies; null if it lies at fixed addresses. */
    private final List<Relocations.Relative> relocations;

    /** An image at fixed addresses. */
    GuestImage(byte[] file, List<Segment> segments, InitialPsw psw) {
        this(file, segments, psw, null);
    }

    /** An image whose addresses count from where it is put, or a fixed one, without {@code relocations}. */
    GuestImage(byte[] file, List<Segment> segments, InitialPsw psw, List<Relocations.Relative> relocations) {
        this.file = file;
        this.segments = segments;
        this.psw = psw;
        this.relocations = relocations;
    }

    /**
     * Reads a file: ELF if it begins as such, a Linux kernel if it has its mark, else a flat image.
     *
     * @param path the file.
     * @return the image.
     * @throws GuestFormatException if it is none of these.
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
        if (ElfFile.isElf(file)) {
            return ElfFile.parse(file);
        }
        return KernelImage.isKernel(file) ? KernelImage.parse(file) : FlatImage.parse(file);
    }

    /**
     * Puts the image into storage. A position-independent one goes as high as it fits, to a multiple of 64 KiB.
     *
     * @param storage absolute storage; what the image does not cover stays.
     * @param parameters stored behind it and in it.
     * @return where the guest starts.
     * @throws GuestFormatException if the image does not fit, with nothing stored; or if the guest does not take the parameters.
     */
    public InitialPsw load(GuestMemory storage, BootParameters parameters) throws GuestFormatException {
        long end = 0;
        for (Segment segment : segments) {
            end = Math.max(end, segment.address + segment.length);
        }
        long base = relocations == null ? 0 : Math.max(0, (storage.size() - end) & -BOUNDARY);
        for (Segment segment : segments) {
            if (!storage.contains(base + segment.address, segment.length)) {
                throw new GuestFormatException(String.format(
                        Locale.ROOT,
                        "the guest needs 0x%x bytes at 0x%x, but storage has 0x%x: give it more memory",
                        segment.length,
                        base + segment.address,
                        storage.size()));
            }
        }
        parameters.makeRoom(storage);
        for (Segment segment : segments) {
            store(storage, base, segment);
        }
        if (relocations != null) {
            for (Relocations.Relative relocation : relocations) {
                storage.putLong(base + relocation.address(), base + relocation.addend());
            }
        }
        InitialPsw entry = new InitialPsw(psw.mask(), base + psw.address());
        parameters.store(storage, entry.address(), base + end);
        return entry;
    }

    private void store(GuestMemory storage, long base, Segment segment) {
        storage.putBytes(base + segment.address, file, segment.offset, segment.fileLength);
        byte[] zeros = new byte[(int) Math.min(segment.length - segment.fileLength, ZEROS)];
        for (long done = segment.fileLength; done < segment.length; done += zeros.length) {
            int part = (int) Math.min(zeros.length, segment.length - done);
            storage.putBytes(base + segment.address + done, zeros, 0, part);
        }
    }
}
