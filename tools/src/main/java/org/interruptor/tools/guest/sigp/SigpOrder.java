package org.interruptor.tools.guest.sigp;

/**
 * The orders of SIGNAL PROCESSOR that this machine has. Source: Principles of Operation, chapter Control, Signal-Processor
 * Orders.
 */
enum SigpOrder {
    SENSE(0x01),
    EXTERNAL_CALL(0x02),
    EMERGENCY_SIGNAL(0x03),
    START(0x04),
    STOP(0x05),
    RESTART(0x06),
    STOP_AND_STORE_STATUS(0x09),
    INITIAL_CPU_RESET(0x0b),
    CPU_RESET(0x0c),
    SET_PREFIX(0x0d),
    STORE_STATUS_AT_ADDRESS(0x0e),
    SENSE_RUNNING_STATUS(0x15);

    private static final SigpOrder[] BY_CODE = new SigpOrder[256];

    static {
        for (SigpOrder order : values()) {
            BY_CODE[order.code] = order;
        }
    }

    private final int code;

    SigpOrder(int code) {
        this.code = code;
    }

    /** The order of a code of 8 bits, or null if it is invalid. */
    static SigpOrder ofCode(int code) {
        return BY_CODE[code];
    }
}
