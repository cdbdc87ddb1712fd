package org.interruptor.engine;

import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.contract.StatusProvider;

/**
 * The embedder's part of a CPU, for {@link Vcpu#run} and {@link Vcpu#step}: the guest's instructions, and the registers that the
 * engine does not have.
 *
 * <pre>
 *  run:  pause? closed? exit? interrupted? --&gt; orders, resets --&gt; deliver --&gt; stopped or waiting? sleep : execute --&gt; again
 * </pre>
 *
 * <p>Threads: the vCPU's own, for every method but {@link #goOn}.
 */
public interface GuestCpu extends StatusProvider {
    /**
     * Executes guest code until {@link Vcpu#isAttention}, until {@link Vcpu#loadPsw} or {@link Vcpu#loadControl} says so, until a
     * timer is due ({@link Vcpu#nanosToTimer}, unless the machine has a {@link MachineBuilder#timerThread}), until the PSW waits,
     * or until the thread is interrupted; looks at least every 10,000 instructions. Under {@link Vcpu#step} it returns after a
     * bounded number of instructions, and after each SIGNAL PROCESSOR that answered condition code 2.
     *
     * @param vcpu the vCPU; it operates and does not wait.
     * @return how many instructions were completed.
     */
    long execute(Vcpu vcpu);

    /**
     * Stores the registers that the engine does not have: for store status, stop and store status, and machine checks.
     *
     * @param area where; zeros until something is stored.
     * @return the groups that were stored: bits of {@link StatusArea}.
     */
    @Override
    default int storeStatus(StatusArea area) {
        return 0;
    }

    /**
     * Resets the registers that the engine does not have.
     *
     * @param kind of the reset.
     */
    default void reset(ResetKind kind) {}

    /**
     * The CPU has become stopped.
     *
     * @param vcpu the vCPU; {@link Machine#operatingCount} says how many are left.
     */
    default void stopped(Vcpu vcpu) {}

    /**
     * The CPU has entered a disabled wait: no interruption can end it. Called once each time. The CPU stays in it until restart, stop,
     * stop and store status, or a reset.
     *
     * @param vcpu the vCPU.
     */
    default void disabledWait(Vcpu vcpu) {}

    /**
     * 1,000 times in a row a pass delivered something and {@link #execute} completed no instruction, or a wait PSW was loaded with which the
     * next interruption could be taken at once.
     *
     * @param vcpu the vCPU.
     */
    default void interruptionLoop(Vcpu vcpu) {}

    /**
     * {@link VcpuHandle#request} was called at least once since the last call of this method.
     *
     * @param vcpu the vCPU.
     */
    default void requested(Vcpu vcpu) {}

    /**
     * {@link Vcpu#step} may be called again. The waking thread calls this method, perhaps before step has returned; it must not block.
     *
     * @param vcpu the vCPU.
     */
    default void goOn(VcpuHandle vcpu) {}
}
