package org.interruptor.memory;

/**
 * Prefixing: how real addresses and absolute addresses correspond on one CPU.
 *
 * <p>Each CPU has a prefix of its own, so that each has its own first 8 KiB of real storage. The block that these displace is
 * reached where the prefix points to:
 *
 * <pre>
 *      real                                 absolute
 *      0      .. 0x1fff          &lt;---&gt;      prefix .. prefix + 0x1fff
 *      prefix .. prefix + 0x1fff &lt;---&gt;      0      .. 0x1fff
 *      all others                &lt;---&gt;      the same
 * </pre>
 *
 * <p>With a prefix of zero all are the same. Source: Principles of Operation, chapter Storage, Prefixing; interruptions.md,
 * section 1.
 *
 * <p>Threads: any.
 */
public final class Prefixing {

    /** Length of the prefix area in bytes, and what a prefix is a multiple of. */
    public static final int AREA_LENGTH = 0x2000;

    private static final long OFFSET_MASK = AREA_LENGTH - 1;
    private static final long MAX_PREFIX = 0xffff_ffffL;

    private Prefixing() {}

    /**
     * The absolute address that a real address stands for.
     *
     * @param real real address, 64 bits unsigned.
     * @param prefix the CPU's prefix, 32 bits unsigned, a multiple of 8192 (not checked).
     * @return absolute address, 64 bits unsigned.
     */
    public static long realToAbsolute(long real, long prefix) {
        return swap(real, prefix);
    }

    /**
     * The real address by which a CPU reaches an absolute address.
     *
     * @param absolute absolute address, 64 bits unsigned.
     * @param prefix the CPU's prefix, 32 bits unsigned, a multiple of 8192 (not checked).
     * @return real address, 64 bits unsigned.
     */
    public static long absoluteToReal(long absolute, long prefix) {
        return swap(absolute, prefix);
    }

    /**
     * Whether there is a prefix area where a prefix points to: it is a multiple of 8192, and the 8 KiB there lie wholly inside
     * the storage. Never throws, whatever the values.
     *
     * @param prefix the prefix, 32 bits unsigned; what has more bits is none.
     * @param storageSize size of the absolute storage in bytes.
     * @return whether a delivery can use it.
     */
    public static boolean isValid(long prefix, long storageSize) {
        return (prefix & OFFSET_MASK) == 0
                && prefix >= 0
                && prefix <= MAX_PREFIX
                && storageSize >= AREA_LENGTH
                && prefix <= storageSize - AREA_LENGTH;
    }

    /** Two blocks change places: the same in both directions. */
    private static long swap(long address, long prefix) {
        long block = address & ~OFFSET_MASK;
        if (block == 0) {
            return address + prefix;
        }
        return block == prefix ? address - prefix : address;
    }
}
