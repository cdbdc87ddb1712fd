package org.interruptor.memory;

import java.util.StringJoiner;

/**
 * The bits of the first doubleword of the program-status word (PSW), by their names in the Principles of Operation.
 *
 * <pre>
 *   0 1       5 6 7 8    12  13 14 15 16 18 20     24            31 32                        63
 *  +-+-+-----+-+-+-+----+-+--+--+--+--+--+--------+--------------+--+--+--------------------+
 *  |0|R|0 0 0|T|I|E|Key |0|M |W |P |AS|CC|Program |              |EA|BA|                    |
 *  | | |     | |O|X|    | |  |  |  |  |  |Mask    |              |  |  |                    |
 *  +-+-+-----+-+-+-+----+-+--+--+--+--+--+--------+--------------+--+--+--------------------+
 * </pre>
 *
 * <p>A mask that is one enables the interruptions of its class. Bit 0 is the leftmost. Source: Principles of Operation, chapter
 * Control, Program-Status-Word Format; interruptions.md, section 1.
 *
 * <p>Threads: any.
 */
public final class PswMask {

    /** R, bit 1: program-event-recording mask. */
    public static final long PER = 0x4000_0000_0000_0000L;

    /** T, bit 5: DAT mode, addresses are translated. */
    public static final long DAT = 0x0400_0000_0000_0000L;

    /** IO, bit 6: input/output mask. */
    public static final long IO = 0x0200_0000_0000_0000L;

    /** EX, bit 7: external mask. */
    public static final long EXTERNAL = 0x0100_0000_0000_0000L;

    /** Bits 8 to 11: PSW key. */
    public static final long KEY = 0x00f0_0000_0000_0000L;

    /** M, bit 13: machine-check mask. */
    public static final long MACHINE_CHECK = 0x0004_0000_0000_0000L;

    /** W, bit 14: wait state, the CPU executes no instructions. */
    public static final long WAIT = 0x0002_0000_0000_0000L;

    /** P, bit 15: problem state. */
    public static final long PROBLEM_STATE = 0x0001_0000_0000_0000L;

    /** AS, bits 16 and 17: address-space control. */
    public static final long ADDRESS_SPACE_CONTROL = 0x0000_c000_0000_0000L;

    /** CC, bits 18 and 19: condition code. */
    public static final long CONDITION_CODE = 0x0000_3000_0000_0000L;

    /** Bits 20 to 23: program mask. */
    public static final long PROGRAM_MASK = 0x0000_0f00_0000_0000L;

    /** EA, bit 31: extended addressing, together with {@link #BASIC_ADDRESSING} 64-bit addresses. */
    public static final long EXTENDED_ADDRESSING = 0x0000_0001_0000_0000L;

    /** BA, bit 32: basic addressing, 31-bit addresses; zero is 24-bit. */
    public static final long BASIC_ADDRESSING = 0x0000_0000_8000_0000L;

    private static final long NAMED = PER
            | DAT
            | IO
            | EXTERNAL
            | KEY
            | MACHINE_CHECK
            | WAIT
            | PROBLEM_STATE
            | ADDRESS_SPACE_CONTROL
            | CONDITION_CODE
            | PROGRAM_MASK
            | EXTENDED_ADDRESSING
            | BASIC_ADDRESSING;

    private PswMask() {}

    /**
     * Whether external interruptions are enabled, as far as the PSW is concerned.
     *
     * @param mask first doubleword of a PSW.
     * @return whether its external mask is one.
     */
    public static boolean isExternalEnabled(long mask) {
        return (mask & EXTERNAL) != 0;
    }

    /**
     * Whether I/O interruptions are enabled, as far as the PSW is concerned.
     *
     * @param mask first doubleword of a PSW.
     * @return whether its input/output mask is one.
     */
    public static boolean isIoEnabled(long mask) {
        return (mask & IO) != 0;
    }

    /**
     * Whether machine-check interruptions are enabled, as far as the PSW is concerned.
     *
     * @param mask first doubleword of a PSW.
     * @return whether its machine-check mask is one.
     */
    public static boolean isMachineCheckEnabled(long mask) {
        return (mask & MACHINE_CHECK) != 0;
    }

    /**
     * Whether program events are recorded, as far as the PSW is concerned.
     *
     * @param mask first doubleword of a PSW.
     * @return whether its program-event-recording mask is one.
     */
    public static boolean isPerEnabled(long mask) {
        return (mask & PER) != 0;
    }

    /**
     * Whether the CPU waits.
     *
     * @param mask first doubleword of a PSW.
     * @return whether its wait-state bit is one.
     */
    public static boolean isWait(long mask) {
        return (mask & WAIT) != 0;
    }

    /**
     * Spells out what is set, for people: {@code external mask, machine-check mask, key 3, condition code 2}. Fields of several
     * bits are named with their values; what is zero is left out; bits without a name come last, as a number.
     *
     * <p>Allocates.
     *
     * @param mask first doubleword of a PSW.
     * @return the names in the order of the bits, or {@code all zero}.
     */
    public static String describe(long mask) {
        StringJoiner names = new StringJoiner(", ").setEmptyValue("all zero");
        bit(names, mask, PER, "program-event-recording mask");
        bit(names, mask, DAT, "DAT mode");
        bit(names, mask, IO, "input/output mask");
        bit(names, mask, EXTERNAL, "external mask");
        field(names, mask, KEY, "key ");
        bit(names, mask, MACHINE_CHECK, "machine-check mask");
        bit(names, mask, WAIT, "wait state");
        bit(names, mask, PROBLEM_STATE, "problem state");
        field(names, mask, ADDRESS_SPACE_CONTROL, "address-space control ");
        field(names, mask, CONDITION_CODE, "condition code ");
        field(names, mask, PROGRAM_MASK, "program mask 0x");
        bit(names, mask, EXTENDED_ADDRESSING, "extended addressing");
        bit(names, mask, BASIC_ADDRESSING, "basic addressing");
        if ((mask & ~NAMED) != 0) {
            names.add("unassigned 0x" + Long.toHexString(mask & ~NAMED));
        }
        return names.toString();
    }

    private static void bit(StringJoiner names, long mask, long bit, String name) {
        if ((mask & bit) != 0) {
            names.add(name);
        }
    }

    private static void field(StringJoiner names, long mask, long field, String name) {
        if ((mask & field) != 0) {
            names.add(name + Long.toHexString((mask & field) >>> Long.numberOfTrailingZeros(field)));
        }
    }
}
