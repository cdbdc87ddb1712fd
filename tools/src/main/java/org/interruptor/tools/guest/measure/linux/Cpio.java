package org.interruptor.tools.guest.measure.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An archive of one file in cpio's format "newc", which Linux unpacks from an initrd, also behind another one.
 *
 * <pre>
 *   "070701", 13 fields of 8 hexadecimal digits | name, NUL | to 4 bytes | contents | to 4 bytes
 * </pre>
 *
 * <p>Threads: any.
 */
final class Cpio {
    private static final String MAGIC = "070701";
    private static final String TRAILER = "TRAILER!!!";
    private static final int BOUNDARY = 4;

    /** A regular file that all may read and execute. */
    private static final int PROGRAM = 0100755;

    private Cpio() {}

    /**
     * Adds a program to an initrd.
     *
     * @param initrd one archive or several, uncompressed.
     * @param name path of the program, without a slash in front.
     * @param program its contents.
     * @return the initrd, and an archive of the program behind it.
     */
    static byte[] withProgram(byte[] initrd, String name, byte[] program) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(initrd);
        pad(out);
        entry(out, name, PROGRAM, program);
        entry(out, TRAILER, 0, new byte[0]);
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, String name, int mode, byte[] contents) {
        byte[] path = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        // inode, mode, user, group, links, time, length, device and special device (two fields each), length of the
        // name, checksum
        int[] fields = {1, mode, 0, 0, 1, 0, contents.length, 0, 0, 0, 0, path.length, 0};
        StringBuilder header = new StringBuilder(MAGIC);
        for (int field : fields) {
            header.append(String.format(Locale.ROOT, "%08x", field));
        }
        out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(path);
        pad(out);
        out.writeBytes(contents);
        pad(out);
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % BOUNDARY != 0) {
            out.write(0);
        }
    }
}
