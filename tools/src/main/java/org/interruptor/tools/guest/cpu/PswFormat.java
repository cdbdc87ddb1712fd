package org.interruptor.tools.guest.cpu;

/**
 * The short PSW of 8 bytes, which IPL and LOAD PSW have. Source: Principles of Operation, chapter Control, Program-Status-Word Format.
 *
 * <p>Threads: any.
 */
public final class PswFormat {
    /** Bit 12 of the short form, which is one there. */
    public static final long SHORT_FORM = 0x0008_0000_0000_0000L;

    private PswFormat() {}

    /**
     * The mask of a short PSW.
     *
     * @param psw 8 bytes, with {@link #SHORT_FORM}.
     * @return the first doubleword of the PSW that it stands for.
     */
    public static long longMask(long psw) {
        return (psw & 0xffff_ffff_8000_0000L) ^ SHORT_FORM;
    }

    /**
     * The address of a short PSW.
     *
     * @param psw 8 bytes.
     * @return the second doubleword of the PSW that it stands for, 31 bits.
     */
    public static long longAddress(long psw) {
        return psw & 0x7fff_ffffL;
    }
}
