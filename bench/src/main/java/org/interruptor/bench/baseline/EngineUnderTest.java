package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.Signal;
import org.interruptor.memory.GuestMemory;

/**
 * An interrupt engine as the harness sees it.
 *
 * <p>Threads: any, but for {@link #close}, which comes when all others are done.
 */
public interface EngineUnderTest extends AutoCloseable {
    /**
     * Injects an interruption.
     *
     * @param signal what.
     * @param vcpu the target of a local one; for I/O and adapter the injector, which has devices of its own; else ignored.
     * @param parameter 32 bits, of those that carry one; for I/O and adapter it chooses the device; for an external call it is
     *     the sender.
     * @param parameter64 64 bits, of a virtio interruption.
     * @return whether it was accepted; false: there is no place, and it does not count.
     */
    boolean inject(Signal signal, int vcpu, int parameter, long parameter64);

    /** A vCPU, by its number. */
    VcpuUnderTest vcpu(int id);

    /** How many vCPUs there are. */
    int vcpuCount();

    /** Guest storage, with lowcores where {@link Guest} says. */
    GuestMemory storage();

    /**
     * What else does not agree, of interruptions that merge. Threads: one, when all others are done.
     *
     * @return a sentence, or null.
     */
    default String disagreement() {
        return null;
    }

    @Override
    void close();
}
