package org.interruptor.tools.guest.loader;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interruptor.memory.PswMask;

/**
 * An executable ELF file for s390x: its loadable segments go to their physical addresses, and it starts at its entry point,
 * with 64-bit addresses and all interruptions disabled. In a position-independent one (type 3), as firmware is, addresses count
 * from where it is put. Source: System V ABI, chapter 4, and its supplement for s390x.
 *
 * <pre>
 *   header   0x04 class 2 (64 bits)   0x05 data 2 (big-endian)   0x10 type 2 or 3   0x12 machine 22
 *            0x18 entry   0x20 offset of the program headers   0x36 their size   0x38 their number
 *   program  0x00 type 1 (load) or 2 (dynamic)   0x08 offset   0x18 physical address   0x20 bytes in the file   0x28 bytes in storage
 *   header
 * </pre>
 */
final class ElfFile {
    private static final int MAGIC = 0x7f454c46;
    private static final int HEADER_LENGTH = 0x40;
    private static final int PROGRAM_HEADER_LENGTH = 0x38;
    private static final int CLASS_64 = 2;
    private static final int BIG_ENDIAN = 2;
    private static final int EXECUTABLE = 2;
    private static final int POSITION_INDEPENDENT = 3;
    private static final int S390 = 22;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;

    private final byte[] bytes;
    private final ByteBuffer file;

    private ElfFile(byte[] bytes) {
        this.bytes = bytes;
        this.file = ByteBuffer.wrap(bytes);
    }

    static boolean isElf(byte[] file) {
        return file.length >= Integer.BYTES && ByteBuffer.wrap(file).getInt() == MAGIC;
    }

    static GuestImage parse(byte[] bytes) throws GuestFormatException {
        return new ElfFile(bytes).image();
    }

    private GuestImage image() throws GuestFormatException {
        if (bytes.length < HEADER_LENGTH) {
            throw new GuestFormatException("the ELF header has 64 bytes, this file has " + bytes.length + " in all");
        }
        require("class", bytes[4], CLASS_64, "64-bit");
        require("data encoding", bytes[5], BIG_ENDIAN, "big-endian");
        boolean isRelocatable = file.getShort(0x10) == POSITION_INDEPENDENT;
        if (!isRelocatable) {
            require("type", file.getShort(0x10), EXECUTABLE, "an executable");
        }
        require("machine", file.getShort(0x12), S390, "s390x");
        List<GuestImage.Segment> segments = segments();
        if (segments.isEmpty()) {
            throw new GuestFormatException("the ELF file has nothing to load");
        }
        long entry = file.getLong(0x18);
        if ((entry & 1) != 0) {
            throw new GuestFormatException(String.format(Locale.ROOT, "the ELF entry point 0x%x is odd", entry));
        }
        if (segments.stream().noneMatch(segment -> segment.contains(entry, 1))) {
            throw new GuestFormatException(String.format(Locale.ROOT, "the ELF entry point 0x%x is in no segment", entry));
        }
        InitialPsw psw = new InitialPsw(PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING, entry);
        return new GuestImage(bytes, segments, psw, isRelocatable ? relocations(segments) : null);
    }

    private static void require(String field, int value, int expected, String meaning) throws GuestFormatException {
        if (value != expected) {
            throw new GuestFormatException(
                    "the ELF " + field + " is " + value + ", expected " + expected + ": " + meaning);
        }
    }

    private List<GuestImage.Segment> segments() throws GuestFormatException {
        long table = file.getLong(0x20);
        int size = file.getShort(0x36) & 0xffff;
        int count = file.getShort(0x38) & 0xffff;
        if (count > 0 && size < PROGRAM_HEADER_LENGTH) {
            throw new GuestFormatException(
                    "ELF program headers of " + size + " bytes, expected at least " + PROGRAM_HEADER_LENGTH);
        }
        if (!isInFile(table, (long) count * size)) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "%d ELF program headers of %d bytes at 0x%x do not fit into a file of 0x%x bytes",
                    count,
                    size,
                    table,
                    bytes.length));
        }
        List<GuestImage.Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int header = (int) table + i * size;
            if (file.getInt(header) == LOAD) {
                addSegment(segments, header);
            }
        }
        return segments;
    }

    private void addSegment(List<GuestImage.Segment> segments, int header) throws GuestFormatException {
        long offset = file.getLong(header + 0x08);
        long address = file.getLong(header + 0x18);
        long fileLength = file.getLong(header + 0x20);
        long length = file.getLong(header + 0x28);
        if (!isInFile(offset, fileLength)) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "an ELF segment has 0x%x bytes at 0x%x of a file of 0x%x bytes",
                    fileLength,
                    offset,
                    bytes.length));
        }
        if (length < fileLength || address < 0 || address + length < 0) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "an ELF segment of 0x%x bytes, 0x%x of them in the file, cannot be at 0x%x",
                    length,
                    fileLength,
                    address));
        }
        if (length > 0) {
            segments.add(new GuestImage.Segment(address, length, (int) offset, (int) fileLength));
        }
    }

    private List<Relocations.Relative> relocations(List<GuestImage.Segment> segments) throws GuestFormatException {
        int size = file.getShort(0x36) & 0xffff;
        for (int i = 0; i < (file.getShort(0x38) & 0xffff); i++) {
            int header = (int) file.getLong(0x20) + i * size;
            long offset = file.getLong(header + 0x08);
            long length = file.getLong(header + 0x20);
            if (file.getInt(header) == DYNAMIC && isInFile(offset, length)) {
                return Relocations.read(bytes, (int) offset, (int) length, segments);
            }
        }
        return List.of();
    }

    private boolean isInFile(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= bytes.length - length;
    }
}
