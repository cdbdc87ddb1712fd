package org.interruptor.tools.guest.translation;

import java.util.Arrays;

/**
 * Which number stands for which address space and access key in the tags of a CPU's TLB.
 *
 * <p>A space that was not used for long loses its number to another one and gets a new number when it returns. A number is
 * never given twice while an entry with it may exist, so entries of a lost number are never found. When all numbers
 * are used up the tables are cleared.
 *
 * <p>Threads: the CPU's own.
 */
public final class SpaceNumbers {
    private static final int SLOTS = 64;
    private static final int MOST = Tlb.PARTLY_PROTECTED - 1;

    private final long[] asces = new long[SLOTS];
    private final int[] keys = new int[SLOTS];

    /** Zero: the slot is free. */
    private final int[] numbers = new int[SLOTS];

    private final Tlb fetches;
    private final Tlb stores;
    private int last;

    /**
     * Numbers for a TLB.
     *
     * @param fetches its table for fetches.
     * @param stores its table for stores.
     */
    public SpaceNumbers(Tlb fetches, Tlb stores) {
        this.fetches = fetches;
        this.stores = stores;
    }

    /**
     * The number of a space.
     *
     * @param asce its ASCE.
     * @param key the access key, 0 to 15.
     * @return 1 to 2047; valid until the next {@link #purge}.
     */
    int number(long asce, int key) {
        int slot = (int) ((asce >>> 12) ^ (asce >>> 24) ^ (asce & 0x3f) ^ key) & (SLOTS - 1);
        if (numbers[slot] != 0 && asces[slot] == asce && keys[slot] == key) {
            return numbers[slot];
        }
        last++;
        asces[slot] = asce;
        keys[slot] = key;
        numbers[slot] = last;
        return last;
    }

    /**
     * Makes sure that some numbers are left.
     *
     * @param count how many are about to be asked for.
     * @return true if the TLB had to be purged for it: numbers that were given before are void.
     */
    public boolean reserve(int count) {
        if (last + count <= MOST) {
            return false;
        }
        purge();
        return true;
    }

    /** Forgets all spaces, and with them all entries. */
    public void purge() {
        Arrays.fill(numbers, 0);
        if (last > MOST / 2) {
            last = 0;
            fetches.clear();
            stores.clear();
        }
    }
}
