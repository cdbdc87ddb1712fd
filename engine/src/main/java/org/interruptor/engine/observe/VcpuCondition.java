package org.interruptor.engine.observe;

/** What is true or not of a vCPU at a sample: the bits of {@link VcpuGauge#CONDITIONS}. */
public enum VcpuCondition {
    /** It operates; it is stopped otherwise. */
    OPERATING,
    /** Something came since the last delivery: guest code has to be left. */
    ATTENTION,
    /** A kick has not been taken. */
    KICK_PENDING,
    /** A stop was accepted and its action not taken. */
    STOP_ON_STOP,
    /** The last delivery passed one over because of the PSW: a PSW that enables external interruptions has to be intercepted. */
    EXT_REQUEST,
    /** The last delivery passed one over because of control register 0: its load has to be intercepted. */
    CR0_REQUEST,
    /** The last delivery ended by a fault. */
    FAULT;

    /**
     * Whether a set has it.
     *
     * @param conditions the value of {@link VcpuGauge#CONDITIONS}.
     * @return true if so.
     */
    public boolean isIn(long conditions) {
        return (conditions & bit(true)) != 0;
    }

    /**
     * Its bit if it is true.
     *
     * @param isTrue whether it is.
     * @return the bit, or 0.
     */
    public long bit(boolean isTrue) {
        return isTrue ? 1L << ordinal() : 0;
    }
}
