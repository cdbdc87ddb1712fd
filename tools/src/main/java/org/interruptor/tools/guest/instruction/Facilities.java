package org.interruptor.tools.guest.instruction;

/**
 * The facilities that STORE FACILITY LIST (EXTENDED) says the machine has. Source: Principles of Operation, chapter
 * General Instructions, Facility Indications.
 *
 * <p>What a bit that is zero stands for is an operation exception, but for the instructions that came with facilities 16, 22, 37,
 * 41 and 45, which are in the tables: programs that were compiled for them run.
 *
 * <p>Threads: any; immutable.
 */
final class Facilities {
    private static final int[] BITS = {
        0, // instructions marked N3
        1, // z/Architecture is installed
        2, // and active
        7, // store facility list extended
        18, // long displacement
        21, // extended immediate
        25, // store clock fast
        27, // move with optional specifications
        32, // compare and swap and store
        33, // compare and swap and store 2
        34, // general instructions extension
        35, // execute extensions
    };

    private static final long[] DOUBLEWORDS = doublewords();

    private Facilities() {}

    private static long[] doublewords() {
        long[] list = new long[1];
        for (int bit : BITS) {
            list[bit / Long.SIZE] |= Long.MIN_VALUE >>> (bit % Long.SIZE);
        }
        return list;
    }

    /** How many doublewords the list has. */
    static int length() {
        return DOUBLEWORDS.length;
    }

    static long doubleword(int index) {
        return DOUBLEWORDS[index];
    }

    /** Bits 0 to 31. */
    static int firstWord() {
        return (int) (DOUBLEWORDS[0] >>> Integer.SIZE);
    }
}
