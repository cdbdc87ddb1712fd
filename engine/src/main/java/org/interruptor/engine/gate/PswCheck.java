package org.interruptor.engine.gate;

import org.interruptor.memory.PswMask;

/**
 * The PSWs that cause an early specification exception when an interruption or LOAD PSW loads them. Source: Principles of Operation,
 * chapter Interruptions, Early Exception Recognition.
 *
 * <p>Threads: any.
 */
public final class PswCheck {
    /** Bits of the mask that have to be zero. */
    private static final long RESERVED = 0xb808_00fe_7fff_ffffL;

    private static final long ADDRESS_24 = 0x00ff_ffffL;
    private static final long ADDRESS_31 = 0x7fff_ffffL;

    private PswCheck() {}

    /**
     * Whether a PSW is invalid: a reserved bit is one, extended addressing without basic addressing, or an address that is too large
     * for the addressing mode. An odd address is found when the instruction is fetched.
     *
     * @param mask 64 bits.
     * @param address 64 bits.
     * @return true where it gives a specification exception.
     */
    public static boolean isInvalid(long mask, long address) {
        if ((mask & RESERVED) != 0) {
            return true;
        }
        boolean isExtended = (mask & PswMask.EXTENDED_ADDRESSING) != 0;
        boolean isBasic = (mask & PswMask.BASIC_ADDRESSING) != 0;
        if (isExtended) {
            return !isBasic;
        }
        return (address & ~(isBasic ? ADDRESS_31 : ADDRESS_24)) != 0;
    }
}
