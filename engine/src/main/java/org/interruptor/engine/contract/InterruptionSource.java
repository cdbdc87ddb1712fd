package org.interruptor.engine.contract;

/**
 * What a device interrupts by. A device that has its source need not know the machine, the class of the interruption or its
 * parameters.
 *
 * <p>Threads: any. {@link #trigger} never blocks, allocates or throws.
 */
public interface InterruptionSource {
    /**
     * Injects the interruption of this source.
     *
     * @return the answer of the injection.
     */
    InjectResult trigger();

    /**
     * Asks for a call when there is space again, behind a {@link InjectResult#FULL}. It looks again, so no call is lost: the caller
     * does not wait for space that is there already.
     *
     * <p>Each registration is called at most once: when a vCPU has taken something, when a subsystem reset has cleared the queue, or when
     * the machine is closed. Then the caller triggers again, and asks again if the answer is FULL. One place may be freed for several
     * that wait. Allocates one small object.
     *
     * @param callback is called by the thread that has made the space, a vCPU's mostly; it must not block. What it throws goes to
     *     the machine's error handler.
     * @return true: the callback will be called; false: there is space, the source is never full for long, or the machine is closed.
     *     Trigger again; the callback is not called.
     */
    boolean whenSpace(Runnable callback);
}
