package org.interruptor.engine.contract;

/**
 * The resets of a CPU, weakest first. Source: Principles of Operation, chapter Control, Resets.
 *
 * <p>Threads: any; immutable.
 */
public enum ResetKind {
    /** CPU reset: pending local conditions are cleared, the CPU is stopped. */
    CPU,
    /** Initial CPU reset: and PSW, prefix, timers and control registers get their initial values. */
    INITIAL_CPU,
    /** Clear reset: and general, floating-point, vector and access registers are zeroed. */
    CLEAR
}
