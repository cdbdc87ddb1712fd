package org.interruptor.tools.scenario;

/** An I/O-interruption subclass as a scenario gives it. */
final class Subclass {
    private static final long LAST = 7;

    private Subclass() {}

    /** Takes a number from 0 to 7. */
    static int parse(Tokens tokens) throws MalformedStepException {
        String expected = "an I/O-interruption subclass, 0 to " + LAST;
        long subclass = tokens.number(expected, Long.SIZE);
        if (Long.compareUnsigned(subclass, LAST) > 0) {
            throw new MalformedStepException(Long.toUnsignedString(subclass) + " is not a subclass", expected);
        }
        return (int) subclass;
    }
}
