package org.interruptor.tools.guest.loader;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;

/**
 * A Linux kernel for s390x as it is packaged: the bytes of storage from absolute 0 on, entered at 0x10000 with 64-bit addresses
 * and all interruptions disabled. Its parameter area, which a vmlinux in ELF has too:
 *
 * <pre>
 *   0x10008  "S390EP", by which the image is known      0x10430  longest command line, 8 bytes, with its NUL; 0: 896
 *   0x10408  absolute address of the initrd, 8 bytes    0x10480  command line, ended by NUL
 *   0x10410  length of the initrd, 8 bytes
 * </pre>
 *
 * <p>Threads: any.
 */
final class KernelImage {
    /** Where a kernel is entered, and every guest that takes a command line. */
    static final long ENTRY = 0x10000;

    static final long INITRD_ADDRESS = 0x10408;
    static final long INITRD_LENGTH = 0x10410;
    static final long COMMAND_LINE_LIMIT = 0x10430;
    static final long COMMAND_LINE = 0x10480;
    static final int DEFAULT_COMMAND_LINE_LIMIT = 896;

    private static final int MARK = 0x10008;
    private static final byte[] MARK_BYTES = "S390EP".getBytes(StandardCharsets.US_ASCII);

    private KernelImage() {}

    static boolean isKernel(byte[] file) {
        return file.length > COMMAND_LINE
                && Arrays.equals(file, MARK, MARK + MARK_BYTES.length, MARK_BYTES, 0, MARK_BYTES.length);
    }

    /** Whether what is loaded has the parameter area. */
    static boolean isKernel(GuestMemory storage) {
        byte[] mark = new byte[MARK_BYTES.length];
        if (!storage.contains(0, COMMAND_LINE + DEFAULT_COMMAND_LINE_LIMIT)) {
            return false;
        }
        storage.getBytes(MARK, mark, 0, mark.length);
        return Arrays.equals(mark, MARK_BYTES);
    }

    static GuestImage parse(byte[] file) {
        return new GuestImage(
                file,
                List.of(new GuestImage.Segment(0, file.length, 0, file.length)),
                new InitialPsw(PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING, ENTRY));
    }
}
