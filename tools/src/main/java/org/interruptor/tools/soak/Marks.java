package org.interruptor.tools.soak;

/**
 * How an interruption carries who injected it, and its number among those of its injector. Numbers count what was accepted, so
 * one that was refused and yet delivered shows as a double.
 *
 * <pre>
 *  virtio        parameter: injector              parameter64: number
 *  service       | injector 6 | number 26 |
 *  program       | injector 6 | number 10 |
 *  set prefix    valid: area injector * 64 + number % 64        outside: | number 25 | injector 6 | 1 |
 * </pre>
 *
 * <p>Service and virtio have their numbers in common, since they share a queue: the number says which of the two it is.
 */
final class Marks {
    /** Injectors that six bits tell apart, but for {@link #OWN}. */
    static final int MAX_INJECTORS = 63;

    /** In a program interruption code: raised by the vCPU itself. */
    static final int OWN = 63;

    /** Bytes of a prefix area. */
    static final int AREA = 0x2000;

    private static final int AREAS_PER_INJECTOR = 64;
    private static final int SERVICE_BITS = 26;
    private static final int PROGRAM_BITS = 10;
    private static final int OUTSIDE_BITS = 25;

    /** A number that lies so little behind the one before is an old one, not one of the next round. */
    private static final long REORDERED_AT_MOST = 1L << 21;

    private Marks() {}

    static boolean isService(long number) {
        return (mix(number) & 7) == 0;
    }

    static int serviceParameter(int injector, long number) {
        return injector << SERVICE_BITS | (int) low(number, SERVICE_BITS);
    }

    static int serviceInjector(int parameter) {
        return parameter >>> SERVICE_BITS;
    }

    /**
     * The number of a service signal, as far as its parameter and the number before tell.
     *
     * @param last the last number of the same injector on the same vCPU, or -1.
     * @return above {@code last} if it came in order, else not.
     */
    static long serviceNumber(int parameter, long last) {
        long ahead = low(low(parameter, SERVICE_BITS) - last, SERVICE_BITS);
        long older = last + ahead - (1L << SERVICE_BITS);
        if (ahead == 0 || (older >= 0 && last - older < REORDERED_AT_MOST)) {
            return ahead == 0 ? last : older;
        }
        return last + ahead;
    }

    static int programCode(int injector, long number) {
        return injector << PROGRAM_BITS | (int) low(number, PROGRAM_BITS);
    }

    static int programInjector(int code) {
        return code >>> PROGRAM_BITS;
    }

    static int prefix(int injector, long number, boolean mayBeOutside) {
        return mayBeOutside && (mix(number) & 15) == 0
                ? (int) low(number, OUTSIDE_BITS) << 7 | injector << 1 | 1
                : (injector * AREAS_PER_INJECTOR + (int) (number % AREAS_PER_INJECTOR)) * AREA;
    }

    static int prefixInjector(int prefix) {
        return (prefix & 1) != 0 ? prefix >>> 1 & 63 : prefix / AREA / AREAS_PER_INJECTOR;
    }

    /** Prefix areas of the injectors; behind them the vCPUs have one each. */
    static int injectorAreas(int injectors) {
        return injectors * AREAS_PER_INJECTOR;
    }

    /** What a service signal or virtio interruption adds to the sum of those that were delivered. */
    static long floatingTerm(long number) {
        return mix(isService(number) ? ~low(number, SERVICE_BITS) : number);
    }

    /** As {@link #floatingTerm}, by what a service signal carries of its number. */
    static long serviceTerm(int parameter) {
        return mix(~low(parameter, SERVICE_BITS));
    }

    /** What a program interruption adds. */
    static long programTerm(int code) {
        return mix(code);
    }

    private static long low(long value, int bits) {
        return value & ((1L << bits) - 1);
    }

    /** A bijection whose values look random: sums of different sets of them differ. */
    static long mix(long value) {
        long mixed = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 29;
    }
}
