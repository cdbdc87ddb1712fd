package org.interruptor.tools.scenario;

import java.util.Arrays;
import java.util.List;
import org.interruptor.engine.gate.InterruptionType;

/**
 * The type of an injection as a scenario gives it: a raw number, which need not be one that exists.
 *
 * @param value 64 bits, unsigned.
 */
record TypeNumber(long value) {

    private static final List<InterruptionType> NAMED = Arrays.stream(InterruptionType.values())
            .filter(InterruptionType::isOriginal)
            .filter(type -> type.isFloating() || type.isLocal())
            .toList();

    private static final String EXPECTED = "one of " + String.join(", ", Format.labels(NAMED)) + " or a raw number";

    static TypeNumber parse(Tokens tokens) throws MalformedStepException {
        String token = tokens.next(EXPECTED);
        for (InterruptionType type : NAMED) {
            if (type.label().equals(token)) {
                return new TypeNumber(Integer.toUnsignedLong(type.rawNumber()));
            }
        }
        return new TypeNumber(Tokens.number(token, EXPECTED, Long.SIZE));
    }

    /** Whether the engine's ways in can take it at all: wider ones are no type of anything. */
    boolean is32Bits() {
        return value >>> Integer.SIZE == 0;
    }
}
