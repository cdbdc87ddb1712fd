package org.interruptor.engine.contract;

import org.interruptor.engine.gate.InterruptionType;

/**
 * Receives the engine's events as they happen ({@code interruptions.md}, section 8). A machine without a listener pays nothing
 * for them.
 *
 * <p>Threads: the thread that causes the event calls the method: an injector's or the vCPU's own, several at once. A method
 * must not block and must not call the engine. An exception that it throws goes to the machine's error handler; the engine
 * continues.
 */
public interface EngineListener {
    /** The target of a floating injection, in place of a vCPU number. */
    int MACHINE = -1;

    /**
     * An injection was accepted, from outside or by an order of SIGNAL PROCESSOR or a check stop.
     *
     * @param vcpu the target, or {@link #MACHINE} for a floating one.
     * @param type what.
     * @param parameter 32 bits; of a signal between CPUs, the CPU address of its sender.
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
