package org.interruptor.tools.soak;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;

/**
 * How interruptions of a machine with all classes carry who injected them, and their numbers; and the gates of its guests.
 *
 * <pre>
 *  virtio                 parameter: injector        parameter64: number
 *  service                | injector 6 | number 26 |
 *  page fault             token: | injector 16 | number 48 |
 *  I/O                    parameter: number, of the subchannel    word: | 0 | subclass | 0 |
 *  timing, measurement    a bit of the injector
 * </pre>
 *
 * <p>What shares the service ring has its numbers in common: the number says which of the three classes it is.
 */
final class Classes {
    /** Subchannels that an injector has to itself; behind all of these there are as many that all share. */
    static final int SUBCHANNELS = 8;

    /** A subsystem-identification word has this bit, and the subchannel number below it. */
    static final int SUBSYSTEM = 0x1_0000;

    /** What a service signal carries of its number: a machine does not live for so many. */
    static final int SERVICE_NUMBER = (1 << 26) - 1;

    static final int SERVICE_EVENT_BITS = 3;

    /** All gates open. */
    static final long OPEN = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;

    static final long CR0 = 0x2_0000_fe70L;
    static final long CR6 = 0xff00_0000L;
    static final long CR14 = 0x1f00_0000L;

    /** Raw numbers of interruptions that have no method of their own. */
    static final int MALFUNCTION_ALERT = 0xffff1200;

    static final int MEASUREMENT_ALERT = 0xffff1407;

    private static final int SUBCLASS_SHIFT = 27;
    private static final int INJECTOR_SHIFT = 48;
    private static final long NUMBER_MASK = (1L << INJECTOR_SHIFT) - 1;

    private Classes() {}

    static InterruptionType ringType(long number) {
        long choice = Marks.mix(number) & 7;
        return choice == 0
                ? InterruptionType.SERVICE_SIGNAL
                : choice == 1 ? InterruptionType.PAGE_FAULT_COMPLETION : InterruptionType.VIRTIO;
    }

    static long token(int injector, long number) {
        return (long) injector << INJECTOR_SHIFT | number;
    }

    static int injectorOf(long token) {
        return (int) (token >>> INJECTOR_SHIFT);
    }

    static long numberOf(long token) {
        return token & NUMBER_MASK;
    }

    static int bit(int injector) {
        return 1 << injector % Integer.SIZE;
    }

    static int allBits(int injectors) {
        return injectors >= Integer.SIZE ? -1 : (1 << injectors) - 1;
    }

    /** An I/O-interruption-identification word. */
    static int word(int subclass) {
        return subclass << SUBCLASS_SHIFT;
    }
}
