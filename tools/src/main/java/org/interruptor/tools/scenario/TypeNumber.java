package org.interruptor.tools.scenario;

import java.util.Arrays;
import java.util.List;
import org.interruptor.engine.gate.InterruptionType;

/**
 * The type of an injection as a scenario gives it: a name, or a raw number, which need not be one that exists.
 *
 * @param value the raw number, 64 bits, unsigned.
 * @param type what it names; null if it names nothing, or an I/O interruption.
 */
record TypeNumber(long value, InterruptionType type) {

    /** I/O and adapter interruptions have targets of their own. */
    private static final List<InterruptionType> NAMED = Arrays.stream(InterruptionType.values())
            .filter(type -> type.isFloating() || type.isLocal())
            .filter(type -> type != InterruptionType.IO && type != InterruptionType.ADAPTER)
            .toList();

    private static final String EXPECTED = "one of " + String.join(", ", Format.labels(NAMED)) + " or a raw number";

    static TypeNumber parse(Tokens tokens) throws MalformedStepException {
        String token = tokens.next(EXPECTED);
        for (InterruptionType type : NAMED) {
            if (type.label().equals(token)) {
                return new TypeNumber(Integer.toUnsignedLong(type.rawNumber()), type);
            }
        }
        long value = Tokens.number(token, EXPECTED, Long.SIZE);
        return new TypeNumber(value, is32Bits(value) ? InterruptionType.ofRawNumber((int) value) : null);
    }

    /** Whether a local injection of it carries a parameter of 64 bits. */
    boolean isLocalWith64Bits() {
        return type != null && type.isLocal() && type.hasParameter64();
    }

    /** Whether the engine's ways in can take it at all: wider ones are no type of anything. */
    boolean is32Bits() {
        return is32Bits(value);
    }

    private static boolean is32Bits(long value) {
        return value >>> Integer.SIZE == 0;
    }
}
