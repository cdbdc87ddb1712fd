package org.interruptor.tools.scenario;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The orders of SIGNAL PROCESSOR by the names that a scenario gives them. */
enum SignalOrder {
    SENSE(0x01),
    EXTERNAL_CALL(0x02),
    EMERGENCY(0x03),
    START(0x04),
    STOP(0x05),
    RESTART(0x06),
    STOP_AND_STORE_STATUS(0x09),
    INITIAL_CPU_RESET(0x0b),
    CPU_RESET(0x0c),
    SET_PREFIX(0x0d),
    STORE_STATUS(0x0e),
    SET_ARCHITECTURE(0x12),
    CONDITIONAL_EMERGENCY(0x13),
    SENSE_RUNNING(0x15),
    STORE_ADDITIONAL_STATUS(0x17);

    private static final String EXPECTED = "one of "
            + Arrays.stream(values()).map(SignalOrder::label).collect(Collectors.joining(", ")) + " or a raw number";

    private final int code;

    SignalOrder(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    private String label() {
        return Format.label(this);
    }

    /** The code of an order: by its name, or any number of 8 bits. */
    static int parse(Tokens tokens) throws MalformedStepException {
        String token = tokens.next(EXPECTED);
        for (SignalOrder order : values()) {
            if (order.label().equals(token)) {
                return order.code;
            }
        }
        return (int) Tokens.number(token, EXPECTED, Byte.SIZE);
    }
}
