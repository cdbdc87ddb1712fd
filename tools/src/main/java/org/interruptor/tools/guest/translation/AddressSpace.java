package org.interruptor.tools.guest.translation;

import org.interruptor.memory.PswMask;

/**
 * The address-space control: PSW bits 16 and 17, also found in translation-exception identifications and operand-access controls.
 *
 * <p>Threads: any. Source: Principles of Operation, chapters Control and Storage.
 */
public enum AddressSpace {
    /** 00: the space of CR1. */
    PRIMARY(1),

    /** 01: access registers choose. This machine translates none of their tokens. */
    ACCESS_REGISTER(1),

    /** 10: operands in the space of CR7, instructions in that of CR1. */
    SECONDARY(7),

    /** 11: the space of CR13. */
    HOME(13);

    private static final AddressSpace[] BY_CODE = values();
    private static final int PSW_SHIFT = Long.numberOfTrailingZeros(PswMask.ADDRESS_SPACE_CONTROL);

    private final int controlRegister;

    AddressSpace(int controlRegister) {
        this.controlRegister = controlRegister;
    }

    /**
     * The space of a control.
     *
     * @param code 2 bits; bits above are ignored.
     * @return the space.
     */
    public static AddressSpace ofCode(int code) {
        return BY_CODE[code & 3];
    }

    /**
     * The space that a PSW selects.
     *
     * @param pswMask first doubleword of a PSW.
     * @return the space.
     */
    public static AddressSpace ofPsw(long pswMask) {
        return ofCode((int) (pswMask >>> PSW_SHIFT));
    }

    /**
     * The control as it is stored.
     *
     * @return 2 bits.
     */
    public int code() {
        return ordinal();
    }

    /**
     * Where the ASCE is.
     *
     * @return number of the control register.
     */
    public int controlRegister() {
        return controlRegister;
    }

    /** The space that instructions are fetched from. */
    AddressSpace ofInstructions() {
        return this == SECONDARY ? PRIMARY : this;
    }
}
