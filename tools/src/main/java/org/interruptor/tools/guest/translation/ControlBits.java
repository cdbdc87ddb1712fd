package org.interruptor.tools.guest.translation;

/**
 * The bits of control register 0 that concern access to storage.
 *
 * <p>Threads: any. Source: Principles of Operation, chapters Control and Storage.
 */
public final class ControlBits {
    /** Bit 35: low-address protection. */
    public static final long LOW_ADDRESS_PROTECTION = 0x1000_0000L;

    /** Bit 36: extraction authority, for the problem state. */
    public static final long EXTRACTION_AUTHORITY = 0x0800_0000L;

    /** Bit 37: secondary-space control. */
    public static final long SECONDARY_SPACE = 0x0400_0000L;

    /** Bit 38: fetch-protection override, for addresses 0 to 2047. */
    public static final long FETCH_PROTECTION_OVERRIDE = 0x0200_0000L;

    /** Bit 39: storage-protection override, for pages with access-control bits 9. */
    public static final long STORAGE_PROTECTION_OVERRIDE = 0x0100_0000L;

    private ControlBits() {}
}
