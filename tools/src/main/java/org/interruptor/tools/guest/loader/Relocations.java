package org.interruptor.tools.guest.loader;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The relocations of a position-independent ELF file, of the one kind that needs no symbols: R_390_RELATIVE, the load address plus
 * an addend. Source: System V ABI, chapter 5, and its supplement for s390x.
 *
 * <pre>
 *   dynamic section  0x00 tag (7 address of the table, 8 its bytes, 0 the end)   0x08 value
 *   table            0x00 where   0x08 kind (low 32 bits)   0x10 addend
 * </pre>
 */
final class Relocations {
    private static final long TABLE = 7;
    private static final long TABLE_LENGTH = 8;
    private static final int DYNAMIC_ENTRY = 0x10;
    private static final int TABLE_ENTRY = 0x18;
    private static final int RELATIVE = 12;

    /**
     * A doubleword that depends on where the image lies.
     *
     * @param address where it is, from the image's own 0.
     * @param addend what it contains, from the image's own 0.
     */
    record Relative(long address, long addend) {}

    private Relocations() {}

    /**
     * Reads them.
     *
     * @param file the ELF file.
     * @param offset of the dynamic section in the file.
     * @param length of the dynamic section; both are in the file.
     * @param segments what is loaded.
     */
    static List<Relative> read(byte[] file, int offset, int length, List<GuestImage.Segment> segments)
            throws GuestFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        long table = 0;
        long tableLength = 0;
        for (int entry = offset; entry + DYNAMIC_ENTRY <= offset + length && bytes.getLong(entry) != 0; ) {
            long tag = bytes.getLong(entry);
            long value = bytes.getLong(entry + 8);
            table = tag == TABLE ? value : table;
            tableLength = tag == TABLE_LENGTH ? value : tableLength;
            entry += DYNAMIC_ENTRY;
        }
        if (tableLength == 0) {
            return List.of();
        }
        int inFile = offsetInFile(table, tableLength, segments);
        List<Relative> relocations = new ArrayList<>();
        for (long done = 0; done + TABLE_ENTRY <= tableLength; done += TABLE_ENTRY) {
            int entry = (int) (inFile + done);
            int kind = (int) bytes.getLong(entry + 8);
            if (kind != RELATIVE) {
                throw new GuestFormatException("the ELF file has a relocation of type " + kind + ", expected "
                        + RELATIVE + ": relative ones need no symbols");
            }
            long address = bytes.getLong(entry);
            if (segments.stream().noneMatch(segment -> segment.contains(address, Long.BYTES))) {
                throw new GuestFormatException(
                        String.format("an ELF relocation is for 0x%x, which is in no segment", address));
            }
            relocations.add(new Relative(address, bytes.getLong(entry + 16)));
        }
        return relocations;
    }

    private static int offsetInFile(long address, long length, List<GuestImage.Segment> segments)
            throws GuestFormatException {
        for (GuestImage.Segment segment : segments) {
            if (segment.contains(address, length) && address - segment.address() + length <= segment.fileLength()) {
                return (int) (segment.offset() + address - segment.address());
            }
        }
        throw new GuestFormatException(
                String.format("the ELF relocations, 0x%x bytes at 0x%x, are in no segment", length, address));
    }
}
