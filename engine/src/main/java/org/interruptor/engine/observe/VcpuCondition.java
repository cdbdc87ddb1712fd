package org.interruptor.engine.observe;

/** Conditions of a vCPU at the time of a sample: the bits of {@link VcpuGauge#CONDITIONS}. */
public enum VcpuCondition {
    /** The vCPU operates; otherwise it is stopped. */
    OPERATING,
    /** Something came since the last delivery: guest code has to be left. */
    ATTENTION,
    /** A kick has not been taken. */
    KICK_PENDING,
    /** A stop was accepted and its action not taken. */
    STOP_ON_STOP,
    /** The last delivery skipped an interruption because of the PSW: intercept a PSW that enables external interruptions. */
    EXT_REQUEST,
    /** The last delivery skipped an interruption because of control register 0: intercept its load. */
    CR0_REQUEST,
    /** The last delivery ended by a fault. */
    FAULT,
    /** The last delivery passed one over because the PSW disables I/O interruptions. */
    IO_REQUEST,
    /** The last delivery passed one over because the PSW disables machine checks. */
    MACHINE_CHECK_REQUEST,
    /** The last delivery passed one over because of control register 6: its load has to be intercepted. */
    CR6_REQUEST,
    /** The last delivery passed one over because of control register 14: its load has to be intercepted. */
    CR14_REQUEST;

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
