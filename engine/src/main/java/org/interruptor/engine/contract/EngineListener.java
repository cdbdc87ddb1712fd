package org.interruptor.engine.contract;

import org.interruptor.engine.gate.InterruptionType;

/**
 * Is told what the engine does, as it happens ({@code interruptions.md}, section 8). Without one, nothing is paid for it.
 *
 * <p>Threads: each method is called by the thread that does it, an injector's or the vCPU's own, many at once. It must
 * not block or call the engine back; what it throws goes to the machine's error handler and does no harm.
 */
public interface EngineListener {
    /** Instead of a number of a vCPU: the whole machine. */
    int MACHINE = -1;

    /**
     * An injection was accepted.
     *
     * @param vcpu the target, or {@link #MACHINE} for a floating one.
     * @param type what.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    default void onInject(int vcpu, InterruptionType type, int parameter, long parameter64) {}

    /**
     * An interruption was delivered: PSW and lowcore are as the guest will see them.
     *
     * @param vcpu the vCPU that took it.
     * @param type what.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    default void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {}

    /**
     * A vCPU begins a wait.
     *
     * @param vcpu its number.
     */
    default void onWait(int vcpu) {}

    /**
     * A wait has ended.
     *
     * @param vcpu its number.
     * @param outcome why.
     */
    default void onWaitEnd(int vcpu, WaitOutcome outcome) {}

    /**
     * A delivery found the lowcore outside storage.
     *
     * @param fault which.
     */
    default void onFault(LowcoreFault fault) {}
}
