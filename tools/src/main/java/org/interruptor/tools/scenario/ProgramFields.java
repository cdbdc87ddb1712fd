package org.interruptor.tools.scenario;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interruptor.engine.contract.ProgramInterruption;

/**
 * What comes with a program interruption, as pairs of a name and a value.
 *
 * @param values by their names.
 */
record ProgramFields(Map<Name, Long> values) {

    /** The fields, in any order. */
    enum Name {
        TEID(Long.SIZE),
        EXCEPTION_ACCESS(Byte.SIZE),
        OPERAND_ACCESS(Byte.SIZE),
        DATA_EXCEPTION(Integer.SIZE),
        MONITOR_CLASS(Short.SIZE),
        MONITOR_CODE(Long.SIZE),
        PER_CODE(Byte.SIZE),
        PER_ATMID(Byte.SIZE),
        PER_ADDRESS(Long.SIZE),
        PER_ACCESS(Byte.SIZE),
        BREAKING_EVENT(Long.SIZE);

        private final int bits;

        Name(int bits) {
            this.bits = bits;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String EXPECTED =
            "one of " + Stream.of(Name.values()).map(Name::label).collect(Collectors.joining(", "));

    /** Takes all tokens. */
    static ProgramFields parse(Tokens tokens) throws MalformedStepException {
        Map<Name, Long> values = new EnumMap<>(Name.class);
        while (!tokens.isEmpty()) {
            Name name = name(tokens.next(EXPECTED));
            values.put(name, tokens.number("a value for " + name.label(), name.bits));
        }
        return new ProgramFields(values);
    }

    private static Name name(String token) throws MalformedStepException {
        for (Name name : Name.values()) {
            if (name.label().equals(token)) {
                return name;
            }
        }
        throw new MalformedStepException(Tokens.quote(token) + " is not a field", EXPECTED);
    }

    private long value(Name name) {
        return values.getOrDefault(name, 0L);
    }

    /** Fills a program interruption that was begun. */
    void fill(ProgramInterruption program) {
        program.teid(value(Name.TEID))
                .exceptionAccess((int) value(Name.EXCEPTION_ACCESS))
                .operandAccess((int) value(Name.OPERAND_ACCESS))
                .dataException((int) value(Name.DATA_EXCEPTION))
                .monitor((int) value(Name.MONITOR_CLASS), value(Name.MONITOR_CODE))
                .per((int) value(Name.PER_CODE), (int) value(Name.PER_ATMID), value(Name.PER_ADDRESS), (int)
                        value(Name.PER_ACCESS))
                .breakingEvent(value(Name.BREAKING_EVENT));
    }
}
