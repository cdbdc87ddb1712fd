package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.Signal;

/** Is told each delivery when PSW and lowcore are as the guest will see them. Threads: the vCPU's own, many at once. */
@FunctionalInterface
public interface DeliveryObserver {
    /**
     * One was delivered.
     *
     * @param vcpu by which vCPU.
     * @param signal what.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    void delivered(int vcpu, Signal signal, int parameter, long parameter64);
}
