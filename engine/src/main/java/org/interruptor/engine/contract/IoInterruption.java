package org.interruptor.engine.contract;

/**
 * An I/O interruption that TEST PENDING INTERRUPTION has taken: one reusable object of the embedder's.
 *
 * <p>Threads: the vCPU's own.
 */
public final class IoInterruption {
    private int subsystemId;
    private int parameter;
    private int word;

    /** Nothing taken yet: all zero. */
    public IoInterruption() {}

    /**
     * Takes over an interruption.
     *
     * @param subsystemIdentification 32 bits.
     * @param parameterAndWord the interruption parameter above the identification word, 32 bits each.
     */
    public void set(int subsystemIdentification, long parameterAndWord) {
        subsystemId = subsystemIdentification;
        parameter = (int) (parameterAndWord >>> 32);
        word = (int) parameterAndWord;
    }

    /**
     * The subsystem-identification word; 0 for an adapter interruption.
     *
     * @return 32 bits.
     */
    public int subsystemId() {
        return subsystemId;
    }

    /**
     * The interruption parameter.
     *
     * @return 32 bits.
     */
    public int parameter() {
        return parameter;
    }

    /**
     * The I/O-interruption-identification word.
     *
     * @return 32 bits; the subclass is in bits 0x38000000, 0x80000000 means an adapter interruption.
     */
    public int word() {
        return word;
    }
}
