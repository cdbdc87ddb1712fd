package org.interruptor.tools.soak;

import java.util.Locale;

/** What happens besides injections. */
public enum SoakMode {
    /** Everything: masks, prefixes outside storage, clock comparators, kicks, interrupts, stops. */
    FAULTS,
    /** Nothing: all gates stay open, for as many interruptions as possible and without an allocation. */
    SPIN;

    /** As it is given on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
