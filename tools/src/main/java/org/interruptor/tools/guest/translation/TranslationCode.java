package org.interruptor.tools.guest.translation;

/**
 * The program-interruption codes that a translation ends with. Source: Principles of Operation, chapter Interruptions.
 *
 * <p>Threads: any.
 */
public final class TranslationCode {
    /** The page has an address. */
    public static final int NONE = 0;

    /** A table entry lies outside storage. */
    public static final int ADDRESSING = 0x05;

    /** The segment-table entry is outside its table or invalid. */
    public static final int SEGMENT = 0x10;

    /** The page-table entry is invalid. */
    public static final int PAGE = 0x11;

    /** A table entry has a format that it must not have. */
    public static final int SPECIFICATION = 0x12;

    /** The address is too large for the table that the ASCE designates. */
    public static final int ASCE_TYPE = 0x38;

    /** The region-first-table entry is outside its table or invalid. */
    public static final int REGION_FIRST = 0x39;

    /** The region-second-table entry is outside its table or invalid. */
    public static final int REGION_SECOND = 0x3a;

    /** The region-third-table entry is outside its table or invalid. */
    public static final int REGION_THIRD = 0x3b;

    private TranslationCode() {}

    /** The code of a table's level: 3 region first, 2 region second, 1 region third, 0 segment. */
    static int ofLevel(int level) {
        return level == 0 ? SEGMENT : REGION_THIRD + 1 - level;
    }

    /**
     * Whether the exception nullifies and stores the translation-exception identification.
     *
     * @param code a code of this class.
     * @return false for an addressing or translation-specification exception, which suppress.
     */
    public static boolean isTranslationException(int code) {
        return code == SEGMENT || code == PAGE || (code >= ASCE_TYPE && code <= REGION_THIRD);
    }
}
