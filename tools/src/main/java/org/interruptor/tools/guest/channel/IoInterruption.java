package org.interruptor.tools.guest.channel;

/**
 * What an I/O interruption stores, to be filled and used again.
 *
 * <pre>
 *   0xb8  subsystem-identification word      0 for an adapter interruption
 *   0xbc  interruption parameter             0 for an adapter interruption
 *   0xc0  interruption-identification word   0x80000000: adapter; 0x38000000: subclass
 * </pre>
 *
 * <p>Threads: one.
 */
public final class IoInterruption {
    private int subsystemId;
    private int parameter;
    private int word;

    /** One with all words zero. */
    public IoInterruption() {}

    /**
     * Sets all three words.
     *
     * @param newSubsystemId subsystem-identification word.
     * @param newParameter interruption parameter.
     * @param newWord interruption-identification word.
     */
    public void set(int newSubsystemId, int newParameter, int newWord) {
        subsystemId = newSubsystemId;
        parameter = newParameter;
        word = newWord;
    }

    /**
     * The subchannel.
     *
     * @return subsystem-identification word.
     */
    public int subsystemId() {
        return subsystemId;
    }

    /**
     * What the guest gave the subchannel.
     *
     * @return interruption parameter.
     */
    public int parameter() {
        return parameter;
    }

    /**
     * Of which kind and subclass.
     *
     * @return interruption-identification word.
     */
    public int word() {
        return word;
    }
}
