package org.interruptor.tools.guest.translation;

/**
 * The fields of an address-space-control element (ASCE), 64 bits: what control registers 1, 7 and 13 hold.
 *
 * <pre>
 *   0                                          52  54  55  56  57  58    60    62  63
 *  +--------------------------------------------+-+---+---+---+---+---+-+-----+------+
 *  | table origin                               | | G | P | S | X | R | | DT  |  TL  |
 *  +--------------------------------------------+-+---+---+---+---+---+-+-----+------+
 * </pre>
 *
 * <p>Threads: any. Source: Principles of Operation, chapter Storage, Address-Space-Control Element.
 */
public final class Asce {
    /** Bits 0 to 51: origin of a region or segment table. */
    static final long ORIGIN = 0xffff_ffff_ffff_f000L;

    /** P, bit 55: private space. Neither low-address protection nor fetch-protection override apply. */
    public static final long PRIVATE_SPACE = 0x100;

    /** R, bit 58: real space, virtual addresses are real ones. */
    static final long REAL_SPACE_CONTROL = 0x20;

    /** Stands for storage without DAT: a real space that is not private. */
    public static final long REAL_SPACE = REAL_SPACE_CONTROL;

    private static final int TYPE_SHIFT = 2;
    private static final int TYPE_MASK = 3;

    /** TL: the table has (TL + 1) times 512 entries. */
    static final int LENGTH_MASK = 3;

    private Asce() {}

    /** DT: 3 region-first table, 2 region-second table, 1 region-third table, 0 segment table. */
    static int type(long asce) {
        return (int) (asce >>> TYPE_SHIFT) & TYPE_MASK;
    }

    static boolean isRealSpace(long asce) {
        return (asce & REAL_SPACE_CONTROL) != 0;
    }

    /**
     * Whether a space is private.
     *
     * @param asce its ASCE.
     * @return the private-space bit.
     */
    public static boolean isPrivate(long asce) {
        return (asce & PRIVATE_SPACE) != 0;
    }
}
