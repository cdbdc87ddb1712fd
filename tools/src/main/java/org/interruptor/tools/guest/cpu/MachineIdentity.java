package org.interruptor.tools.guest.cpu;

/**
 * What a machine says about itself: STORE SYSTEM INFORMATION and STORE CPU ID. Text is stored in EBCDIC, padded with blanks or
 * cut off; see {@link Ebcdic} for the characters that there are.
 *
 * <p>Threads: any; immutable.
 *
 * @param cpus how many CPUs are configured, 1 to 65535.
 * @param name the name of the virtual machine, 8 characters; the extended name is the same.
 * @param controlProgram what it runs under, 16 characters. Linux takes the ASCII console where this is {@code KVM/Linux}, and
 *     line mode elsewhere.
 * @param uuidHigh first half of the machine's UUID; both are zero for none.
 * @param uuidLow second half.
 */
public record MachineIdentity(int cpus, String name, String controlProgram, long uuidHigh, long uuidLow) {
    /** The manufacturer, 16 characters at most. */
    public static final String MANUFACTURER = "INTERRUPTOR";

    /** The machine type, 4 characters: four digits, which are the number that STORE CPU ID stores, too. */
    public static final String TYPE = "2817";

    /** The model, 16 characters at most. */
    public static final String MODEL = "GUEST";

    /** The sequence code, 16 characters. */
    public static final String SEQUENCE_CODE = "0000000000000001";

    /** The plant of manufacture, 4 characters. */
    public static final String PLANT = "01";

    /** The name of a machine that has none of its own. */
    private static final String DEFAULT_NAME = "GUEST";

    private static final String DEFAULT_CONTROL_PROGRAM = "KVM/Linux";

    /**
     * A machine without a name of its own and without a UUID, whose console is ASCII.
     *
     * @param cpus how many CPUs are configured.
     * @return its identity.
     */
    public static MachineIdentity of(int cpus) {
        return new MachineIdentity(cpus, DEFAULT_NAME, DEFAULT_CONTROL_PROGRAM, 0, 0);
    }

    /**
     * What STORE CPU ID stores: version 0xff (a virtual machine), the CPU's address in the identification, type and format.
     *
     * @param cpu the CPU address.
     * @return 64 bits.
     */
    public static long cpuId(int cpu) {
        long version = 0xff;
        long identification = (long) (cpu & 0xff) << 16 | 1;
        long format = 0x8000;
        return version << 56 | identification << 32 | Long.parseLong(TYPE, 16) << 16 | format;
    }
}
