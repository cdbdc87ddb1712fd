package org.interruptor.tools.guest.sclp;

import java.io.ByteArrayOutputStream;
import org.interruptor.tools.guest.cpu.Ebcdic;

/**
 * Messages of the line-mode console, event type 0x02: a message data block in the event buffer, whose message-text objects are a
 * line each, in EBCDIC.
 *
 * <pre>
 *   event data   0 length (16)   2 type (16): 1   4 tag: "MDB " in EBCDIC (32)   8 revision (32)   12 objects
 *   object       0 length (16)   2 type (16): 1 general, 4 message text
 *   message text 0 length (16)   2 type (16)   4 line-type flags (16)   6 alarm control (32)   10 text
 * </pre>
 *
 * <p>Lengths are those of the whole. Other objects are skipped. Input is not offered to a line-mode console.
 *
 * <p>Threads: any.
 */
final class LineMode {
    private static final int BLOCK_HEADER_LENGTH = 12;
    private static final int OBJECT_HEADER_LENGTH = 4;
    private static final int MESSAGE_TEXT = 4;
    private static final int TEXT = 10;

    private LineMode() {}

    /**
     * The lines of an event.
     *
     * @param block where it is.
     * @param offset of the event data.
     * @param length of the event data.
     * @return each line with a line feed behind it, as the console takes it; null if lengths in it contradict each other.
     */
    static byte[] lines(ControlBlock block, int offset, int length) {
        if (length < BLOCK_HEADER_LENGTH) {
            return null;
        }
        int end = offset + block.get16(offset);
        if (end > offset + length || end < offset + BLOCK_HEADER_LENGTH) {
            return null;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        int object = offset + BLOCK_HEADER_LENGTH;
        while (object < end) {
            int objectLength = end - object < OBJECT_HEADER_LENGTH ? 0 : block.get16(object);
            if (objectLength < OBJECT_HEADER_LENGTH || objectLength > end - object) {
                return null;
            }
            if (block.get16(object + 2) == MESSAGE_TEXT) {
                if (objectLength < TEXT) {
                    return null;
                }
                lines.writeBytes(Ebcdic.ascii(block.bytes(object + TEXT, objectLength - TEXT)));
                lines.write('\n');
            }
            object += objectLength;
        }
        return lines.toByteArray();
    }
}
