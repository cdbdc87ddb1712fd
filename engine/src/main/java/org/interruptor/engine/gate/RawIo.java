package org.interruptor.engine.gate;

/**
 * Raw numbers of I/O interruptions at the table-driven way in: a range, since the subchannel is part of the number.
 *
 * <pre>
 *  0x00000000 to 0xfffdffff:  | css 6 | adapter 0x04000000 | css 8 | subchannel set 2 | subchannel number 16 |
 * </pre>
 *
 * <p>The 32-bit parameter is the subsystem-identification word, which names the source and is not compared with the raw number. The
 * 64-bit parameter has the interruption parameter in its upper half and the I/O-interruption-identification word in its lower one. The
 * numbers are those of the KVM interface.
 */
public final class RawIo {
    private static final int LAST = 0xfffd_ffff;
    private static final int ADAPTER = 0x0400_0000;
    private static final int SUBCLASS_SHIFT = 27;

    private RawIo() {}

    /**
     * Whether a raw number names an I/O interruption.
     *
     * @param rawNumber 32 bits.
     * @return true up to 0xfffdffff, unsigned.
     */
    public static boolean isRawNumber(int rawNumber) {
        return Integer.compareUnsigned(rawNumber, LAST) <= 0;
    }

    /**
     * Whether it is that of an adapter interruption.
     *
     * @param rawNumber one for which {@link #isRawNumber}.
     * @return true with the bit 0x04000000.
     */
    public static boolean isAdapter(int rawNumber) {
        return (rawNumber & ADAPTER) != 0;
    }

    /**
     * The interruption subclass in an identification word.
     *
     * @param word I/O-interruption-identification word, 32 bits.
     * @return 0 to 7.
     */
    public static int subclassIn(int word) {
        return word >>> SUBCLASS_SHIFT & 7;
    }
}
