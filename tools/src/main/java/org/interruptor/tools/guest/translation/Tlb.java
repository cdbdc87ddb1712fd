package org.interruptor.tools.guest.translation;

import java.util.Arrays;

/**
 * One table of a translation-lookaside buffer: pages that may be accessed in one way, fetch or store, with nothing left to check.
 *
 * <pre>
 *   entry, two words:   | page address of the virtual page, number of the space in bits 52 to 63 |
 *                       | what to add to an address to make it absolute                          |
 * </pre>
 *
 * <p>The place of an entry follows from page and space alone; a new entry displaces the one that was there.
 *
 * <p>Threads: the CPU's own.
 */
public final class Tlb {
    /** Not a distance: those are multiples of 4096. */
    public static final long MISS = 1;

    /** Added to the number of a space: an entry of a page that the fast path must not find. */
    public static final int PARTLY_PROTECTED = 0x800;

    private static final int ENTRIES = 1024;
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_MASK = -1L << PAGE_SHIFT;

    private final long[] words = new long[2 * ENTRIES];

    /** An empty table. */
    public Tlb() {}

    private static int index(long address, long space) {
        return ((int) ((address >>> PAGE_SHIFT) ^ space) & (ENTRIES - 1)) << 1;
    }

    /**
     * Finds a page.
     *
     * @param address the address of the first byte that is accessed.
     * @param further how many bytes follow the first, less than 4096.
     * @param space number of the space.
     * @return what to add to the address to make it absolute; {@link #MISS} also where the bytes are not all in one page.
     */
    public long find(long address, int further, long space) {
        int index = index(address, space);
        return words[index] == (((address + further) & PAGE_MASK) | space) ? words[index + 1] : MISS;
    }

    /**
     * Enters a page.
     *
     * @param address an address in it.
     * @param space number of the space.
     * @param absolute absolute address of the page.
     */
    public void enter(long address, long space, long absolute) {
        int index = index(address, space);
        words[index] = (address & PAGE_MASK) | space;
        words[index + 1] = absolute - (address & PAGE_MASK);
    }

    /** Removes all entries. */
    public void clear() {
        Arrays.fill(words, 0);
    }
}
