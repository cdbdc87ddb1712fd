package org.interruptor.tools.guest.translation;

import org.interruptor.memory.GuestMemory;

/**
 * Makes translation tables in a guest's storage, by hand: whole tables of 2048 entries, all of them invalid at first.
 *
 * <p>Tables are laid one behind the other from an address on. Written from the Principles of Operation, not from the code.
 */
public final class GuestTables {
    /** I of a region- or segment-table entry. */
    public static final long INVALID = 0x20;

    /** I of a page-table entry. */
    public static final long PAGE_INVALID = 0x400;

    /** P of a segment- or page-table entry. */
    public static final long PROTECTED = 0x200;

    private static final int TABLE_LENGTH = 2048 * 8;
    private static final int PAGE_TABLE_LENGTH = 256 * 8;

    private final GuestMemory memory;
    private long next;

    public GuestTables(GuestMemory memory, long from) {
        this.memory = memory;
        next = from;
    }

    /** A region or segment table; level 3 region first, 2 second, 1 third, 0 segment. */
    public long table(int level) {
        next = (next + 4095) & -4096;
        long table = next;
        for (int i = 0; i < 2048; i++) {
            memory.putLong(table + 8L * i, INVALID | (long) level << 2);
        }
        next += TABLE_LENGTH;
        return table;
    }

    public long pageTable() {
        long table = next;
        for (int i = 0; i < 256; i++) {
            memory.putLong(table + 8L * i, PAGE_INVALID);
        }
        next += PAGE_TABLE_LENGTH;
        return table;
    }

    /** An ASCE of a whole table. */
    public static long asce(long table, int level) {
        return table | (long) level << 2 | 3;
    }

    /** Makes what is missing between the table of an ASCE and a page, and enters the page. */
    public void map(long asce, long virtual, long pageTableEntry) {
        long table = asce & -4096;
        for (int level = (int) (asce >>> 2) & 3; level >= 0; level--) {
            long entry = table + 8 * (virtual >>> (20 + 11 * level) & 0x7ff);
            if ((memory.getLong(entry) & INVALID) != 0) {
                memory.putLong(entry, level == 0 ? pageTable() : table(level - 1) | (long) level << 2 | 3);
            }
            table = memory.getLong(entry) & (level == 0 ? -2048 : -4096);
        }
        memory.putLong(table + 8 * (virtual >>> 12 & 0xff), pageTableEntry);
    }

    /** Where the page-table entry of a mapped page is. */
    public long pageTableEntry(long asce, long virtual) {
        return entry(asce, virtual, -1);
    }

    /** Where the entry of a level is, on the way to a page; -1 for the page table. */
    public long entry(long asce, long virtual, int wanted) {
        long table = asce & -4096;
        for (int level = (int) (asce >>> 2) & 3; level >= 0; level--) {
            long entry = table + 8 * (virtual >>> (20 + 11 * level) & 0x7ff);
            if (level == wanted) {
                return entry;
            }
            table = memory.getLong(entry) & (level == 0 ? -2048 : -4096);
        }
        return table + 8 * (virtual >>> 12 & 0xff);
    }
}
