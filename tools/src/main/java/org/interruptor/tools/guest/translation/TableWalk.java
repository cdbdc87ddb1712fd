package org.interruptor.tools.guest.translation;

import java.lang.invoke.VarHandle;
import org.interruptor.memory.GuestMemory;

/**
 * Walks the translation tables for one address. A virtual address is made of an index for each table:
 *
 * <pre>
 *   0            11             22            33           44         52        63
 *  +-------------+--------------+-------------+------------+----------+----------+
 *  |region first |region second |region third |  segment   |   page   |   byte   |
 *  +-------------+--------------+-------------+------------+----------+----------+
 *      level 3        level 2       level 1      level 0
 * </pre>
 *
 * <p>Entries, 8 bytes each, are fetched from absolute storage, one access each; whether prefixing is applied to them is
 * unpredictable by the architecture. Enhanced DAT is not offered: all pages are of 4 KiB, region-table entries protect nothing.
 *
 * <p>The result of the last walk is kept here: nothing is allocated. Threads: the CPU's own. Source: Principles of Operation,
 * chapter Storage, Translation Process.
 */
public final class TableWalk {
    private static final int ENTRY_LENGTH = 8;
    private static final int INDEX_BITS = 11;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int SEGMENT_SHIFT = 20;
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_INDEX_MASK = 0xff;

    /** A table comes in quarters of 512 entries. */
    private static final int QUARTER_SHIFT = 9;

    // Region- and segment-table entries.
    private static final long TABLE_ORIGIN = Asce.ORIGIN;
    private static final long PAGE_TABLE_ORIGIN = 0xffff_ffff_ffff_f800L;
    private static final long INVALID = 0x20;
    private static final int OFFSET_SHIFT = 6;
    private static final int TYPE_SHIFT = 2;
    private static final long COMMON_SEGMENT = 0x10;

    // Page-table entries.
    private static final long FRAME = 0xffff_ffff_ffff_f000L;
    private static final long MUST_BE_ZERO = 0x900;

    /** I, bit 53 of a page-table entry: the page has no address. */
    public static final long PAGE_INVALID = 0x400;

    /** P, bit 54 of a segment- or page-table entry: no stores. */
    private static final long PROTECTED = 0x200;

    /** There is no entry: the index is outside the table. */
    public static final long NO_ENTRY = -1;

    private final GuestMemory memory;
    private long entryAddress;
    private long entry;
    private long frame;
    private boolean isProtected;

    /**
     * Walks tables in one storage.
     *
     * @param memory absolute storage.
     */
    public TableWalk(GuestMemory memory) {
        this.memory = memory;
    }

    /**
     * Translates.
     *
     * @param asce the space.
     * @param address the virtual address, 64 bits.
     * @return {@link TranslationCode#NONE}, then {@link #frame} and {@link #isProtected} are those of the page; else the code of
     *     the exception.
     */
    public int walk(long asce, long address) {
        isProtected = false;
        entryAddress = NO_ENTRY;
        if (Asce.isRealSpace(asce)) {
            frame = address & FRAME;
            return TranslationCode.NONE;
        }
        int level = Asce.type(asce);
        if (level < 3 && address >>> (SEGMENT_SHIFT + INDEX_BITS * (level + 1)) != 0) {
            return TranslationCode.ASCE_TYPE;
        }
        entry = asce;
        int offset = 0;
        for (; level >= 0; level--) {
            int code = nextTable(level, offset, address);
            if (code != TranslationCode.NONE) {
                return code;
            }
            offset = (int) (entry >>> OFFSET_SHIFT) & 3;
        }
        if ((entry & COMMON_SEGMENT) != 0 && Asce.isPrivate(asce)) {
            return TranslationCode.SPECIFICATION;
        }
        return page(address);
    }

    /** From the entry or ASCE that designates a region or segment table to the entry in it. */
    private int nextTable(int level, int offset, long address) {
        int index = (int) (address >>> (SEGMENT_SHIFT + INDEX_BITS * level)) & INDEX_MASK;
        int quarter = index >>> QUARTER_SHIFT;
        if (quarter < offset || quarter > (int) (entry & Asce.LENGTH_MASK)) {
            entryAddress = NO_ENTRY;
            return TranslationCode.ofLevel(level);
        }
        if (!fetch((entry & TABLE_ORIGIN) + (long) ENTRY_LENGTH * index)) {
            return TranslationCode.ADDRESSING;
        }
        if ((entry & INVALID) != 0) {
            return TranslationCode.ofLevel(level);
        }
        return ((int) (entry >>> TYPE_SHIFT) & 3) == level ? TranslationCode.NONE : TranslationCode.SPECIFICATION;
    }

    private int page(long address) {
        long segment = entry;
        int index = (int) (address >>> PAGE_SHIFT) & PAGE_INDEX_MASK;
        if (!fetch((segment & PAGE_TABLE_ORIGIN) + (long) ENTRY_LENGTH * index)) {
            return TranslationCode.ADDRESSING;
        }
        if ((entry & PAGE_INVALID) != 0) {
            return TranslationCode.PAGE;
        }
        if ((entry & MUST_BE_ZERO) != 0) {
            return TranslationCode.SPECIFICATION;
        }
        isProtected = ((segment | entry) & PROTECTED) != 0;
        frame = entry & FRAME;
        return TranslationCode.NONE;
    }

    private boolean fetch(long address) {
        entryAddress = address;
        if (!memory.contains(address, ENTRY_LENGTH)) {
            return false;
        }
        entry = memory.getLong(address);
        VarHandle.acquireFence(); // nothing by this translation is done before it
        return true;
    }

    /**
     * The page of the last walk.
     *
     * @return real address of its first byte.
     */
    public long frame() {
        return frame;
    }

    /**
     * Whether the segment- or page-table entry of the last walk protects the page from stores.
     *
     * @return page protection.
     */
    public boolean isProtected() {
        return isProtected;
    }

    /**
     * The entry at which the last walk ended.
     *
     * @return its address; {@link #NO_ENTRY} if the index was outside the table, or no table was used.
     */
    public long entryAddress() {
        return entryAddress;
    }
}
