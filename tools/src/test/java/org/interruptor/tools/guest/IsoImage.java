package org.interruptor.tools.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An ISO 9660 image with one file, which El Torito boots without emulation.
 *
 * <pre>
 *   sector 16 primary volume descriptor   17 boot record   18 terminator   19 boot catalog   20 root directory   21 the file
 * </pre>
 */
final class IsoImage {
    private static final int SECTOR = 2048;
    private static final int DESCRIPTORS = 16;
    private static final int CATALOG = 19;
    private static final int ROOT = 20;
    private static final int FILE = 21;

    /** El Torito counts in these. */
    private static final int VIRTUAL_SECTOR = 512;

    private static final int RECORD_LENGTH = 34;
    private static final int DIRECTORY = 2;

    private final ByteBuffer image;

    private IsoImage(byte[] file) {
        int sectors = FILE + (file.length + SECTOR - 1) / SECTOR;
        image = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(DESCRIPTORS, 1);
        both(DESCRIPTORS * SECTOR + 80, sectors);
        image.putShort(DESCRIPTORS * SECTOR + 128, (short) SECTOR);
        record(DESCRIPTORS * SECTOR + 156, ROOT, SECTOR, DIRECTORY, "\0");
        descriptor(DESCRIPTORS + 1, 0);
        text((DESCRIPTORS + 1) * SECTOR + 7, "EL TORITO SPECIFICATION");
        image.putInt((DESCRIPTORS + 1) * SECTOR + 0x47, CATALOG);
        descriptor(DESCRIPTORS + 2, 0xff);
        catalog(file.length);
        record(ROOT * SECTOR, ROOT, SECTOR, DIRECTORY, "\0");
        record(ROOT * SECTOR + RECORD_LENGTH, ROOT, SECTOR, DIRECTORY, "\1");
        record(ROOT * SECTOR + 2 * RECORD_LENGTH, FILE, file.length, 0, "A");
        image.put(FILE * SECTOR, file);
    }

    /** The image that boots a file. */
    static byte[] booting(byte[] file) {
        return new IsoImage(file).image.array();
    }

    private void descriptor(int sector, int type) {
        image.put(sector * SECTOR, (byte) type);
        text(sector * SECTOR + 1, "CD001\1");
    }

    private void text(int at, String text) {
        image.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A number in both orders of bytes. */
    private void both(int at, int value) {
        image.putInt(at, value);
        image.putInt(at + 4, Integer.reverseBytes(value));
    }

    /** A directory's record, with a name of one character. */
    private void record(int at, int sector, int length, int flags, String name) {
        image.put(at, (byte) RECORD_LENGTH);
        both(at + 2, sector);
        both(at + 10, length);
        image.put(at + 25, (byte) flags);
        image.put(at + 32, (byte) 1);
        text(at + 33, name);
    }

    /** A validation entry, whose words add up to 0, and the entry of the file. */
    private void catalog(int length) {
        int at = CATALOG * SECTOR;
        image.put(at, (byte) 1);
        image.putShort(at + 28, (short) -(1 + 0xaa55));
        image.putShort(at + 30, (short) 0xaa55);
        image.put(at + 32, (byte) 0x88); // bootable
        image.putShort(at + 38, (short) ((length + VIRTUAL_SECTOR - 1) / VIRTUAL_SECTOR));
        image.putInt(at + 40, FILE);
    }
}
