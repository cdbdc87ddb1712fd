package org.interruptor.tools.guest.cpu;

import org.interruptor.memory.PswMask;

/**
 * Which PSWs are valid, and the short form of 8 bytes that IPL and LOAD PSW have.
 *
 * <p>Source: Principles of Operation, chapters Control (PSW formats) and Interruptions (Early Exception Recognition).
 *
 * <p>Threads: any.
 */
public final class PswFormat {
    /** Bits 0, 2 to 4, 12, 24 to 30 and 33 to 63 of the mask must be zero. */
    private static final long MUST_BE_ZERO = ~(PswMask.PER
            | PswMask.DAT
            | PswMask.IO
            | PswMask.EXTERNAL
            | PswMask.KEY
            | PswMask.MACHINE_CHECK
            | PswMask.WAIT
            | PswMask.PROBLEM_STATE
            | PswMask.ADDRESS_SPACE_CONTROL
            | PswMask.CONDITION_CODE
            | PswMask.PROGRAM_MASK
            | PswMask.EXTENDED_ADDRESSING
            | PswMask.BASIC_ADDRESSING);

    /** Bit 12 of the short form, which is one there. */
    public static final long SHORT_FORM = 0x0008_0000_0000_0000L;

    private PswFormat() {}

    /**
     * Whether a PSW is valid, but for an odd address, which is found when the instruction is fetched.
     *
     * @param mask first doubleword.
     * @param address second doubleword.
     * @return whether its unassigned bits are zero, its addressing mode exists and its address fits that.
     */
    public static boolean isValid(long mask, long address) {
        if ((mask & MUST_BE_ZERO) != 0) {
            return false;
        }
        if ((mask & PswMask.BASIC_ADDRESSING) == 0) {
            return (mask & PswMask.EXTENDED_ADDRESSING) == 0 && address >>> 24 == 0;
        }
        return (mask & PswMask.EXTENDED_ADDRESSING) != 0 || address >>> 31 == 0;
    }

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
