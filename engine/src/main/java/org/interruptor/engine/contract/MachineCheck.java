package org.interruptor.engine.contract;

/**
 * A machine check as it is injected for one vCPU: one or more conditions with what belongs to them. Source: Principles of Operation,
 * chapter Machine-Check Handling.
 *
 * <p>Of the validity bits of the code only {@link #STORAGE_LOGICAL_VALID}, {@link #FAILING_STORAGE_ADDRESS_VALID} and {@link
 * #EXTERNAL_DAMAGE_CODE_VALID} count: the engine makes the others when it delivers.
 *
 * <p>Threads: any; immutable.
 *
 * @param code machine-check interruption code, 64 bits; with at least one bit of {@link #CONDITIONS}.
 * @param externalDamageCode 32 bits.
 * @param failingStorageAddress 64 bits.
 * @param logout bytes 0 to 7 of the fixed-logout area, big-endian.
 * @param logout2 bytes 8 to 15.
 */
public record MachineCheck(long code, int externalDamageCode, long failingStorageAddress, long logout, long logout2) {
    /** System damage, exigent. */
    public static final long SYSTEM_DAMAGE = 0x8000_0000_0000_0000L;
    /** Instruction-processing damage, exigent. */
    public static final long PROCESSING_DAMAGE = 0x4000_0000_0000_0000L;
    /** System recovery, repressible: CR14 0x08000000. */
    public static final long RECOVERY = 0x2000_0000_0000_0000L;
    /** External damage, repressible: CR14 0x02000000. */
    public static final long EXTERNAL_DAMAGE = 0x0400_0000_0000_0000L;
    /** Degradation, repressible: CR14 0x04000000. */
    public static final long DEGRADATION = 0x0100_0000_0000_0000L;
    /** Warning, repressible: CR14 0x01000000. */
    public static final long WARNING = 0x0080_0000_0000_0000L;
    /** Channel report pending, repressible: CR14 0x10000000. */
    public static final long CHANNEL_REPORT = 0x0040_0000_0000_0000L;

    /** The exigent conditions. */
    public static final long EXIGENT = SYSTEM_DAMAGE | PROCESSING_DAMAGE;
    /** All conditions. */
    public static final long CONDITIONS = EXIGENT | RECOVERY | EXTERNAL_DAMAGE | DEGRADATION | WARNING | CHANNEL_REPORT;

    /** Storage logical validity (ST), as injected. */
    public static final long STORAGE_LOGICAL_VALID = 0x1_0000_0000L;
    /** The failing-storage address is valid (FA), as injected. */
    public static final long FAILING_STORAGE_ADDRESS_VALID = 0x80_0000_0000L;
    /** The external-damage code is valid (EC), as injected. */
    public static final long EXTERNAL_DAMAGE_CODE_VALID = 0x20_0000_0000L;

    private static final long VALID_OF_THE_LATER = FAILING_STORAGE_ADDRESS_VALID | EXTERNAL_DAMAGE_CODE_VALID;

    /**
     * A machine check with a code alone.
     *
     * @param code machine-check interruption code, 64 bits.
     */
    public MachineCheck(long code) {
        this(code, 0, 0, 0, 0);
    }

    /**
     * Whether it can be injected.
     *
     * @return whether the code has one of the {@link #CONDITIONS}.
     */
    public boolean isValid() {
        return (code & CONDITIONS) != 0;
    }

    /**
     * The same with other bits in the code.
     *
     * @param otherCode 64 bits.
     * @return a machine check.
     */
    public MachineCheck withCode(long otherCode) {
        return new MachineCheck(otherCode, externalDamageCode, failingStorageAddress, logout, logout2);
    }

    /**
     * What is pending when another one arrives: the codes are ORed; the later external-damage code, address and logout win, and with
     * them their validity bits. {@link #STORAGE_LOGICAL_VALID} stays only if both have it.
     *
     * @param later the one that arrives.
     * @return both in one.
     */
    public MachineCheck mergedWith(MachineCheck later) {
        long both = (code | later.code) & ~(VALID_OF_THE_LATER | STORAGE_LOGICAL_VALID);
        return new MachineCheck(
                both | (later.code & VALID_OF_THE_LATER) | (code & later.code & STORAGE_LOGICAL_VALID),
                later.externalDamageCode,
                later.failingStorageAddress,
                later.logout,
                later.logout2);
    }
}
