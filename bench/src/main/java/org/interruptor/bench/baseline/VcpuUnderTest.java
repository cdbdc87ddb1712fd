package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.Signal;

/** A vCPU as the harness sees it. Threads: the vCPU's own, where nothing else is said. */
public interface VcpuUnderTest {
    /** Whether something came since the last delivery: what guest code looks at. */
    boolean isAttention();

    /**
     * Delivers all that may be taken.
     *
     * @return how many.
     */
    int deliver();

    /**
     * The enabled wait: blocks until there may be something to take.
     *
     * @return false if it was a kick that ended it.
     */
    boolean await();

    /** Calls the vCPU out of the wait, or of {@link #serve}; sticky. Threads: any. */
    void kick();

    /** Opens or closes the gate of emergency signals, in CR0. All other gates are open. */
    void emergencyGate(boolean open);

    /** Opens or closes the gate of virtio and service, in CR0. Of engines that can close it. */
    default void floatingGate(boolean open) {
        throw new UnsupportedOperationException("the gate of floating interruptions is always open here");
    }

    /** How many were delivered, by the engine's own counter. Threads: any. */
    long delivered(Signal signal);

    /**
     * What the vCPU's thread does for as long as its duty lasts. Guest code that looks for attention, or a guest that waits.
     */
    default void serve(VcpuDuty duty) {
        while (!duty.isOver()) {
            if (duty.isWaiting()) {
                await();
                take(duty);
            } else if (!look(duty)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Takes what has come, if anything has. */
    default boolean look(VcpuDuty duty) {
        boolean isAttention = isAttention();
        if (isAttention) {
            take(duty);
        }
        return isAttention;
    }

    private void take(VcpuDuty duty) {
        int count = deliver();
        if (count > 0) {
            duty.delivered(count);
        }
    }
}
