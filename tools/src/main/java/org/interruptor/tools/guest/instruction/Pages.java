package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Storage;

/**
 * Units of operation that stay within a page of each operand: its first access meets what exceptions there are, and nothing
 * has been changed by then. Inside, operands are moved and compared by doublewords.
 */
final class Pages {
    private static final int PAGE = 4096;

    private Pages() {}

    /** Bytes from an address to the end of its page, 1 to 4096. */
    static int rest(long address) {
        return PAGE - (int) (address & (PAGE - 1));
    }

    /** Moves bytes from the left to the right, as if one by one; neither operand crosses a page. */
    static void move(Storage m, long to, long from, int length) {
        int i = 0;
        long distance = to - from;
        if (distance == 0 || Long.compareUnsigned(distance, Long.BYTES) >= 0) {
            for (; i <= length - Long.BYTES; i += Long.BYTES) {
                m.store64(to + i, m.load64(from + i));
            }
        }
        for (; i < length; i++) {
            m.store8(to + i, m.load8(from + i));
        }
    }

    /** Fills with two bytes in turn, the left one where what remains is even; does not cross a page. */
    static void fill(Storage m, long to, int length, int twoBytes, long remaining) {
        int ordered = (remaining & 1) == 0 ? twoBytes : Short.reverseBytes((short) twoBytes) & 0xffff;
        long pattern = ordered * 0x0001_0001_0001_0001L;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            m.store64(to + i, pattern);
        }
        for (; i < length; i++) {
            m.store8(to + i, (i & 1) == 0 ? ordered >>> 8 : ordered);
        }
    }

    /** How many bytes are equal from the left on; neither operand crosses a page. */
    static int equalBytes(Storage m, long first, long second, int length) {
        int i = 0;
        while (i <= length - Long.BYTES) {
            long difference = m.load64(first + i) ^ m.load64(second + i);
            if (difference != 0) {
                return i + Long.numberOfLeadingZeros(difference) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        while (i < length && m.load8(first + i) == m.load8(second + i)) {
            i++;
        }
        return i;
    }
}
